import type { Problem } from '../core/problem.ts';
import type { CheckpointDirectory } from '../core/run-directory.ts';
import type { JudgeCost } from '../core/summary.ts';
import type { Grader } from '../grading/grader.ts';
import type { Audit } from '../grading/judge/audit-checkpoint.ts';
import type { BenchmarkUnderTest } from '../sweep/grade-and-summarise.ts';

/** Has the judge look at graded samples of one checkpoint. */
export type Auditor = (
  checkpoint: CheckpointDirectory,
  benchmarks: readonly { readonly name: string; readonly problems: readonly Problem[] }[],
) => Promise<Audit>;

/** Grading in one invocation. */
export interface GradingSession {
  readonly grader: Grader;
  /** Undefined where no audit is wanted. */
  readonly audit: Auditor | undefined;
  /** What the judge was asked so far; undefined where there is no judge. */
  cost(): JudgeCost | undefined;
  /** Why the judge is asked no more; undefined while it is, or where there is none. */
  gone(): string | undefined;
  /** Ends requests under way, and lets everything go; may be called twice. */
  close(): Promise<void>;
}

/** What the judge did in one invocation, for people and for --json. */
export interface JudgeOutcome {
  readonly cost: JudgeCost | undefined;
  readonly gone: string | undefined;
  readonly audits: readonly Audit[];
}

/** Audits a checkpoint where that is wanted, and keeps what was found. */
export async function auditWhereWanted(
  session: GradingSession,
  checkpoint: CheckpointDirectory,
  benchmarks: readonly BenchmarkUnderTest[],
  audits: Audit[],
): Promise<void> {
  if (session.audit === undefined) return;
  const named = benchmarks.map(({ loaded, problems }) => ({ name: loaded.benchmark.name, problems }));
  audits.push(await session.audit(checkpoint, named));
}

export function judgeOutcome(session: GradingSession, audits: readonly Audit[]): JudgeOutcome {
  return { cost: session.cost(), gone: session.gone(), audits };
}
