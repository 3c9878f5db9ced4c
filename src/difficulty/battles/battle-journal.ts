import { existsSync } from 'node:fs';
import { z } from 'zod';
import { SynthrlError } from '../../core/errors.ts';
import { JsonLinesWriter, readJsonLines } from '../../core/json-lines.ts';

const battleRecordSchema = z.object({
  /** SHA-256 of what the judge was shown, in its order, of who it is, of its prompt and of the repetition. */
  key: z.string(),
  round: z.number(),
  /** The two problems as the design drew them, and which of them was shown first. */
  one: z.string(),
  other: z.string(),
  first: z.string(),
  /** Which was judged harder, by place; `invalid`: no readable verdict; `failed`: no reply, so that it is asked again. */
  outcome: z.enum(['first', 'second', 'tie', 'invalid', 'failed']),
  /** What the judge said, its end where it is long. */
  reply: z.string(),
  /** Questions put: 2 where the first reply was no verdict. */
  attempts: z.number(),
  error: z.object({ code: z.string(), message: z.string() }).optional(),
  judge: z.string(),
  server: z.string(),
  version: z.string().optional(),
  simulated: z.boolean(),
  prompt: z.string(),
  session: z.string(),
  at: z.string(),
  latencyMs: z.number(),
  promptTokens: z.number(),
  completionTokens: z.number(),
});

/** One battle as it stands in battles.jsonl. */
export type BattleRecord = z.infer<typeof battleRecordSchema>;
export type BattleOutcome = BattleRecord['outcome'];

/** What is kept in memory of a battle. */
export type KnownBattle = Pick<
  BattleRecord,
  'outcome' | 'latencyMs' | 'promptTokens' | 'completionTokens' | 'attempts'
>;

/** The battles of one folder, by content: what was judged once is not asked again. */
export class BattleJournal {
  readonly #writer: JsonLinesWriter;
  readonly #known = new Map<string, KnownBattle>();
  /** Torn last lines that were passed over. */
  torn = 0;

  private constructor(path: string) {
    this.#writer = new JsonLinesWriter(path);
  }

  /** @throws {SynthrlError} `RECORD_INVALID` with file and line for a line that is no battle */
  static async open(path: string): Promise<BattleJournal> {
    const journal = new BattleJournal(path);
    if (!existsSync(path)) return journal;
    const onTorn = () => {
      journal.torn += 1;
    };
    for await (const { value, line } of readJsonLines(path, { onTorn })) {
      const read = battleRecordSchema.safeParse(value);
      if (!read.success) {
        throw new SynthrlError('RECORD_INVALID', `${path}:${line} is not a battle.`, {
          hint: 'The file was edited or written by another program. Restore or remove that line.',
          cause: read.error,
        });
      }
      journal.#keep(read.data);
    }
    return journal;
  }

  /** The battle with this key; undefined where it was never asked. */
  find(key: string): KnownBattle | undefined {
    return this.#known.get(key);
  }

  /** Every battle once. */
  battles(): Iterable<KnownBattle> {
    return this.#known.values();
  }

  /** @throws {SynthrlError} `DISK_FULL` or `WRITE_FAILED` */
  append(record: BattleRecord): void {
    this.#writer.append(battleRecordSchema.parse(record));
    this.#keep(record);
  }

  close(): void {
    this.#writer.close();
  }

  #keep({ key, outcome, latencyMs, promptTokens, completionTokens, attempts }: BattleRecord): void {
    const before = this.#known.get(key);
    // A reply that was had is never given up for a failure.
    if (before !== undefined && before.outcome !== 'failed' && outcome === 'failed') return;
    this.#known.set(key, { outcome, latencyMs, promptTokens, completionTokens, attempts });
  }
}
