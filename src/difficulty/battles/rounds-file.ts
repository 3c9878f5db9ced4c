import { existsSync } from 'node:fs';
import { z } from 'zod';
import { SynthrlError } from '../../core/errors.ts';
import { JsonLinesWriter, readJsonLines } from '../../core/json-lines.ts';
import type { Pair } from './pairing/pair-book.ts';

/** Both problems, and whether the first named was shown first. */
const pairSchema = z.tuple([z.string(), z.string(), z.boolean()]);
const roundSchema = z.object({ round: z.number(), pairs: z.array(pairSchema) });

/**
 * The rounds that were drawn, in rounds.jsonl. A round is written before its first battle is asked, so that an adaptive
 * one stays as it was drawn whatever is answered later.
 */
export class RoundsFile {
  readonly #path: string;
  readonly #numbers: ReadonlyMap<string, number>;
  readonly #ids: readonly string[];

  /** @param ids - of the items, in the order of their numbers */
  constructor(path: string, ids: readonly string[]) {
    this.#path = path;
    this.#ids = ids;
    this.#numbers = new Map(ids.map((id, number) => [id, number]));
  }

  /**
   * Rounds drawn so far, in order; a torn last one was never fought and is left out.
   *
   * @throws {SynthrlError} `RECORD_INVALID` with file and line for a line that is no round of these items
   */
  async read(): Promise<Omit<Pair, 'repetition'>[][]> {
    const rounds: Omit<Pair, 'repetition'>[][] = [];
    if (!existsSync(this.#path)) return rounds;
    for await (const { value, line } of readJsonLines(this.#path, { onTorn: () => undefined })) {
      const parsed = roundSchema.safeParse(value);
      const pairs =
        parsed.success && parsed.data.round === rounds.length ? this.#numbered(parsed.data.pairs) : undefined;
      if (pairs === undefined) {
        throw new SynthrlError(
          'RECORD_INVALID',
          `${this.#path}:${line} is not round ${rounds.length} of these problems.`,
          {
            hint: 'The file was edited or written by another program. Restore it, or name another --out folder.',
          },
        );
      }
      rounds.push(pairs);
    }
    return rounds;
  }

  /** @throws {SynthrlError} `DISK_FULL` or `WRITE_FAILED` */
  append(round: number, pairs: readonly Pair[]): void {
    const writer = new JsonLinesWriter(this.#path);
    writer.append({
      round,
      pairs: pairs.map(({ one, other, oneFirst }) => [this.#ids[one], this.#ids[other], oneFirst]),
    });
    writer.close();
  }

  #numbered(pairs: readonly z.infer<typeof pairSchema>[]): Omit<Pair, 'repetition'>[] | undefined {
    const numbered: Omit<Pair, 'repetition'>[] = [];
    for (const [oneId, otherId, oneFirst] of pairs) {
      const [one, other] = [this.#numbers.get(oneId), this.#numbers.get(otherId)];
      if (one === undefined || other === undefined || one === other) return undefined;
      numbered.push({ one, other, oneFirst });
    }
    return numbered;
  }
}
