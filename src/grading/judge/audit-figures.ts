import type { Verdict } from '../../core/grade.ts';
import type { Cluster } from '../../statistics/clustered-interval.ts';
import { predictionPoweredInterval } from '../../statistics/prediction-powered.ts';
import { type Interval, wilsonInterval } from '../../statistics/wilson-interval.ts';

/** One graded sample, with what the judge said of it where it was drawn. */
export interface AuditedRow {
  readonly benchmark: string;
  readonly problem: string;
  readonly sample: number;
  readonly group: string;
  readonly verdict: Verdict;
  readonly rule: string;
  /** The judge's verdict; absent for a row that was not drawn. */
  readonly judged?: Verdict;
}

/** What an audit found. Proportions in [0, 1]; null where no row was judged. */
export interface AuditFigures {
  /** Samples asked. */
  readonly asked: number;
  /** Of these, samples with a verdict that the judge may be asked about: correct, incorrect, no answer. */
  readonly decided: number;
  /** Decided samples that the judge gave a verdict on. */
  readonly judged: number;
  /** Drawn samples that the judge left undecided or could not be asked about; in no figure below. */
  readonly unjudged: number;
  /** Judged samples that both count alike, correct or not. */
  readonly agreement: number | null;
  readonly agreement_interval: Interval | null;
  /** Judged samples that are correct by the judge alone, and by the rules alone. */
  readonly flips: { readonly to_correct: number; readonly to_incorrect: number };
  /** By the rules: correct / asked, and with everything undecided counted as correct. */
  readonly accuracy: number | null;
  readonly upper: number | null;
  /** The same by the judge, as far as the judged samples tell of all. */
  readonly corrected_accuracy: number | null;
  readonly corrected_upper: number | null;
  /** 95 % interval that covers both corrected bounds. */
  readonly corrected_interval: Interval | null;
}

/** Whether a verdict is one that an audit looks at. */
export function isDecided(verdict: Verdict): boolean {
  return verdict === 'correct' || verdict === 'incorrect' || verdict === 'no_answer';
}

/** Agreement, flips, and the accuracy corrected by prediction-powered inference. */
export function auditFigures(rows: readonly AuditedRow[]): AuditFigures {
  const decided = rows.filter(({ verdict }) => isDecided(verdict));
  const drawn = decided.filter(({ judged }) => judged !== undefined);
  const judged = drawn.filter(({ judged }) => judged !== undefined && isDecided(judged));
  const raised = judged.filter((row) => row.judged === 'correct' && row.verdict !== 'correct').length;
  const lowered = judged.filter((row) => row.judged !== 'correct' && row.verdict === 'correct').length;
  const asked = rows.length;
  const correct = rows.filter(({ verdict }) => verdict === 'correct').length;
  const open = asked - decided.length;
  const agreement = judged.length === 0 ? null : 1 - (raised + lowered) / judged.length;
  const labelled = { total: judged.length, raised, lowered };
  const eligible = decided.length;
  const lower = predictionPoweredInterval({ clusters: clustersOf(rows, isCorrect), eligible, labelled });
  const upper = predictionPoweredInterval({ clusters: clustersOf(rows, isPossible), eligible, labelled });
  return {
    asked,
    decided: decided.length,
    judged: judged.length,
    unjudged: drawn.length - judged.length,
    agreement,
    agreement_interval: agreement === null ? null : wilsonInterval(agreement, judged.length),
    flips: { to_correct: raised, to_incorrect: lowered },
    accuracy: asked === 0 ? null : correct / asked,
    upper: asked === 0 ? null : (correct + open) / asked,
    corrected_accuracy: lower?.estimate ?? null,
    corrected_upper: upper?.estimate ?? null,
    corrected_interval: lower && upper ? [lower.interval[0], upper.interval[1]] : null,
  };
}

function isCorrect(verdict: Verdict): boolean {
  return verdict === 'correct';
}

function isPossible(verdict: Verdict): boolean {
  return verdict === 'correct' || !isDecided(verdict);
}

/** Rows by benchmark and group, with how many of them count. */
function clustersOf(rows: readonly AuditedRow[], counts: (verdict: Verdict) => boolean): Cluster[] {
  const clusters = new Map<string, { total: number; successes: number }>();
  for (const { benchmark, group, verdict } of rows) {
    const key = `${benchmark}/${group}`;
    const cluster = clusters.get(key) ?? { total: 0, successes: 0 };
    cluster.total += 1;
    if (counts(verdict)) cluster.successes += 1;
    clusters.set(key, cluster);
  }
  return [...clusters.values()];
}
