import { existsSync } from 'node:fs';
import { z } from 'zod';
import { JsonLinesWriter, readJsonLines } from '../../core/json-lines.ts';

const judgementSchema = z.object({
  /** SHA-256 of everything that the judge was shown, of who it is and of its prompts. */
  key: z.string(),
  step: z.enum(['extract', 'score']),
  /** The session that asked, see sessions.jsonl. */
  session: z.string(),
  server: z.string(),
  model: z.string(),
  prompt: z.string(),
  /** For people: the problem of which this was asked first, as benchmark/id. */
  problem: z.string(),
  gold: z.string().optional(),
  answer: z.string().nullable().optional(),
  /** `extracted` or `none` for the first step; a verdict for the second; `unusable` for either. */
  outcome: z.enum(['extracted', 'none', 'correct', 'incorrect', 'unclear', 'unusable']),
  /** What the judge said, its beginning where it is long. */
  reply: z.string(),
  promptTokens: z.number(),
  completionTokens: z.number(),
});

/** One judgement as it stands in judgements.jsonl. A request that failed leaves none. */
export type Judgement = z.infer<typeof judgementSchema>;

/**
 * The judgements of a run, by content: what was judged once is not asked again, for no checkpoint and in no session.
 * A judgement that is asked for twice at the same time is made once.
 */
export class JudgementStore {
  readonly #writer: JsonLinesWriter;
  readonly #known = new Map<string, Pick<Judgement, 'outcome' | 'answer'>>();
  readonly #underWay = new Map<string, Promise<Pick<Judgement, 'outcome' | 'answer'> | undefined>>();
  /** Torn last lines that were passed over. */
  torn = 0;

  private constructor(path: string) {
    this.#writer = new JsonLinesWriter(path);
  }

  /** @throws {SynthrlError} `RECORD_INVALID` for a line in the middle that is not JSON */
  static async open(path: string): Promise<JudgementStore> {
    const store = new JudgementStore(path);
    if (!existsSync(path)) return store;
    const onTorn = () => {
      store.torn += 1;
    };
    for await (const { value } of readJsonLines(path, { onTorn })) {
      const read = judgementSchema.safeParse(value);
      // A line of another version is of no use, and no harm.
      if (read.success) store.#keep(read.data);
    }
    return store;
  }

  /**
   * The judgement with this key: the one that is there, the one that is being made, or one made by `make`.
   *
   * @param make - resolves to undefined where no judgement could be had; nothing is kept then
   * @param onHit - called where nothing needs to be asked
   * @throws {SynthrlError} `DISK_FULL` or `WRITE_FAILED`
   */
  get(
    key: string,
    make: () => Promise<Judgement | undefined>,
    onHit: () => void,
  ): Promise<Pick<Judgement, 'outcome' | 'answer'> | undefined> {
    const known = this.#known.get(key);
    if (known !== undefined) {
      onHit();
      return Promise.resolve(known);
    }
    const other = this.#underWay.get(key);
    if (other !== undefined) {
      return other.then((judgement) => {
        if (judgement !== undefined) onHit();
        return judgement;
      });
    }
    const made = this.#make(key, make);
    this.#underWay.set(key, made);
    return made;
  }

  async #make(key: string, make: () => Promise<Judgement | undefined>) {
    try {
      const judgement = await make();
      if (judgement === undefined) return undefined;
      this.#writer.append(judgement);
      return this.#keep(judgement);
    } finally {
      this.#underWay.delete(key);
    }
  }

  #keep({ key, outcome, answer }: Judgement): Pick<Judgement, 'outcome' | 'answer'> {
    const kept = answer === undefined ? { outcome } : { outcome, answer };
    this.#known.set(key, kept);
    return kept;
  }

  close(): void {
    this.#writer.close();
  }
}
