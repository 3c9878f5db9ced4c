import { existsSync, readFileSync } from 'node:fs';
import { SynthrlError } from '../core/errors.ts';
import { gradingModes } from '../core/grade.ts';
import { readAttempts } from '../core/response-journal.ts';
import type { RunDirectory } from '../core/run-directory.ts';
import type { CheckpointSummary } from '../core/summary.ts';
import { AnswerCounter, type AnswerCounts } from '../reports/trust/answer-counts.ts';
import type { AuditRecord } from '../reports/trust/audit-record.ts';

/**
 * Counts what a run's journals hold, one attempt at a time.
 *
 * @throws {SynthrlError} `RECORD_INVALID` for a line that is not a response record
 */
export async function countAnswers(run: RunDirectory, summaries: readonly CheckpointSummary[]): Promise<AnswerCounts> {
  const counter = new AnswerCounter();
  const benchmarks = [...new Set(summaries.flatMap((summary) => Object.keys(summary.benchmarks)))];
  for (const checkpoint of run.checkpoints()) {
    for (const benchmark of benchmarks) {
      for await (const response of readAttempts(checkpoint, benchmark, () => undefined)) {
        counter.add(checkpoint.name, benchmark, response);
      }
    }
  }
  return counter.counts;
}

/**
 * The audits of a run's checkpoints, mode by mode.
 *
 * @throws {SynthrlError} `RECORD_INVALID` for a file that is no audit
 */
export function readAudits(run: RunDirectory): AuditRecord[] {
  return run.checkpoints().flatMap((checkpoint) =>
    gradingModes.flatMap((mode) => {
      const path = checkpoint.audit(mode);
      return existsSync(path) ? [readAudit(path)] : [];
    }),
  );
}

function readAudit(path: string): AuditRecord {
  let cause: unknown;
  try {
    const audit = JSON.parse(readFileSync(path, 'utf8')) as AuditRecord;
    if (typeof audit.judged === 'number' && typeof audit.judge.model === 'string') return audit;
  } catch (error) {
    cause = error;
  }
  throw new SynthrlError('RECORD_INVALID', `${path} cannot be read as an audit.`, {
    hint: 'It is made by auditing: delete it, or grade the run again with an audit.',
    cause,
  });
}
