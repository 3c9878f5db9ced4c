import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { errorMessage, SynthrlError } from '../core/errors.ts';
import type { Problem } from '../core/problem.ts';
import { writeWholeFile } from '../core/write-file.ts';
import { ImageError } from '../inference/images/image-error.ts';
import type { ImageStore } from '../inference/images/image-store.ts';
import { Draws } from './answers/draws.ts';

const policySchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('choice'), letters: z.array(z.string()).readonly(), several: z.boolean().optional() }),
  z.object({
    type: z.literal('number'),
    integer: z.boolean().optional(),
    tolerance: z.number().optional(),
    decimals: z.number().optional(),
  }),
  z.object({ type: z.literal('list') }),
  z.object({ type: z.literal('text') }),
  z.object({ type: z.literal('free') }),
  z.object({
    type: z.literal('values'),
    several: z.boolean(),
    unit: z.string().optional(),
    tolerances: z.array(z.number()).readonly().optional(),
  }),
  z.object({ type: z.literal('yes-no') }),
]);

const entrySchema = z.object({
  /** The question as it stands in the user turn, without the instruction. */
  prompt: z.string(),
  /** SHA-256 of each image's bytes as the server receives them, in order. */
  images: z.array(z.string()),
  answer: z.string(),
  choices: z.array(z.string()),
  policy: policySchema,
  /** Logits, on the scale of the abilities. */
  difficulty: z.number(),
});

const keySchema = z.object({
  schema: z.literal(1),
  /** Two keys with the same content and another seed give other answers. */
  seed: z.number(),
  /** Ability in logits by checkpoint; a name may be several path segments (`run/global_step_16`). */
  abilities: z.record(z.string(), z.number()),
  /** Share of answers at temperature 0 that do not follow the draw which all checkpoints share, in [0, 1]. */
  noise: z.number().min(0).max(1),
  /** Share of the answers that are not right which give no final answer at all, in [0, 1]. */
  noAnswerShare: z.number().min(0).max(1),
  entries: z.array(entrySchema),
});

/** One problem as the simulator knows it: by content, without ids. */
export type AnswerKeyEntry = z.infer<typeof entrySchema>;
/** What the simulator knows and how good each checkpoint is. */
export type AnswerKey = z.infer<typeof keySchema>;

/** Standard deviation of problem difficulties in logits. */
const difficultySpread = 1.2;
/** Problems whose images are prepared at the same time; the store has its own bound on decoding. */
const concurrency = 8;

/**
 * Builds the key that makes the simulator answer these problems. Difficulty is drawn per group, from the content of
 * the group's first problem and the seed. A problem with an image that cannot be prepared is left out.
 */
export async function buildAnswerKey(options: {
  problems: readonly Problem[];
  images: ImageStore;
  seed: number;
  abilities: Readonly<Record<string, number>>;
}): Promise<AnswerKey> {
  const { problems, images, seed } = options;
  const hashes = new Array<readonly string[] | undefined>(problems.length);
  let next = 0;
  const worker = async () => {
    for (let index = next++; index < problems.length; index = next++) {
      hashes[index] = await imageHashes(problems[index] as Problem, images);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  const difficulties = new Map<string, number>();
  const entries: AnswerKeyEntry[] = [];
  problems.forEach((problem, index) => {
    const own = hashes[index];
    if (own === undefined) return;
    const group = `${problem.benchmark}/${problem.group}`;
    const difficulty = difficulties.get(group) ?? drawDifficulty(seed, problem, own);
    difficulties.set(group, difficulty);
    entries.push(entryOf(problem, own, difficulty));
  });
  return { schema: 1, seed, abilities: { ...options.abilities }, noise: 0.1, noAnswerShare: 0.06, entries };
}

function entryOf(problem: Problem, images: readonly string[], difficulty: number): AnswerKeyEntry {
  const { policy } = problem;
  return {
    prompt: problem.prompt,
    images: [...images],
    answer: problem.answer,
    choices: [...problem.choices],
    policy,
    difficulty,
  };
}

async function imageHashes(problem: Problem, images: ImageStore): Promise<readonly string[] | undefined> {
  try {
    return (await Promise.all(problem.images.map((image) => images.prepare(image)))).map((image) => image.sha256);
  } catch (error) {
    // Such a problem cannot be asked either, so no answer for it is ever needed.
    if (error instanceof ImageError) return undefined;
    throw error;
  }
}

function drawDifficulty(seed: number, problem: Problem, hashes: readonly string[]): number {
  return new Draws(seed, 'difficulty', problem.prompt, ...hashes).normal() * difficultySpread;
}

/** @throws {SynthrlError} `DISK_FULL` or `WRITE_FAILED` */
export function writeAnswerKey(path: string, key: AnswerKey): void {
  writeWholeFile(path, `${JSON.stringify(keySchema.parse(key))}\n`);
}

/** @throws {SynthrlError} `SIMULATOR_KEY_INVALID` */
export function readAnswerKey(path: string): AnswerKey {
  try {
    return keySchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    throw new SynthrlError('SIMULATOR_KEY_INVALID', `${path} cannot be read as an answer key: ${errorMessage(error)}`, {
      hint: 'SYNTHRL_SIMULATOR_KEY must name a file written by this version of synthrl.',
      cause: error,
    });
  }
}
