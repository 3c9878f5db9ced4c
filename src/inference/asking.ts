import type { Response } from '../core/response.ts';
import type { AskItem, AskOptions, AskOutcome } from './ask-options.ts';
import { configurationError } from './configuration-error.ts';
import { EndpointLane } from './endpoint-lane.ts';
import { type Failure, printable } from './failure.ts';
import { ImageError } from './images/image-error.ts';
import { type Job, LookAhead } from './look-ahead.ts';
import { orderItems } from './order-items.ts';
import { defaultPatience, delayMs, type Patience } from './patience.ts';
import { type PromptPart, promptParts } from './prompt.ts';
import type { Answer } from './read-reply.ts';

/** How often endpoints are looked at when nothing else happens. */
const tickMs = 250;

/** Most items made ready before their dispatch. */
const mostReady = 64;

/** One call of `ask` while it runs. */
export class Asking {
  readonly #options: AskOptions;
  readonly #patience: Patience;
  readonly #lanes: readonly EndpointLane[];
  readonly #queue: LookAhead;
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #outcome = { answered: 0, failed: 0 };
  #isStopped = false;
  #resolve: () => void = () => undefined;
  #reject: (error: unknown) => void = () => undefined;

  constructor(options: AskOptions) {
    this.#options = options;
    this.#patience = { ...defaultPatience, ...options.patience };
    this.#lanes = options.endpoints.map((endpoint) => new EndpointLane(endpoint, this.#patience));
    const windows = options.endpoints.reduce((sum, { window }) => sum + window, 0);
    this.#queue = new LookAhead({
      items: orderItems(options.items),
      capacity: Math.min(mostReady, Math.max(8, windows)),
      makeReady: (item) => this.#makeReady(item),
      onChange: () => this.#pump(),
      onError: (error) => this.#stop(error),
    });
  }

  async run(): Promise<AskOutcome> {
    const ended = new Promise<void>((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    const { signal, items } = this.#options;
    const onAbort = () => this.#stop();
    const ticking = setInterval(() => this.#tick(), tickMs);
    try {
      signal?.addEventListener('abort', onAbort, { once: true });
      if (signal?.aborted) this.#stop();
      this.#pump();
      await ended;
    } finally {
      signal?.removeEventListener('abort', onAbort);
      clearInterval(ticking);
      for (const timer of this.#timers) clearTimeout(timer);
      await Promise.all(this.#lanes.map((lane) => lane.client.close()));
    }
    const { answered, failed } = this.#outcome;
    return { answered, failed, unasked: items.length - answered - failed };
  }

  /** Ends everything at once; what is in flight is aborted and leaves no record. */
  #stop(error?: unknown): void {
    if (this.#isStopped) return;
    this.#isStopped = true;
    for (const lane of this.#lanes) lane.abort();
    if (error === undefined) this.#resolve();
    else this.#reject(error);
  }

  #tick(): void {
    for (const lane of this.#lanes) lane.tick();
    this.#pump();
  }

  /** Gives work to every lane that has room for it. */
  #pump(): void {
    if (this.#isStopped) return;
    for (const lane of this.#lanes) {
      if (!lane.isOut && this.#options.endpointDown?.(lane.endpoint.label)) {
        lane.takeOut();
        lane.abort();
      }
    }
    const { answered, failed } = this.#outcome;
    const isDone = answered + failed === this.#options.items.length;
    if (isDone || this.#lanes.every((lane) => lane.isOut && lane.inFlight === 0)) {
      this.#stop();
      return;
    }
    this.#queue.fill();
    let open = this.#lanes.filter((lane) => lane.hasRoom);
    while (open.length > 0) {
      const lane = open.reduce((least, other) => (other.inFlight < least.inFlight ? other : least));
      const job = this.#queue.take((candidate) => this.#admits(lane, candidate));
      if (job) void this.#dispatch(lane, job);
      open = open.filter((other) => other.hasRoom && (job !== undefined || other !== lane));
    }
    this.#queue.fill();
  }

  /** A job that failed at an endpoint goes to another one, where there is another one that works. */
  #admits(lane: EndpointLane, job: Job): boolean {
    return job.lastLabel !== lane.endpoint.label || !this.#lanes.some((other) => other !== lane && other.isOpen);
  }

  async #dispatch(lane: EndpointLane, job: Job): Promise<void> {
    try {
      await lane.run(async (controller) => {
        const sentAt = performance.now();
        const asked = { parts: job.parts, sampling: this.#options.question.sampling, sample: job.item.sample };
        const result = await lane.client.ask(asked, controller);
        if (this.#isStopped) return;
        job.attempts += 1;
        const latencyMs = Math.round(performance.now() - sentAt);
        if ('text' in result) this.#answered(lane, job, result, latencyMs);
        else this.#failed(lane, job, result, sentAt, latencyMs);
      });
      this.#pump();
    } catch (error) {
      this.#stop(error);
    }
  }

  #answered(lane: EndpointLane, job: Job, answer: Answer, latencyMs: number): void {
    lane.answered();
    const attempt = this.#attempt(job.item, job.attempts, lane.endpoint.label, latencyMs);
    this.#record(job.item, { ...attempt, final: true, status: 'answered', ...answer });
  }

  #failed(lane: EndpointLane, job: Job, found: Failure, sentAt: number, latencyMs: number): void {
    const failure = { ...found, message: printable(found.message, lane.endpoint.apiKey) };
    if (failure.kind === 'configuration') {
      this.#stop(configurationError(lane.endpoint, failure));
      return;
    }
    const restMs = lane.failed(failure, sentAt);
    const waitMs = this.#waitBeforeNext(job, failure);
    const { code, message, httpStatus } = failure;
    const attempt = this.#attempt(job.item, job.attempts, lane.endpoint.label, latencyMs);
    const error = httpStatus === undefined ? { code, message } : { code, message, httpStatus };
    this.#record(job.item, { ...attempt, final: waitMs === undefined, status: 'failed', error });
    if (restMs !== undefined) this.#after(restMs + 5, () => undefined);
    if (waitMs === undefined) return;
    job.lastLabel = lane.endpoint.label;
    if (waitMs === 0) this.#queue.putBack(job);
    else this.#after(waitMs, () => this.#queue.putBack(job));
  }

  /** Milliseconds until a failed job may be tried again; undefined where it is given up. */
  #waitBeforeNext(job: Job, { kind, retryAfterMs }: Failure): number | undefined {
    if (kind === 'never') return undefined;
    if (kind === 'throttled' || kind === 'unreachable') {
      job.postponed += 1;
      // The endpoint rests; another one may take the job at once.
      return job.postponed >= this.#patience.throttledAttempts ? undefined : 0;
    }
    job.failures += 1;
    if (kind === 'once') job.accidents += 1;
    if (job.accidents > 1 || job.failures >= this.#patience.attempts) return undefined;
    return retryAfterMs ?? delayMs(this.#patience, job.failures);
  }

  async #makeReady({ problem, sample }: AskItem): Promise<readonly PromptPart[] | undefined> {
    const { question, images } = this.#options;
    try {
      if (problem.images.length > question.images.maxImages) {
        const message = `The problem has ${problem.images.length} images; ${question.images.maxImages} may be sent.`;
        return this.#unaskable({ problem, sample }, { code: 'too_many_images', message });
      }
      const prepared = await Promise.all(problem.images.map((image) => images.prepare(image)));
      return promptParts(problem.prompt, prepared, question.prompt);
    } catch (error) {
      if (!(error instanceof ImageError)) throw error;
      return this.#unaskable({ problem, sample }, { code: error.code, message: printable(error.message, undefined) });
    }
  }

  #unaskable(item: AskItem, error: { code: string; message: string }): undefined {
    if (this.#isStopped) return;
    this.#record(item, { ...this.#attempt(item, 1, '', 0), final: true, status: 'failed', error });
  }

  #attempt({ problem, sample }: AskItem, attempt: number, server: string, latencyMs: number) {
    return { problem: problem.id, sample, attempt, session: this.#options.session, server, latencyMs };
  }

  #record({ problem: { benchmark } }: AskItem, response: Response): void {
    this.#options.record(benchmark, response);
    if (!response.final) return;
    this.#outcome[response.status] += 1;
    const completionTokens = (response.status === 'answered' && response.usage?.completionTokens) || 0;
    this.#options.onProgress?.({ benchmark, status: response.status, completionTokens });
  }

  #after(waitMs: number, act: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      act();
      this.#pump();
    }, waitMs);
    this.#timers.add(timer);
  }
}
