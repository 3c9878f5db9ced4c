import type { AnswerKey, AnswerKeyEntry } from '../answer-key.ts';

/** Characters at the end of a prompt by which entries are found, so that no list of thousands is gone through. */
const tailLength = 24;

/** Finds the entry that a user turn asks, by the images it came with and the question that stands in its text. */
export class AnswerBook {
  readonly key: AnswerKey;
  readonly #byImages = new Map<string, AnswerKeyEntry[]>();
  readonly #byTail = new Map<string, AnswerKeyEntry[]>();

  constructor(key: AnswerKey) {
    this.key = key;
    for (const entry of key.entries) {
      add(this.#byImages, entry.images.join(' '), entry);
      add(this.#byTail, tailKey(entry.images, entry.prompt.trimEnd().slice(-tailLength)), entry);
    }
  }

  /**
   * The entry with exactly these images whose prompt ends the text; else one whose prompt stands in it. Of several,
   * the longest prompt. An instruction before the question is thus passed over.
   */
  find(text: string, images: readonly string[]): AnswerKeyEntry | undefined {
    const asked = text.trimEnd();
    const ending: AnswerKeyEntry[] = [];
    for (let length = Math.min(tailLength, asked.length); length > 0; length -= 1) {
      const candidates = this.#byTail.get(tailKey(images, asked.slice(-length))) ?? [];
      ending.push(...candidates.filter((entry) => asked.endsWith(entry.prompt.trimEnd())));
    }
    const others = () => this.#byImages.get(images.join(' ')) ?? [];
    return longest(ending) ?? longest(others().filter((entry) => asked.includes(entry.prompt.trim())));
  }

  /** The entry with exactly these images of whose prompt a question is part, or the only one with such images. */
  showing(question: string, images: readonly string[]): AnswerKeyEntry | undefined {
    const candidates = this.#byImages.get(images.join(' ')) ?? [];
    const asked = folded(question);
    const showing = candidates.filter(({ prompt }) => folded(prompt).includes(asked));
    return longest(showing) ?? (images.length > 0 && candidates.length === 1 ? candidates[0] : undefined);
  }
}

/** The beginning of a text, spaces folded. */
function folded(text: string): string {
  return text.slice(0, 4000).replace(/\s+/g, ' ').trim();
}

function tailKey(images: readonly string[], tail: string): string {
  return `${images.join(' ')} ${tail}`;
}

function add(entries: Map<string, AnswerKeyEntry[]>, name: string, entry: AnswerKeyEntry): void {
  const held = entries.get(name);
  if (held) held.push(entry);
  else entries.set(name, [entry]);
}

function longest(entries: readonly AnswerKeyEntry[]): AnswerKeyEntry | undefined {
  return entries.reduce<AnswerKeyEntry | undefined>(
    (best, entry) => (best === undefined || entry.prompt.length > best.prompt.length ? entry : best),
    undefined,
  );
}
