/** Upper ends of the buckets of request durations, in seconds. */
const bucketSeconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

/** What the service counts, in Prometheus' text format. */
export class GradingMetrics {
  readonly #requests = new Map<string, number>();
  readonly #items = new Map<string, number>(
    ['correct', 'incorrect', 'undecided', 'no_answer', 'timeout'].map((verdict) => [verdict, 0]),
  );
  readonly #buckets = bucketSeconds.map(() => 0);
  #seconds = 0;
  #count = 0;

  /** @param status - HTTP status, or `aborted` where the client went away */
  countRequest(status: string): void {
    add(this.#requests, status);
  }

  countItem(verdict: string): void {
    add(this.#items, verdict);
  }

  /** @param seconds - from the request's head to its answer, for a body that was graded */
  observe(seconds: number): void {
    this.#seconds += seconds;
    this.#count += 1;
    for (const [index, end] of bucketSeconds.entries()) {
      if (seconds <= end) this.#buckets[index] = (this.#buckets[index] ?? 0) + 1;
    }
  }

  /** @param gauges - values of this moment by name without the prefix, each with its help */
  text(gauges: Readonly<Record<string, readonly [value: number, help: string]>>): string {
    const name = 'synthrl_grader_request_seconds';
    return [
      ...family('requests_total', 'counter', 'Requests to /grade by HTTP status.', labelled(this.#requests, 'status')),
      ...family('items_total', 'counter', 'Replies graded by verdict.', labelled(this.#items, 'verdict')),
      ...Object.entries(gauges).flatMap(([gauge, [value, help]]) => family(gauge, 'gauge', help, [['', value]])),
      `# HELP ${name} Seconds from a request to its verdicts.`,
      `# TYPE ${name} histogram`,
      ...bucketSeconds.map((end, index) => `${name}_bucket{le="${end}"} ${this.#buckets[index] ?? 0}`),
      `${name}_bucket{le="+Inf"} ${this.#count}`,
      `${name}_sum ${this.#seconds}`,
      `${name}_count ${this.#count}`,
      '',
    ].join('\n');
  }
}

function add(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function labelled(counts: ReadonlyMap<string, number>, label: string): [string, number][] {
  return [...counts].map(([value, count]) => [`{${label}="${value}"}`, count]);
}

function family(name: string, type: string, help: string, samples: readonly [string, number][]): string[] {
  const full = `synthrl_grader_${name}`;
  return [
    `# HELP ${full} ${help}`,
    `# TYPE ${full} ${type}`,
    ...samples.map(([labels, value]) => `${full}${labels} ${value}`),
  ];
}
