import type { Grade, Verdict } from '../core/grade.ts';
import type { Problem } from '../core/problem.ts';
import { readAttempts } from '../core/response-journal.ts';
import type { CheckpointDirectory } from '../core/run-directory.ts';
import type { Graded, GradeItem, Grader } from './grader.ts';
import { OrderedLines } from './ordered-lines.ts';
import { SampleVerdicts } from './sample-verdicts.ts';

/** Most characters of responses that are handed over at once. */
const batchCharacters = 1 << 22;

/**
 * Grades every sample asked of one benchmark and writes grades/<mode>/<benchmark>.jsonl, in the order of the problems,
 * then of the samples. A sample without a response (failed, or absent) gets the verdict `failed`. Of several answers to
 * one sample the earliest counts. Responses stream: two batches of them are held, one graded while the next is read.
 *
 * @param options.problems - each id once
 * @returns verdicts by sampleKey, and how many torn journal lines were dropped
 * @throws {SynthrlError} `RECORD_INVALID` for a damaged journal, `DISK_FULL` or `WRITE_FAILED`, and what the grader throws
 */
export async function gradeCheckpoint(options: {
  checkpoint: CheckpointDirectory;
  benchmark: string;
  problems: readonly Problem[];
  repeat: number;
  grader: Grader;
}): Promise<{ verdicts: ReadonlyMap<string, Verdict>; torn: number }> {
  const { checkpoint, benchmark, grader } = options;
  const verdicts = new SampleVerdicts(options.problems, options.repeat);
  using lines = new OrderedLines(checkpoint.grades(grader.mode, benchmark), verdicts.size);
  let torn = 0;
  const onTorn = () => {
    torn += 1;
  };
  const record = (batch: readonly GradeItem[], grades: readonly Graded[]) =>
    recordBatch(batch, grades, { version: grader.version, verdicts, lines });
  let ahead: { batch: readonly GradeItem[]; grades: Promise<readonly Graded[]> } | undefined;
  for await (const batch of readBatches({ ...options, verdicts, onTorn })) {
    const last = ahead && { batch: ahead.batch, grades: await ahead.grades };
    const grades = grader.grade(batch);
    // Awaited in the next round; a failure before that must not end the program as nobody's.
    grades.catch(() => undefined);
    ahead = { batch, grades };
    if (last !== undefined) record(last.batch, last.grades);
  }
  if (ahead !== undefined) record(ahead.batch, await ahead.grades);
  lines.finish((place) => {
    const { problem, sample } = verdicts.at(place);
    return JSON.stringify(noResponse(problem, sample, grader.version));
  });
  return { verdicts, torn };
}

/** Batches of responses to be graded, the earliest answer to each sample. */
async function* readBatches(options: {
  checkpoint: CheckpointDirectory;
  benchmark: string;
  grader: Grader;
  verdicts: SampleVerdicts;
  onTorn: () => void;
}): AsyncGenerator<GradeItem[]> {
  const { checkpoint, benchmark, grader, verdicts } = options;
  const taken = new Uint8Array(verdicts.size);
  let batch: GradeItem[] = [];
  let characters = 0;
  for await (const response of readAttempts(checkpoint, benchmark, options.onTorn)) {
    if (response.status === 'failed') continue;
    const place = verdicts.placeOf(response.problem, response.sample);
    if (place === undefined || taken[place] === 1) continue;
    taken[place] = 1;
    batch.push({ ...verdicts.at(place), text: response.text });
    characters += response.text.length;
    if (batch.length < grader.batchSize && characters < batchCharacters) continue;
    yield batch;
    batch = [];
    characters = 0;
  }
  if (batch.length > 0) yield batch;
}

function recordBatch(
  batch: readonly GradeItem[],
  grades: readonly Graded[],
  to: { version: string; verdicts: SampleVerdicts; lines: OrderedLines },
): void {
  for (const [index, { problem, sample }] of batch.entries()) {
    const graded = grades[index];
    const place = to.verdicts.placeOf(problem.id, sample);
    if (graded === undefined || place === undefined)
      throw new Error(`the grader ${to.version} left a response without a verdict`);
    to.verdicts.set(place, graded.verdict);
    const grade: Grade = { problem: problem.id, sample, ...graded, grader: to.version };
    to.lines.put(place, JSON.stringify(grade));
  }
}

function noResponse(problem: Problem, sample: number, grader: string): Grade {
  return { problem: problem.id, sample, verdict: 'failed', rule: 'no-response', extracted: null, grader };
}
