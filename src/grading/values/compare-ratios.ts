import { because, type ComparisonPolicy, different, equal, type Outcome, unknown } from './comparison.ts';
import type { NumberValue, Value } from './value.ts';

type Ratio = Value & { readonly kind: 'ratio' };

/** Proportions by their quotients, times of day part by part. */
export function compareRatios(gold: Ratio, answer: Ratio, policy: ComparisonPolicy): Outcome {
  if (gold.parts.length !== answer.parts.length) return different;
  const clock = gold.clock || answer.clock || policy.clock;
  const first = { gold: gold.parts[0]?.approximate ?? 0, answer: answer.parts[0]?.approximate ?? 0 };
  const same = gold.parts.every((part, index) => {
    const other = answer.parts[index]?.approximate ?? Number.NaN;
    return clock ? part.approximate === other : isClose(part.approximate * first.answer, other * first.gold);
  });
  return same && (clock || (first.gold !== 0 && first.answer !== 0)) ? equal : different;
}

/** `1:2` and one half: the same value, which answers a question about a ratio only. */
export function compareRatioToNumber(ratio: Ratio, number: NumberValue, policy: ComparisonPolicy): Outcome {
  const [top, bottom] = ratio.parts;
  if (ratio.parts.length !== 2 || top === undefined || bottom === undefined || bottom.approximate === 0) return unknown;
  if (!isClose(top.approximate / bottom.approximate, number.approximate)) return different;
  return policy.ratio ? because(equal, 'ratio-as-number') : unknown;
}

function isClose(left: number, right: number): boolean {
  return Math.abs(left - right) <= 1e-9 * Math.max(Math.abs(left), Math.abs(right));
}
