/** How requests end, as the label `finished_reason` counts them. */
export type FinishReason = 'stop' | 'length' | 'abort';

const finishReasons = ['stop', 'length', 'abort', 'error', 'repetition'] as const;
const secondsBuckets = [0.01, 0.05, 0.1, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 240, 480, 960];
const tokenSecondsBuckets = [0.001, 0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 1, 5];
const tokenBuckets = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000];

/** Every value is shown as a float, as Python's client does. */
function float(value: number): string {
  return Number.isInteger(value) ? `${value}.0` : String(value);
}

/** Counts observations at or below each bound, as a Prometheus histogram does. */
class Histogram {
  readonly #bounds: readonly number[];
  readonly #counts: number[];
  #sum = 0;
  #count = 0;

  constructor(bounds: readonly number[]) {
    this.#bounds = bounds;
    this.#counts = bounds.map(() => 0);
  }

  observe(value: number): void {
    this.#sum += value;
    this.#count += 1;
    this.#bounds.forEach((bound, index) => {
      if (value <= bound) this.#counts[index] = (this.#counts[index] ?? 0) + 1;
    });
  }

  /** @param model - label of the served model; labels stand in alphabetical order */
  lines(name: string, model: string): string[] {
    const bucket = (bound: string, count: number) =>
      `${name}_bucket{engine="0",le="${bound}",${model}} ${float(count)}`;
    return [
      `# TYPE ${name} histogram`,
      ...this.#bounds.map((bound, index) => bucket(float(bound), this.#counts[index] ?? 0)),
      bucket('+Inf', this.#count),
      `${name}_count{engine="0",${model}} ${float(this.#count)}`,
      `${name}_sum{engine="0",${model}} ${float(this.#sum)}`,
    ];
  }
}

/** What a server counts of its work, printed in Prometheus' text form under vLLM's names (as recorded of v0.32). */
export class Metrics {
  /** Requests under way, of which all are taken to be running: there is no waiting queue. */
  running = 0;
  /** Both counted as they are worked on, so that whoever watches for progress sees it. */
  promptTokens = 0;
  generationTokens = 0;
  #images = 0;
  readonly #finished = new Map<string, number>();
  readonly #histograms = {
    'vllm:time_to_first_token_seconds': new Histogram(secondsBuckets),
    'vllm:e2e_request_latency_seconds': new Histogram(secondsBuckets),
    'vllm:request_queue_time_seconds': new Histogram(secondsBuckets),
    'vllm:request_inference_time_seconds': new Histogram(secondsBuckets),
    'vllm:request_time_per_output_token_seconds': new Histogram(tokenSecondsBuckets),
    'vllm:request_prompt_tokens': new Histogram(tokenBuckets),
    'vllm:request_generation_tokens': new Histogram(tokenBuckets),
    'vllm:request_params_n': new Histogram([1, 2, 5, 10, 20]),
    'vllm:request_params_max_tokens': new Histogram(tokenBuckets),
  };

  /** Counts a request that ended; times in seconds. */
  finish(request: {
    reasons: readonly FinishReason[];
    promptTokens: number;
    generationTokens: number;
    images: number;
    n: number;
    maxTokens: number;
    firstTokenSeconds: number;
    seconds: number;
  }): void {
    for (const reason of request.reasons) this.#finished.set(reason, (this.#finished.get(reason) ?? 0) + 1);
    this.#images += request.images;
    this.#histograms['vllm:time_to_first_token_seconds'].observe(request.firstTokenSeconds);
    this.#histograms['vllm:e2e_request_latency_seconds'].observe(request.seconds);
    this.#histograms['vllm:request_queue_time_seconds'].observe(0);
    this.#histograms['vllm:request_inference_time_seconds'].observe(request.seconds);
    const perToken = (request.seconds - request.firstTokenSeconds) / Math.max(1, request.generationTokens - 1);
    this.#histograms['vllm:request_time_per_output_token_seconds'].observe(Math.max(0, perToken));
    this.#histograms['vllm:request_prompt_tokens'].observe(request.promptTokens);
    this.#histograms['vllm:request_generation_tokens'].observe(request.generationTokens);
    this.#histograms['vllm:request_params_n'].observe(request.n);
    this.#histograms['vllm:request_params_max_tokens'].observe(request.maxTokens);
  }

  /** @param model - the served name */
  text(model: string): string {
    const label = `model_name="${model.replace(/[\\"\n]/g, (sign) => (sign === '\n' ? '\\n' : `\\${sign}`))}"`;
    const lines: string[] = [];
    const single = (type: 'gauge' | 'counter', name: string, values: Readonly<Record<string, number>>) => {
      const full = type === 'counter' ? `${name}_total` : name;
      lines.push(`# TYPE ${full} ${type}`);
      for (const [extra, value] of Object.entries(values)) {
        const labels = ['engine="0"', label, ...(extra === '' ? [] : [extra])].sort();
        lines.push(`${full}{${labels.join(',')}} ${float(value)}`);
      }
    };
    single('gauge', 'vllm:num_requests_running', { '': this.running });
    single('gauge', 'vllm:num_requests_waiting', { '': 0 });
    single('gauge', 'vllm:num_requests_waiting_by_reason', { 'reason="capacity"': 0, 'reason="deferred"': 0 });
    single('gauge', 'vllm:kv_cache_usage_perc', { '': 0 });
    single('gauge', 'vllm:engine_sleep_state', { 'sleep_state="awake"': 1 });
    single('counter', 'vllm:num_preemptions', { '': 0 });
    single('counter', 'vllm:prompt_tokens', { '': this.promptTokens });
    single('counter', 'vllm:prompt_tokens_cached', { '': 0 });
    single('counter', 'vllm:generation_tokens', { '': this.generationTokens });
    single('counter', 'vllm:prefix_cache_queries', { '': this.promptTokens });
    single('counter', 'vllm:prefix_cache_hits', { '': 0 });
    single('counter', 'vllm:mm_cache_queries', { '': this.#images });
    single('counter', 'vllm:mm_cache_hits', { '': 0 });
    const finished = finishReasons.map((reason) => [`finished_reason="${reason}"`, this.#finished.get(reason) ?? 0]);
    single('counter', 'vllm:request_success', Object.fromEntries(finished));
    for (const [name, histogram] of Object.entries(this.#histograms)) lines.push(...histogram.lines(name, label));
    return `${lines.join('\n')}\n`;
  }
}
