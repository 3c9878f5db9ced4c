/**
 * `rounded`: a decimal that agrees with the other side in every digit shown, at least three of them, but is not equal to it.
 * `unknown`: the rules cannot tell.
 */
export type Comparison = 'equal' | 'different' | 'rounded' | 'unknown';

/** A comparison, and what about it went beyond comparing value with value: a rule of the policy, or a method. */
export interface Outcome {
  readonly found: Comparison;
  /** `percent-as-written`, `unit-converted`, `any-order`, `same-function`, …; absent where nothing of the kind was needed. */
  readonly by?: string;
}

/** How answers to one question compare. Part of the grader's version: a change of a default changes the version. */
export interface ComparisonPolicy {
  /** `shown`: a decimal gold answer counts with the digits that it shows, so that `2\pi` is 6.28. `exact`: only equal values. */
  readonly decimals: 'shown' | 'exact';
  /** `as-written`: `20%` answers a question whose answer is 20. `value`: it is 0.2 and nothing else. */
  readonly percent: 'as-written' | 'value';
  /** `unit`: the degree sign is a unit that may be missing. `radians`: 180° is also `\pi`. */
  readonly degrees: 'unit' | 'radians';
  /** `convert`: 50 cm is 0.5 m. `same`: only the same unit, or none on one side, compares. */
  readonly units: 'convert' | 'same';
  /** Whether `1, 2` may be `2, 1`; `open`: the rules cannot tell. Braces always say that order does not matter. */
  readonly listOrder: 'ordered' | 'unordered' | 'open';
  /** Whether `2-5` is the range from 2 to 5. */
  readonly rangeDash: boolean;
  /** Whether `3,5` may be three and a half where one number is asked for. */
  readonly decimalComma: boolean;
  /** Whether `1:2` may stand for one half. */
  readonly ratio: boolean;
  /** Whether `3:10` is a time of day. */
  readonly clock: boolean;
}

/** What holds where neither question nor benchmark says otherwise. */
export const defaultPolicy: ComparisonPolicy = {
  decimals: 'shown',
  percent: 'value',
  degrees: 'unit',
  units: 'convert',
  listOrder: 'open',
  rangeDash: false,
  decimalComma: true,
  ratio: false,
  clock: false,
};

export const equal: Outcome = { found: 'equal' };
export const different: Outcome = { found: 'different' };
export const unknown: Outcome = { found: 'unknown' };
export const rounded: Outcome = { found: 'rounded' };

const order: readonly Comparison[] = ['equal', 'rounded', 'unknown', 'different'];

/** The most favourable of several readings. */
export function bestOf(outcomes: readonly Outcome[]): Outcome {
  for (const found of order) {
    const outcome = outcomes.find((one) => one.found === found);
    if (outcome !== undefined) return outcome;
  }
  return unknown;
}

/** One difference makes the whole different; else one open question leaves it open. */
export function allOf(outcomes: readonly Outcome[]): Outcome {
  if (outcomes.some(({ found }) => found === 'different')) return different;
  if (!outcomes.every(({ found }) => found === 'equal')) return unknown;
  return outcomes.find(({ by }) => by !== undefined) ?? equal;
}

/** The same outcome with the rule that it needed. */
export function because(outcome: Outcome, by: string): Outcome {
  return outcome.found === 'equal' && outcome.by === undefined ? { found: 'equal', by } : outcome;
}
