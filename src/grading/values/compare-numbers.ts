import {
  because,
  bestOf,
  type ComparisonPolicy,
  different,
  equal,
  type Outcome,
  rounded,
  unknown,
} from './comparison.ts';
import { equals, multiply, type Rational, rational, toNumber } from './rational.ts';
import { unitSize } from './units.ts';
import type { NumberValue } from './value.ts';

/** Compares two numbers with their units. */
export function compareQuantities(gold: NumberValue, answer: NumberValue, policy: ComparisonPolicy): Outcome {
  // A share is no length, angle or sum of money, whatever its digits.
  if (gold.percent !== answer.percent && (gold.percent ? answer : gold).unit !== '') return different;
  const found = compareNumbers(gold, answer, policy);
  if (gold.unit === answer.unit) return found;
  if (policy.degrees === 'radians' && found.found === 'different') {
    const turned = compareRadians(gold, answer, policy);
    if (turned !== undefined) return turned;
  }
  if (gold.unit === '' || answer.unit === '') return found;
  if (gold.unit.startsWith('unit^') || answer.unit.startsWith('unit^')) {
    return gold.unit.slice(-2) === answer.unit.slice(-2) ? found : different;
  }
  const converted = policy.units === 'convert' ? converting(answer, gold.unit) : undefined;
  if (converted !== undefined) return because(compareNumbers(gold, converted, policy), 'unit-converted');
  // The same number in a unit that is not converted is wrong, another number may be right.
  return found.found === 'different' ? unknown : different;
}

/** A number in another unit of the same dimension. */
function converting(value: NumberValue, unit: string): NumberValue | undefined {
  const [from, to] = [unitSize(value.unit), unitSize(unit)];
  if (from === undefined || to === undefined || from.dimension !== to.dimension) return undefined;
  const factor = rational(from.top * to.bottom, from.bottom * to.top);
  if (factor === undefined) return undefined;
  const exact = value.exact && multiply(value.exact, factor);
  const approximate = exact ? toNumber(exact) : value.approximate * toNumber(factor);
  return { ...value, exact, approximate, unit, decimals: undefined, truncated: false, rounded: undefined };
}

/** `60°` beside `\pi/3`: the side in degrees as an angle in radians. */
function compareRadians(gold: NumberValue, answer: NumberValue, policy: ComparisonPolicy): Outcome | undefined {
  const turned = (value: NumberValue): NumberValue => ({
    ...value,
    exact: undefined,
    approximate: (value.approximate * Math.PI) / 180,
    decimals: undefined,
    rounded: undefined,
  });
  const isPlain = ({ unit }: NumberValue) => unit === '' || unit === 'rad';
  if (answer.unit === '°' && isPlain(gold))
    return because(compareNumbers(gold, turned(answer), policy), 'degrees-as-radians');
  if (gold.unit === '°' && isPlain(answer))
    return because(compareNumbers(turned(gold), answer, policy), 'degrees-as-radians');
  return undefined;
}

function compareNumbers(gold: NumberValue, answer: NumberValue, policy: ComparisonPolicy): Outcome {
  const readings = [answer, ...(answer.rounded ? [answer.rounded] : [])].flatMap((reading) =>
    [gold, ...(gold.rounded ? [gold.rounded] : [])].map((side) => compareMagnitudes(side, reading, policy)),
  );
  const best = bestOf(readings);
  if (gold.percent === answer.percent || best.found === 'equal') return best;
  const asWritten = compareMagnitudes(written(gold), written(answer), policy);
  if (asWritten.found !== 'equal') return asWritten.found === 'rounded' ? rounded : best;
  return gold.percent || policy.percent === 'as-written' ? because(equal, 'percent-as-written') : unknown;
}

/** A percentage as the number in front of its sign. */
function written(value: NumberValue): NumberValue {
  if (!value.percent) return value;
  const exact = value.exact && rational(value.exact.top * 100n, value.exact.bottom);
  return { ...value, exact, approximate: exact ? toNumber(exact) : value.approximate * 100 };
}

function compareMagnitudes(gold: NumberValue, answer: NumberValue, policy: ComparisonPolicy): Outcome {
  if (gold.exact && answer.exact && equals(gold.exact, answer.exact)) return equal;
  const difference = Math.abs(gold.approximate - answer.approximate);
  const size = Math.max(Math.abs(gold.approximate), Math.abs(answer.approximate));
  const bothExact = gold.exact !== undefined && answer.exact !== undefined;
  if (!bothExact && difference <= 1e-9 * size) return equal;
  if (answer.truncated && continues(answer, gold)) return because(equal, 'digits-go-on');
  if (gold.truncated && continues(gold, answer)) return because(equal, 'digits-go-on');
  const [goldDigits, answerDigits] = [shownDigits(gold), shownDigits(answer)];
  // A long decimal of a number that has no finite one is as good as the number: 0.333333, 3.14159265.
  if (answerDigits > 5 && !isFiniteDecimal(gold) && difference <= 1e-6 * size) return because(equal, 'long-decimal');
  if (answerDigits > 11 && difference <= 1e-11 * size) return because(equal, 'long-decimal');
  if (gold.decimals !== undefined && !isFiniteDecimal(answer) && roundsTo(answer, gold)) {
    return goldDigits > 1 && policy.decimals === 'shown' ? because(equal, 'digits-shown') : unknown;
  }
  if (answer.decimals !== undefined && answer.decimals > 0) {
    if (!isFiniteDecimal(gold) && roundsTo(gold, answer)) return significant(answer) >= 3 ? rounded : unknown;
    // Cut off rather than rounded: 0.422 for 0.4226.
    if (answer.decimals > 2 && !isFiniteDecimal(gold) && isCutFrom(gold, answer)) return unknown;
    if (gold.decimals !== undefined && (roundsTo(answer, gold) || roundsTo(gold, answer))) return unknown;
  }
  return different;
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

function isCutFrom(full: NumberValue, shown: NumberValue): boolean {
  const cut = Math.abs(full.approximate) - Math.abs(shown.approximate);
  return full.approximate * shown.approximate > 0 && cut > 0 && cut < 10 ** -shownDigits(shown);
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
  return value.exact !== undefined && isTwosAndFives(value.exact);
}

function isTwosAndFives(value: Rational): boolean {
  let bottom = value.bottom;
  while (bottom % 2n === 0n) bottom /= 2n;
  while (bottom % 5n === 0n) bottom /= 5n;
  return bottom === 1n;
}
