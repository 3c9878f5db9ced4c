import { differenceReach, type PairedDifference } from './paired-difference.ts';
import { studentTCdf } from './student-t.ts';

/** A test of one side against a margin. */
export interface MarginTest {
  /** One-sided limit of the difference at the confidence asked for. */
  readonly limit: number;
  /** Chance of a difference at least this far on the tested side, were the true one at the margin. */
  readonly p: number;
}

/**
 * Is the new side worse by less than the margin? Tests the difference (new − old) against −margin from above; the new
 * side is not inferior at level α = 1 − confidence where the limit lies above −margin, which is where p < α.
 *
 * @param margin - the loss that would still be accepted, at least 0
 * @see Piaggio et al. (2012), https://doi.org/10.1001/jama.2012.87802 (reading the limit against the margin)
 */
export function nonInferiority(difference: PairedDifference, margin: number, confidence = 0.95): MarginTest {
  return {
    limit: difference.mean - differenceReach(difference, confidence),
    p: upperTail(difference, difference.mean + margin),
  };
}

/**
 * Is the new side worse by more than the margin? The mirror of {@link nonInferiority}: a loss beyond the margin is shown
 * where the upper limit lies below −margin.
 */
export function inferiority(difference: PairedDifference, margin: number, confidence = 0.95): MarginTest {
  return {
    limit: difference.mean + differenceReach(difference, confidence),
    p: upperTail(difference, -margin - difference.mean),
  };
}

/** Two-sided p value of no difference. 1 where the sides never differ. */
export function differenceP(difference: PairedDifference): number {
  return Math.min(1, 2 * upperTail(difference, Math.abs(difference.mean)));
}

/** Chance that an estimate with no true excess lies at least this far above it. */
function upperTail({ standardError, freedom }: PairedDifference, excess: number): number {
  if (freedom < 1) return 0.5;
  if (standardError === 0) return excess > 0 ? 0 : excess === 0 ? 0.5 : 1;
  return studentTCdf(-excess / standardError, freedom);
}
