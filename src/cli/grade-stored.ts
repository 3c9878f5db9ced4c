import type { RunDirectory } from '../core/run-directory.ts';
import type { RunRecord } from '../core/run-record.ts';
import { appendSession, newSessionId, sessionBase } from '../core/session.ts';
import type { CheckpointSummary } from '../core/summary.ts';
import type { Audit } from '../grading/judge/audit-checkpoint.ts';
import type { GradingPlan } from './build-grader.ts';
import { auditWhereWanted, type JudgeOutcome, judgeOutcome } from './grading-session.ts';
import { programRecord } from './program-record.ts';
import { type RegradeSettings, regradeRun } from './regrade-run.ts';

/**
 * Grades a run from its journals by a plan, and audits where that is wanted. A session is recorded when a judge is asked.
 *
 * @throws {SynthrlError} what `regradeRun` throws
 */
export async function gradeStored(
  run: RunDirectory,
  record: RunRecord,
  settings: RegradeSettings & Readonly<Record<string, unknown>>,
  plan: GradingPlan,
): Promise<{ summaries: CheckpointSummary[]; judge: JudgeOutcome }> {
  const now = new Date();
  const id = newSessionId(now);
  const session = await plan.open(run, id, () => {
    const judge = plan.judge === undefined ? {} : { judge: plan.judge };
    appendSession(run, { ...sessionBase('grade', id, now), ...programRecord(), settings, ...judge });
  });
  try {
    const audits: Audit[] = [];
    const summaries = await regradeRun(run, record, settings, session.grader, (checkpoint, benchmarks) =>
      auditWhereWanted(session, checkpoint, benchmarks, audits),
    );
    return { summaries, judge: judgeOutcome(session, audits) };
  } finally {
    await session.close();
  }
}
