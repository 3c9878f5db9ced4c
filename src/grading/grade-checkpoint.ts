import { closeSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Grade, Verdict } from '../core/grade.ts';
import type { Problem } from '../core/problem.ts';
import { type Response, sampleKey } from '../core/response.ts';
import { readResponses } from '../core/response-journal.ts';
import type { CheckpointDirectory } from '../core/run-directory.ts';
import { writeError } from '../core/write-file.ts';
import { gradeResponse, graderVersion } from './grade-response.ts';

/** A grade as it is held until all are written: a line of JSON, so that no response text stays alive through a piece of it. */
interface HeldGrade {
  readonly verdict: Verdict;
  readonly line: string;
}

/** Stands for every answered record while journals are merged: of those only the status matters once they are graded. */
const answered: Response = {
  status: 'answered',
  problem: '',
  sample: 0,
  attempt: 1,
  session: '',
  final: true,
  server: '',
  latencyMs: 0,
  text: '',
  finishReason: '',
};

/**
 * Grades every sample asked of one benchmark and writes grades/rules/<benchmark>.jsonl, in the order of the problems, then of the samples.
 * A sample without a response (failed, or absent) gets the verdict `failed`. Each response's text is let go as soon as it is graded.
 *
 * @returns verdicts by sampleKey, and how many torn journal lines were dropped
 * @throws {SynthrlError} `RECORD_INVALID` for a damaged journal, `DISK_FULL` or `WRITE_FAILED`
 */
export async function gradeCheckpoint(options: {
  checkpoint: CheckpointDirectory;
  benchmark: string;
  problems: readonly Problem[];
  repeat: number;
}): Promise<{ verdicts: ReadonlyMap<string, Verdict>; torn: number }> {
  const { checkpoint, benchmark, problems, repeat } = options;
  const byId = new Map(problems.map((problem) => [problem.id, problem]));
  const held = new Map<string, HeldGrade>();
  const { torn } = await readResponses(checkpoint, benchmark, {
    keep: (response) => {
      const problem = byId.get(response.problem);
      if (problem !== undefined && response.sample < repeat) {
        held.set(sampleKey(response.problem, response.sample), gradeRecord(problem, response));
      }
      return response.status === 'answered' ? answered : response;
    },
  });
  const verdicts = new Map<string, Verdict>();
  const lines = function* () {
    for (const problem of problems) {
      for (let sample = 0; sample < repeat; sample += 1) {
        const key = sampleKey(problem.id, sample);
        const grade = held.get(key) ?? hold(noResponse(problem, sample));
        verdicts.set(key, grade.verdict);
        held.delete(key);
        yield grade.line;
      }
    }
  };
  writeLines(checkpoint.grades('rules', benchmark), lines());
  return { verdicts, torn };
}

function gradeRecord(problem: Problem, response: Response): HeldGrade {
  if (response.status === 'failed') return hold(noResponse(problem, response.sample));
  const graded = gradeResponse(problem, response.text);
  return hold({ problem: problem.id, sample: response.sample, ...graded, grader: graderVersion });
}

function noResponse(problem: Problem, sample: number): Grade {
  return {
    problem: problem.id,
    sample,
    verdict: 'failed',
    rule: 'no-response',
    extracted: null,
    grader: graderVersion,
  };
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
