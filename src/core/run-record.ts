import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { canonicalJson, sha256 } from './canonical-json.ts';
import { SynthrlError } from './errors.ts';
import type { RunDirectory } from './run-directory.ts';
import { writeWholeFile } from './write-file.ts';

/** One benchmark of a run: which rows, and a hash of their content (images by name, so that a mended file may be retried). */
const benchmarkQuestionSchema = z.object({
  name: z.string(),
  /** What was selected, e.g. `testmini` or `variant=1`. */
  selection: z.string(),
  problems: z.number().int().positive(),
  dataHash: z.string(),
});

const samplingSchema = z.object({
  temperature: z.number().min(0).max(2),
  topP: z.number().gt(0).max(1),
  repetitionPenalty: z.number().positive(),
  maxTokens: z.number().int().positive(),
  /** Longest prompt plus answer in tokens that servers are started with. */
  maxModelLen: z.number().int().positive(),
  seed: z.number().int().nonnegative(),
});

const promptSchema = z.object({
  /** `original-eval`: image(s), instruction, space, question. `train`: instruction, space, image(s), question. */
  layout: z.enum(['original-eval', 'train']),
  instruction: z.string(),
});

const imageLimitsSchema = z.object({
  minPixels: z.number().int().positive(),
  maxPixels: z.number().int().positive(),
  maxImages: z.number().int().positive(),
});

/** Everything that shapes an answer. Neither which checkpoints are asked nor how many of the problems. */
const askedQuestionSchema = z.object({
  kind: z.literal('asked'),
  benchmarks: z.array(benchmarkQuestionSchema).min(1),
  prompt: promptSchema,
  images: imageLimitsSchema,
  sampling: samplingSchema,
  /** Samples per problem. */
  repeat: z.number().int().positive(),
});

/** A run of responses or verdicts made elsewhere; each import's data stands in its session record. */
const importedQuestionSchema = z.object({ kind: z.literal('imported') });

const questionSchema = z.discriminatedUnion('kind', [askedQuestionSchema, importedQuestionSchema]);

const runRecordSchema = z.object({
  schema: z.literal(1),
  run: z.string(),
  created: z.string(),
  question: questionSchema,
  questionHash: z.string(),
});

export type Sampling = z.infer<typeof samplingSchema>;
export type PromptSettings = z.infer<typeof promptSchema>;
export type ImageLimits = z.infer<typeof imageLimitsSchema>;
export type AskedQuestion = z.infer<typeof askedQuestionSchema>;
export type Question = z.infer<typeof questionSchema>;
export type RunRecord = z.infer<typeof runRecordSchema>;

/** @throws {SynthrlError} `RUN_NOT_FOUND`, or `RECORD_INVALID` where run.json is not one of ours */
export function readRunRecord(run: RunDirectory): RunRecord {
  if (!existsSync(run.record)) {
    throw new SynthrlError('RUN_NOT_FOUND', `There is no run at ${run.path}: it has no run.json.`, {
      hint: 'Name the run by its path below the runs root (--runs-root, by default evaluation/runs).',
    });
  }
  const hint = 'It was edited or written by another program. Restore it, or use --fresh to begin the run anew.';
  let content: { question?: unknown };
  let record: RunRecord;
  try {
    content = JSON.parse(readFileSync(run.record, 'utf8'));
    record = runRecordSchema.parse(content);
  } catch (cause) {
    throw new SynthrlError('RECORD_INVALID', `${run.record} cannot be read as the record of a run.`, { hint, cause });
  }
  if (hashOf(content.question) === record.questionHash) return record;
  throw new SynthrlError('RECORD_INVALID', `${run.record} holds another question than its hash says.`, { hint });
}

/**
 * Writes run.json for a new run, or checks that an existing one asks the same question.
 *
 * @throws {SynthrlError} `RUN_CONFLICT` when the run there asks another question, naming what differs
 */
export function openRun(run: RunDirectory, question: Question, now: Date): RunRecord {
  const questionHash = hashOf(question);
  if (run.exists) {
    const existing = readRunRecord(run);
    if (existing.questionHash === questionHash) return existing;
    throw new SynthrlError(
      'RUN_CONFLICT',
      `The run at ${run.path} asks another question: ${difference(existing.question, question)}.`,
      {
        hint: 'Use the same settings to go on with it, another --run-name for a new run, or --fresh to delete it and begin anew.',
      },
    );
  }
  const record: RunRecord = { schema: 1, run: run.name, created: now.toISOString(), question, questionHash };
  writeWholeFile(run.record, `${JSON.stringify(record, null, 2)}\n`);
  return record;
}

function hashOf(question: unknown): string {
  return sha256(canonicalJson(question));
}

/** The first members in which two questions differ, for people. */
function difference(before: unknown, after: unknown): string {
  const left = flatten(before);
  const right = flatten(after);
  const keys = [...new Set([...left.keys(), ...right.keys()])].filter((key) => left.get(key) !== right.get(key));
  const shown = keys
    .slice(0, 3)
    .map((key) => `${key} was ${left.get(key) ?? 'absent'} and is now ${right.get(key) ?? 'absent'}`);
  return shown.join('; ') + (keys.length > 3 ? `; and ${keys.length - 3} more` : '');
}

function flatten(value: unknown, path = '', into = new Map<string, string>()): Map<string, string> {
  if (typeof value === 'object' && value !== null) {
    for (const [key, member] of Object.entries(value)) flatten(member, path === '' ? key : `${path}.${key}`, into);
  } else {
    const text = JSON.stringify(value);
    into.set(path, text.length > 60 ? `${text.slice(0, 57)}…"` : text);
  }
  return into;
}
