import { closeSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Grade, Verdict } from '../core/grade.ts';
import type { Problem } from '../core/problem.ts';
import { sampleKey } from '../core/response.ts';
import { readAttempts } from '../core/response-journal.ts';
import type { CheckpointDirectory } from '../core/run-directory.ts';
import { writeError } from '../core/write-file.ts';
import type { GradeItem, Grader } from './grader.ts';

/** A grade as it is held until all are written: a line of JSON, so that no response text stays alive through a piece of it. */
interface HeldGrade {
  readonly verdict: Verdict;
  readonly line: string;
}

/**
 * Grades every sample asked of one benchmark and writes grades/<mode>/<benchmark>.jsonl, in the order of the problems,
 * then of the samples. A sample without a response (failed, or absent) gets the verdict `failed`. Of several answers to
 * one sample the earliest counts. Each response's text is let go as soon as it is graded.
 *
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
  const { checkpoint, benchmark, problems, repeat, grader } = options;
  const byId = new Map(problems.map((problem) => [problem.id, problem]));
  const held = new Map<string, HeldGrade>();
  const waiting = new Map<string, GradeItem>();
  let torn = 0;
  const gradeWaiting = async () => {
    const items = [...waiting.values()];
    const graded = await grader.grade(items);
    for (const [index, { problem, sample }] of items.entries()) {
      const verdict = graded[index];
      if (verdict === undefined) throw new Error(`the grader ${grader.version} left a response without a verdict`);
      held.set(
        sampleKey(problem.id, sample),
        hold({ problem: problem.id, sample, ...verdict, grader: grader.version }),
      );
    }
    waiting.clear();
  };
  const onTorn = () => {
    torn += 1;
  };
  for await (const response of readAttempts(checkpoint, benchmark, onTorn)) {
    const problem = byId.get(response.problem);
    const key = sampleKey(response.problem, response.sample);
    if (response.status === 'failed' || problem === undefined || response.sample >= repeat) continue;
    if (held.has(key) || waiting.has(key)) continue;
    waiting.set(key, { problem, sample: response.sample, text: response.text });
    if (waiting.size >= grader.batchSize) await gradeWaiting();
  }
  if (waiting.size > 0) await gradeWaiting();

  const verdicts = new Map<string, Verdict>();
  const lines = function* () {
    for (const problem of problems) {
      for (let sample = 0; sample < repeat; sample += 1) {
        const key = sampleKey(problem.id, sample);
        const grade = held.get(key) ?? hold(noResponse(problem, sample, grader.version));
        verdicts.set(key, grade.verdict);
        held.delete(key);
        yield grade.line;
      }
    }
  };
  writeLines(checkpoint.grades(grader.mode, benchmark), lines());
  return { verdicts, torn };
}

function noResponse(problem: Problem, sample: number, grader: string): Grade {
  return { problem: problem.id, sample, verdict: 'failed', rule: 'no-response', extracted: null, grader };
}

function hold(grade: Grade): HeldGrade {
  return { verdict: grade.verdict, line: `${JSON.stringify(grade)}\n` };
}

/** Writes lines under a temporary name in pieces of about a megabyte, then renames. */
function writeLines(path: string, lines: Iterable<string>): void {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    mkdirSync(dirname(path), { recursive: true });
    const descriptor = openSync(temporary, 'w');
    try {
      let pending: string[] = [];
      let size = 0;
      for (const line of lines) {
        pending.push(line);
        size += line.length;
        if (size < 1 << 20) continue;
        writeAll(descriptor, pending.join(''));
        pending = [];
        size = 0;
      }
      writeAll(descriptor, pending.join(''));
    } finally {
      closeSync(descriptor);
    }
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw writeError(error, path);
  }
}

function writeAll(descriptor: number, text: string): void {
  const bytes = Buffer.from(text);
  let written = 0;
  while (written < bytes.length) written += writeSync(descriptor, bytes, written);
}
