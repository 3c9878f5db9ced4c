import type { Engine } from './engine.ts';
import type { FailureCause } from './log-event.ts';

/** How much a server can hold at once, as it said itself. */
export interface ServerCapacity {
  /** Tokens that fit into its cache. */
  readonly kvTokens?: number;
  /** Requests of the full length that fit at once. */
  readonly maxConcurrency?: number;
}

const keptLines = 40;
const harmless = /^(?:\([^)]{0,80}\) )?(?:DEBUG|INFO|WARNING)\b/;
const telling = /\b(?:[A-Z]\w{0,40}Error|[A-Z]\w{0,40}Exception|error|fatal)\b/;
/** Lines of this kind only say that something else went wrong further up. */
const wrappers: readonly FailureCause[] = ['engine', 'worker', 'coordinator'];

/** What a server's log has said about its start so far. */
export class StartProgress {
  readonly #engine: Pick<Engine, 'readLine'>;
  readonly #marks = new Set<string>();
  readonly #capacity = new Map<string, { kvTokens?: number; maxConcurrency?: number }>();
  readonly #failures: { cause: FailureCause; line: string }[] = [];
  #warning: FailureCause | undefined;
  #telling: string[] = [];
  #last: string[] = [];

  constructor(engine: Pick<Engine, 'readLine'>) {
    this.#engine = engine;
  }

  /** Takes a line. Returns whether it showed progress: a step that was not seen before. */
  read(line: string): boolean {
    this.#last = [...this.#last.slice(1 - keptLines), line];
    const event = this.#engine.readLine(line);
    if (event?.kind !== 'failure' && telling.test(line) && !harmless.test(line))
      this.#telling = [...this.#telling.slice(1 - keptLines), line];
    switch (event?.kind) {
      case 'progress':
        return !this.#marks.has(event.mark) && this.#marks.add(event.mark).size > 0;
      case 'capacity': {
        const { kind: _kind, source, ...said } = event;
        this.#capacity.set(source, { ...this.#capacity.get(source), ...said });
        return false;
      }
      case 'failure':
        if (this.#failures.length < keptLines) this.#failures.push({ cause: event.cause, line });
        return false;
      case 'warning':
        this.#warning = event.cause;
        return false;
      default:
        return false;
    }
  }

  /** Summed over the parts of the server. */
  get capacity(): ServerCapacity {
    const kvTokens = sum([...this.#capacity.values()].flatMap((part) => part.kvTokens ?? []));
    const maxConcurrency = sum([...this.#capacity.values()].flatMap((part) => part.maxConcurrency ?? []));
    return {
      ...(kvTokens === undefined ? {} : { kvTokens }),
      ...(maxConcurrency === undefined ? {} : { maxConcurrency }),
    };
  }

  /** The first cause that the log names, one that is not merely a consequence before all others. */
  get cause(): FailureCause | undefined {
    return this.#rootFailure?.cause;
  }

  /** A cause that explains waiting, but is also seen in starts that end well. */
  get warning(): FailureCause | undefined {
    return this.#warning;
  }

  /** The lines that explain a failure best: the cause and the last errors, or the end of the log. */
  get tellingLines(): readonly string[] {
    const root = this.#rootFailure;
    if (root) return [...new Set([root.line, ...this.#telling.slice(-3)])];
    return this.#telling.length > 0 ? this.#telling.slice(-4) : this.#last.slice(-8);
  }

  get #rootFailure(): { cause: FailureCause; line: string } | undefined {
    return this.#failures.find(({ cause }) => !wrappers.includes(cause)) ?? this.#failures[0];
  }
}

function sum(values: readonly number[]): number | undefined {
  return values.length === 0 ? undefined : values.reduce((total, value) => total + value, 0);
}
