import type { GradingMode } from '../../core/grade.ts';

/** What the trust page shows of a checkpoint's audit.<mode>.json. */
export interface AuditRecord {
  readonly name: string;
  readonly mode: GradingMode;
  readonly judge: { readonly model: string; readonly simulated?: boolean | undefined };
  readonly judged: number;
  readonly unjudged: number;
  readonly agreement: number | null;
  readonly agreement_interval: readonly [low: number, high: number] | null;
  readonly flips: { readonly to_correct: number; readonly to_incorrect: number };
  readonly accuracy: number | null;
  readonly corrected_accuracy: number | null;
  readonly corrected_interval: readonly [low: number, high: number] | null;
}
