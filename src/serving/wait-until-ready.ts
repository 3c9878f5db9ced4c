import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { SynthrlError } from '../core/errors.ts';
import type { PlacedServer, ServerEnd } from './launcher.ts';
import type { FailureCause } from './log-event.ts';
import { httpGet } from './server-http.ts';
import type { StartProgress } from './start-progress.ts';

const pollMs = 100;
const probeTimeoutMs = 5000;

/** What a server that became ready said of itself. */
export interface ReadyServer {
  readonly version: string;
  readonly simulated: boolean;
}

/** Why a server did not become ready. */
export interface NotReady {
  readonly failure: FailureCause;
  readonly detail: string;
}

const versionSchema = z.object({ version: z.string(), simulator: z.boolean().optional() });
const modelsSchema = z.object({ data: z.array(z.object({ id: z.string() })) });

/**
 * Waits until /health answers 200 and /v1/models names our model: on a port that two servers share, another may answer.
 *
 * @param options.startTimeoutMs - longest time without a new step in the log, in milliseconds
 * @throws {SynthrlError} `INTERRUPTED` when the signal is aborted
 */
export async function waitUntilReady(options: {
  placed: PlacedServer;
  progress: StartProgress;
  servedName: string;
  startTimeoutMs: number;
  signal: AbortSignal | undefined;
}): Promise<ReadyServer | NotReady> {
  const { placed, progress, signal } = options;
  let end: ServerEnd | undefined;
  void placed.ended.then((value) => {
    end = value;
  });
  let lastStep = Date.now();
  for (;;) {
    if (signal?.aborted) throw new SynthrlError('INTERRUPTED', 'The start of a server was interrupted.');
    const hasEnded = end !== undefined;
    for (const line of await placed.newLogLines()) if (progress.read(line)) lastStep = Date.now();
    if (end !== undefined && hasEnded) return { failure: progress.cause ?? 'ended', detail: `it ${end.reason}` };
    const health = await httpGet(`${placed.url}/health`, { timeoutMs: probeTimeoutMs, signal });
    const found =
      health.ok && health.status === 200 ? await identify(placed.url, options.servedName, signal) : undefined;
    if (found !== undefined) return found;
    if (Date.now() - lastStep > options.startTimeoutMs) {
      const failure = progress.cause ?? progress.warning ?? 'silent';
      return { failure, detail: `no new step for ${Math.round(options.startTimeoutMs / 1000)} s` };
    }
    await sleep(pollMs);
  }
}

/** What answers there; undefined where it does not answer any more, as when it died in between. */
async function identify(
  url: string,
  servedName: string,
  signal?: AbortSignal,
): Promise<ReadyServer | NotReady | undefined> {
  const timeoutMs = probeTimeoutMs * 2;
  const models = await httpGet(`${url}/v1/models`, { timeoutMs, signal });
  if (!models.ok) return undefined;
  const served = modelsSchema.safeParse(models.json);
  if (!served.success || !served.data.data.some(({ id }) => id === servedName)) {
    return { failure: 'port-taken', detail: `another server answers at ${url}` };
  }
  const reply = await httpGet(`${url}/version`, { timeoutMs, signal });
  if (!reply.ok) return undefined;
  const version = versionSchema.safeParse(reply.json);
  return version.success
    ? { version: version.data.version.slice(0, 100), simulated: version.data.simulator === true }
    : { version: 'unknown', simulated: false };
}
