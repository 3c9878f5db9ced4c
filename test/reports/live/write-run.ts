import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { RunDirectory } from '../../../src/core/run-directory.ts';
import { type AskedQuestion, openRun } from '../../../src/core/run-record.ts';
import { appendSession, type Session } from '../../../src/core/session.ts';
import { recordOf, sessionOf } from '../make-run.ts';

export const firstSession = '20261122T201011Z-abcdef';

/** Writes run.json and a session as an evaluation begins them. */
export function beginRun(root: string, name: string, problems: Readonly<Record<string, number>>): RunDirectory {
  const run = new RunDirectory(root, name);
  openRun(run, recordOf(name, problems).question as AskedQuestion, new Date(0));
  addSession(run, {});
  return run;
}

export function addSession(run: RunDirectory, session: Partial<Session>): void {
  appendSession(run, { ...sessionOf({ name: 'vllm', version: '0.11.0', simulated: false }), ...session });
}

interface Written {
  readonly checkpoint: string;
  readonly benchmark: string;
  readonly session?: string;
}

/** Appends attempts to a journal as its writer does. */
export function appendAttempts(run: RunDirectory, { session = firstSession, ...where }: Written, attempts: object[]) {
  const path = run.checkpoint(where.checkpoint).journal(where.benchmark, session);
  mkdirSync(dirname(path), { recursive: true });
  const lines = attempts.map((attempt) => `${JSON.stringify({ session, ...attempt })}\n`);
  appendFileSync(path, lines.join(''));
}

const attempt = { sample: 0, attempt: 1, final: true, server: 'slot-0', latencyMs: 1500 };

export function answer(problem: string, more: object = {}): object {
  const usage = { promptTokens: 900, completionTokens: 100 };
  return { ...attempt, problem, status: 'answered', text: 'x'.repeat(1500), finishReason: 'stop', usage, ...more };
}

export function failure(problem: string, more: object = {}): object {
  const error = { code: 'timeout', message: 'The server took too long.' };
  return { ...attempt, problem, status: 'failed', error, ...more };
}

/** A lock file that names a process. */
export function lockBy(run: RunDirectory, owner: object): void {
  writeFileSync(run.lock, `${JSON.stringify(owner)}\n`);
}
