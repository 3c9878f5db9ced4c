import type { AskItem } from './ask-options.ts';
import type { PromptPart } from './prompt.ts';

/** A sample on its way: its prompt is ready, and its attempts are counted. */
export interface Job {
  readonly item: AskItem;
  readonly parts: readonly PromptPart[];
  /** Attempts that ended. */
  attempts: number;
  /** Of these, the ones that count against the sample. */
  failures: number;
  /** Of these, the ones that were put off because the endpoint was busy or gone. */
  postponed: number;
  /** Of these, the ones that may have been an accident. */
  accidents: number;
  /** Label of the endpoint that failed last; another one is preferred. */
  lastLabel: string | undefined;
}

/** Items made ready beside each other; the image store limits how many are decoded. */
const mostUnderway = 8;

/**
 * Makes items ready a little ahead of their dispatch, in order. Only paths of images are held, for no more than
 * `capacity` items and those that came back.
 */
export class LookAhead {
  readonly #items: readonly AskItem[];
  readonly #capacity: number;
  readonly #makeReady: (item: AskItem) => Promise<readonly PromptPart[] | undefined>;
  readonly #onChange: () => void;
  readonly #onError: (error: unknown) => void;
  readonly #ready: Job[] = [];
  #next = 0;
  #underway = 0;

  /**
   * @param options.makeReady - resolves to undefined where the item failed and was recorded
   * @param options.onChange - called when there may be something to take
   */
  constructor(options: {
    items: readonly AskItem[];
    capacity: number;
    makeReady: (item: AskItem) => Promise<readonly PromptPart[] | undefined>;
    onChange: () => void;
    onError: (error: unknown) => void;
  }) {
    this.#items = options.items;
    this.#capacity = options.capacity;
    this.#makeReady = options.makeReady;
    this.#onChange = options.onChange;
    this.#onError = options.onError;
  }

  /** Starts making ready as much as there is room for. */
  fill(): void {
    while (this.#underway < mostUnderway && this.#ready.length + this.#underway < this.#capacity) {
      const item = this.#items[this.#next];
      if (item === undefined) return;
      this.#next += 1;
      this.#underway += 1;
      this.#makeReady(item)
        .then((parts) => {
          this.#underway -= 1;
          if (parts) this.#ready.push(newJob(item, parts));
          this.#onChange();
        })
        .catch(this.#onError);
    }
  }

  /** The first ready job that is admitted. */
  take(admits: (job: Job) => boolean): Job | undefined {
    const index = this.#ready.findIndex(admits);
    return index < 0 ? undefined : this.#ready.splice(index, 1)[0];
  }

  /** A job to be tried again, before all others. */
  putBack(job: Job): void {
    this.#ready.unshift(job);
  }
}

function newJob(item: AskItem, parts: readonly PromptPart[]): Job {
  return { item, parts, attempts: 0, failures: 0, postponed: 0, accidents: 0, lastLabel: undefined };
}
