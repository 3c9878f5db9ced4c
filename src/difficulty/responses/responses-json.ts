import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { errorMessage, SynthrlError } from '../../core/errors.ts';
import { type ResponseRating, responseMethods } from './rate-responses.ts';
import type { ResponseMatrix } from './response-matrix.ts';

const count = z.int().nonnegative();

const fileSchema = z.object({
  schema: z.literal(1),
  benchmark: z.string(),
  method: z.enum(responseMethods),
  prior: z.number().positive(),
  cuts: z.object({ easy: z.number(), hard: z.number() }),
  takers: z.array(
    z.object({
      name: z.string(),
      checkpoints: z.array(z.object({ run: z.string(), checkpoint: z.string() })),
      fingerprint: z.string().nullable(),
    }),
  ),
  items: z.array(z.object({ id: z.string(), right: z.array(count), settled: z.array(count) })).min(1),
});

/** What response ratings are made of: the matrix and how it is read. */
export interface StoredResponses {
  readonly matrix: ResponseMatrix;
  readonly plan: ResponseRating;
}

/** The content of `responses.json`, which stands beside a `ratings.json` made from responses; one item per line. */
export function responsesToJson({ matrix, plan }: StoredResponses): string {
  const { benchmark, takers, items, settled, right } = matrix;
  const head = JSON.stringify({ schema: 1, benchmark, ...plan, takers });
  const lines = items.map((id, item) => {
    const cells = [item * takers.length, (item + 1) * takers.length] as const;
    return JSON.stringify({ id, right: [...right.subarray(...cells)], settled: [...settled.subarray(...cells)] });
  });
  return `${head.slice(0, -1)},"items":[\n${lines.join(',\n')}\n]}\n`;
}

/**
 * Reads what {@link responsesToJson} wrote.
 *
 * @throws {SynthrlError} `DATA_NOT_FOUND`, or `RATINGS_INVALID` naming the member that is wrong
 */
export async function readResponsesJson(path: string): Promise<StoredResponses> {
  const read = fileSchema.safeParse(await readJson(path));
  if (!read.success) {
    const issue = read.error.issues[0];
    throw invalid(path, `${issue?.path.join('.')} ${issue?.message}`);
  }
  const { benchmark, takers, items, method, prior, cuts } = read.data;
  for (const { id, right, settled } of items) {
    const fits = right.length === takers.length && settled.length === takers.length;
    if (!fits || right.some((samples, taker) => samples > (settled[taker] ?? 0))) {
      throw invalid(path, `the counts of ${id} are not one per checkpoint with no more right than settled`);
    }
  }
  const matrix = {
    benchmark,
    takers,
    items: items.map(({ id }) => id),
    settled: Float64Array.from(items.flatMap(({ settled }) => settled)),
    right: Float64Array.from(items.flatMap(({ right }) => right)),
  };
  return { matrix, plan: { method, prior, cuts } };
}

async function readJson(path: string): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (cause) {
    throw new SynthrlError('DATA_NOT_FOUND', `The responses at ${path} cannot be read: ${errorMessage(cause)}.`, {
      hint: 'They are written beside the ratings by `synthrl rate --from-runs`; make both again.',
      cause,
    });
  }
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw invalid(path, 'it is not JSON', cause);
  }
}

function invalid(path: string, what: string, cause?: unknown): SynthrlError {
  return new SynthrlError('RATINGS_INVALID', `${path} does not hold responses: ${what}.`, {
    hint: 'Make it again with `synthrl rate --from-runs`.',
    cause,
  });
}
