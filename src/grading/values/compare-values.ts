import { equals, type Rational, rational, toNumber } from './rational.ts';
import type { NumberValue, SequenceValue, Value } from './value.ts';

/**
 * `rounded`: a decimal that agrees with the other side in every digit shown, at least three of them, but is not equal to it.
 * `unknown`: the rules cannot tell.
 */
export type Comparison = 'equal' | 'different' | 'rounded' | 'unknown';

/** What of a comparison depends on the question. */
export interface ComparisonPolicy {
  /** Whether `20%` answers a question whose answer is 20. */
  readonly percent: boolean;
  /** Whether `1:2` may stand for one half. */
  readonly ratio: boolean;
  /** Whether `3:10` is a time of day. */
  readonly clock: boolean;
}

/** Compares a gold answer with an answer. Symmetric but for the digits shown, where the gold answer decides how many matter. */
export function compareValues(gold: Value, answer: Value, policy: ComparisonPolicy): Comparison {
  if (gold.kind === 'unreadable' || answer.kind === 'unreadable') return 'unknown';
  if (gold.kind === 'number' && answer.kind === 'number')
    return compareLabelled(gold, answer, compareQuantities(gold, answer, policy));
  if (gold.kind === 'sequence' && answer.kind === 'sequence')
    return compareLabelled(gold, answer, compareSequences(gold, answer, policy));
  if (gold.kind === 'ratio' && answer.kind === 'ratio')
    return compareRatios(gold.parts, answer.parts, gold.clock || answer.clock || policy.clock);
  if (gold.kind === 'ratio' && answer.kind === 'number') return compareRatioToNumber(gold.parts, answer, policy);
  if (gold.kind === 'number' && answer.kind === 'ratio') return compareRatioToNumber(answer.parts, gold, policy);
  if (gold.kind === answer.kind && 'text' in gold && 'text' in answer)
    return gold.text === answer.text ? 'equal' : 'unknown';
  if (isInfinity(gold) !== isInfinity(answer) && (gold.kind === 'number' || answer.kind === 'number'))
    return 'different';
  const shapes = [gold.kind, answer.kind];
  // One number is not several, and a point is not a proportion.
  if (shapes.includes('sequence') && (shapes.includes('number') || shapes.includes('ratio'))) return 'different';
  return 'unknown';
}

function isInfinity(value: Value): boolean {
  return value.kind === 'expression' && /^(?:negate\()?<infty>\)?$/.test(value.text);
}

/** `x = 0` and `y = 0` are different lines; a missing name says nothing. Only single letters name something definite. */
function compareLabelled(
  gold: { label: string | undefined },
  answer: { label: string | undefined },
  found: Comparison,
): Comparison {
  const clash = gold.label?.length === 1 && answer.label?.length === 1 && gold.label !== answer.label;
  return clash && found !== 'different' ? 'unknown' : found;
}

function compareQuantities(gold: NumberValue, answer: NumberValue, policy: ComparisonPolicy): Comparison {
  const found = compareNumbers(gold, answer, policy);
  if (gold.unit === '' || answer.unit === '' || gold.unit === answer.unit) return found;
  // Units are not converted: the same number in other units is wrong, another number may be right.
  return found === 'different' ? 'unknown' : 'different';
}

function compareNumbers(gold: NumberValue, answer: NumberValue, policy: ComparisonPolicy): Comparison {
  const readings = [answer, ...(answer.rounded ? [answer.rounded] : [])].flatMap((reading) =>
    [gold, ...(gold.rounded ? [gold.rounded] : [])].map((side) => compareMagnitudes(side, reading)),
  );
  const best = bestOf(readings);
  if (gold.percent === answer.percent || best === 'equal') return best;
  const asWritten = compareMagnitudes(written(gold), written(answer));
  if (asWritten !== 'equal') return asWritten === 'rounded' ? 'rounded' : best;
  return gold.percent || policy.percent ? 'equal' : 'unknown';
}

function bestOf(comparisons: readonly Comparison[]): Comparison {
  const order: readonly Comparison[] = ['equal', 'rounded', 'unknown', 'different'];
  return order.find((name) => comparisons.includes(name)) ?? 'unknown';
}

/** A percentage as the number in front of its sign. */
function written(value: NumberValue): NumberValue {
  if (!value.percent) return value;
  const exact = value.exact && rational(value.exact.top * 100n, value.exact.bottom);
  return { ...value, exact, approximate: exact ? toNumber(exact) : value.approximate * 100 };
}

function compareMagnitudes(gold: NumberValue, answer: NumberValue): Comparison {
  if (gold.exact && answer.exact && equals(gold.exact, answer.exact)) return 'equal';
  const difference = Math.abs(gold.approximate - answer.approximate);
  const size = Math.max(Math.abs(gold.approximate), Math.abs(answer.approximate));
  const bothExact = gold.exact !== undefined && answer.exact !== undefined;
  if (!bothExact && difference <= 1e-9 * size) return 'equal';
  if (answer.truncated && continues(answer, gold)) return 'equal';
  if (gold.truncated && continues(gold, answer)) return 'equal';
  const [goldDigits, answerDigits] = [shownDigits(gold), shownDigits(answer)];
  // A long decimal of a number that has no finite one is as good as the number: 0.333333, 3.14159265.
  if (answerDigits > 5 && !isFiniteDecimal(gold) && difference <= 1e-6 * size) return 'equal';
  if (answerDigits > 11 && difference <= 1e-11 * size) return 'equal';
  if (gold.decimals !== undefined && !isFiniteDecimal(answer) && roundsTo(answer, gold)) {
    return goldDigits > 1 ? 'equal' : 'unknown';
  }
  if (answer.decimals !== undefined && answer.decimals > 0) {
    if (!isFiniteDecimal(gold) && roundsTo(gold, answer)) return significant(answer) >= 3 ? 'rounded' : 'unknown';
    if (gold.decimals !== undefined && roundsTo(answer, gold)) return 'unknown';
    if (gold.decimals !== undefined && roundsTo(gold, answer)) return 'unknown';
  }
  return 'different';
}

function shownDigits(value: NumberValue): number {
  return (value.decimals ?? 0) + (value.percent ? 2 : 0);
}

/** Digits from the first that is not zero to the last shown. */
function significant(value: NumberValue): number {
  const above = value.approximate === 0 ? 1 : Math.floor(Math.log10(Math.abs(value.approximate))) + 1;
  return above + shownDigits(value);
}

/** Whether `full` rounds to the decimal literal `shown` at the digits that it shows. */
function roundsTo(full: NumberValue, shown: NumberValue): boolean {
  if (shown.decimals === undefined) return false;
  const half = 0.5 * 10 ** -shownDigits(shown);
  return Math.abs(full.approximate - shown.approximate) <= half * (1 + 1e-9);
}

/** Whether the digits of a literal that goes on (`0.999...`) may go on to `full`. */
function continues(literal: NumberValue, full: NumberValue): boolean {
  if ((literal.decimals ?? 0) < 3) return false;
  const [from, to] = [Math.abs(literal.approximate), Math.abs(full.approximate)];
  const sameSign = literal.approximate * full.approximate >= 0;
  return sameSign && to >= from && to <= from + 10 ** -shownDigits(literal) * (1 + 1e-9);
}

/** Whether a number can be written out: its bottom has no factor but 2 and 5. */
function isFiniteDecimal(value: NumberValue): boolean {
  if (value.exact === undefined) return false;
  return isTwosAndFives(value.exact);
}

function isTwosAndFives(value: Rational): boolean {
  let bottom = value.bottom;
  while (bottom % 2n === 0n) bottom /= 2n;
  while (bottom % 5n === 0n) bottom /= 5n;
  return bottom === 1n;
}

function compareSequences(gold: SequenceValue, answer: SequenceValue, policy: ComparisonPolicy): Comparison {
  const bare = gold.open === '' || answer.open === '';
  if (!bare && (gold.open !== answer.open || gold.close !== answer.close)) return 'different';
  if (gold.items.length !== answer.items.length) return 'different';
  const unordered = gold.open === '{' && answer.open === '{';
  const inOrder = allOf(gold.items.map((item, index) => compareItem(item, answer.items[index], policy)));
  return unordered && inOrder !== 'equal' ? compareSets(gold, answer, policy) : inOrder;
}

function compareItem(gold: Value, answer: Value | undefined, policy: ComparisonPolicy): Comparison {
  const found = answer === undefined ? 'different' : compareValues(gold, answer, policy);
  return found === 'rounded' ? 'unknown' : found;
}

function compareSets(gold: SequenceValue, answer: SequenceValue, policy: ComparisonPolicy): Comparison {
  const covers = (from: SequenceValue, to: SequenceValue) =>
    allOf(from.items.map((item) => bestOf(to.items.map((other) => compareItem(item, other, policy)))));
  return allOf([covers(gold, answer), covers(answer, gold)]);
}

/** One difference makes the whole different; else one open question leaves it open. */
function allOf(comparisons: readonly Comparison[]): Comparison {
  if (comparisons.includes('different')) return 'different';
  return comparisons.every((found) => found === 'equal') ? 'equal' : 'unknown';
}

function compareRatios(gold: readonly NumberValue[], answer: readonly NumberValue[], clock: boolean): Comparison {
  if (gold.length !== answer.length) return 'different';
  const close = (left: number, right: number) =>
    Math.abs(left - right) <= 1e-9 * Math.max(Math.abs(left), Math.abs(right));
  const first = { gold: gold[0]?.approximate ?? 0, answer: answer[0]?.approximate ?? 0 };
  const same = gold.every((part, index) => {
    const other = answer[index]?.approximate ?? Number.NaN;
    return clock ? part.approximate === other : close(part.approximate * first.answer, other * first.gold);
  });
  return same && (clock || (first.gold !== 0 && first.answer !== 0)) ? 'equal' : 'different';
}

function compareRatioToNumber(
  parts: readonly NumberValue[],
  number: NumberValue,
  policy: ComparisonPolicy,
): Comparison {
  const [top, bottom] = parts;
  if (parts.length !== 2 || top === undefined || bottom === undefined || bottom.approximate === 0) return 'unknown';
  const quotient = top.approximate / bottom.approximate;
  const same = Math.abs(quotient - number.approximate) <= 1e-9 * Math.abs(quotient);
  if (!same) return 'different';
  return policy.ratio ? 'equal' : 'unknown';
}
