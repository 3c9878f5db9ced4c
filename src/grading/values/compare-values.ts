import {
  compareEquations,
  compareEquationToValue,
  compareExpressions,
  compareInequalities,
  compareInequalityToRegion,
  compareNumberToExpression,
  equationOf,
} from './compare-expressions.ts';
import { compareQuantities } from './compare-numbers.ts';
import { compareRatios, compareRatioToNumber } from './compare-ratios.ts';
import { compareRegions, regionOf } from './compare-regions.ts';
import { compareMatrices, compareSequences } from './compare-sequences.ts';
import { allOf, because, type ComparisonPolicy, different, equal, type Outcome, unknown } from './comparison.ts';
import type { DescriptionValue, SequenceValue, Value } from './value.ts';

type Kind = Value['kind'];
type Of<K extends Kind> = Value & { readonly kind: K };

/**
 * Compares a gold answer with an answer by the kinds of value that they are. Symmetric but for the digits shown, where the gold answer
 * decides how many matter, and for a set of one.
 */
export function compareValues(gold: Value, answer: Value, policy: ComparisonPolicy): Outcome {
  if (gold.kind === 'unreadable' || answer.kind === 'unreadable') return compareUnreadable(gold, answer);
  if (gold.kind === answer.kind) return compareAlike(gold, answer as typeof gold, policy);
  return compareMixed(gold, answer, policy) ?? compareMixed(answer, gold, policy) ?? unknown;
}

/** What divides by zero is no number; of other text that is not read nothing is known. */
function compareUnreadable(gold: Value, answer: Value): Outcome {
  const undefinedNumber = answer.kind === 'unreadable' && answer.reason === 'division-by-zero';
  return undefinedNumber && gold.kind === 'number' ? different : unknown;
}

function compareAlike(gold: Value, answer: Value, policy: ComparisonPolicy): Outcome {
  switch (gold.kind) {
    case 'number':
      return labelled(gold, answer as Of<'number'>, compareQuantities(gold, answer as Of<'number'>, policy));
    case 'sequence': {
      const other = answer as Of<'sequence'>;
      return labelled(gold, other, compareSequences(gold, other, policy, compareValues));
    }
    case 'ratio':
      return compareRatios(gold, answer as Of<'ratio'>, policy);
    case 'expression':
      return compareNamed(gold, answer as Of<'expression'>);
    case 'ordering':
      return compareOrderings(gold, answer as Of<'ordering'>, policy);
    case 'equation':
      return compareCurves(gold, answer);
    case 'inequality':
      return compareInequalities(gold, answer as Of<'inequality'>);
    case 'union':
      return compareAsRegions(gold, answer);
    case 'matrix':
      return compareMatrices(gold, answer as Of<'matrix'>, policy, compareValues);
    case 'description':
      return compareDescriptions(gold, answer as Of<'description'>, policy);
    case 'bearing':
      return gold.degrees === (answer as Of<'bearing'>).degrees ? equal : different;
    case 'relation':
    case 'words':
      return gold.text === (answer as Of<'words'>).text ? equal : unknown;
    case 'unreadable':
      return unknown;
  }
}

/** Two kinds that may mean the same; undefined where the pair is to be looked at the other way round. */
function compareMixed(one: Value, other: Value, policy: ComparisonPolicy): Outcome | undefined {
  if (one.kind === 'number') return compareNumberTo(one, other, policy);
  if (one.kind === 'union') return other.kind === 'sequence' ? compareAsRegions(one, other) : undefined;
  if (one.kind === 'inequality') {
    const region = regionOf(other);
    return region && compareInequalityToRegion(one, region);
  }
  if (one.kind === 'equation') return other.kind === 'expression' ? compareCurves(one, other) : undefined;
  if (one.kind === 'ordering' && other.kind === 'sequence') return compareRange(one, other, policy);
  if (one.kind === 'description' && other.kind === 'sequence') return compareUnnamed(one, other, policy);
  // A point is not a proportion, and infinity not a point.
  if (one.kind === 'sequence' && other.kind === 'ratio') return different;
  return undefined;
}

function compareNumberTo(number: Of<'number'>, other: Value, policy: ComparisonPolicy): Outcome | undefined {
  switch (other.kind) {
    case 'ratio':
      return compareRatioToNumber(other, number, policy);
    case 'expression':
      // `xy = 1` and `y = 1/x` name different things and may be the same curve.
      return number.label !== undefined && other.label !== undefined && number.label !== other.label
        ? compareCurves(number, other)
        : compareNumberToExpression(number, other);
    case 'sequence':
      return compareToSingle(number, other, policy);
    case 'union':
    case 'matrix':
    case 'description':
      return different;
    case 'bearing':
      return number.unit === '' || number.unit === '°' ? sameDirection(other.degrees, number.approximate) : unknown;
    case 'equation':
      return number.label === undefined ? compareEquationToValue(other, number) : compareCurves(other, number);
    default:
      return undefined;
  }
}

/** One number is not several; whether it is a set of one is a matter of taste. */
function compareToSingle(number: Of<'number'>, { items }: SequenceValue, policy: ComparisonPolicy): Outcome {
  const [item] = items;
  if (items.length !== 1 || item === undefined) return different;
  return compareValues(number, item, policy).found === 'different' ? different : unknown;
}

function sameDirection(bearing: number, degrees: number): Outcome {
  return Math.abs(bearing - degrees) < 1e-9 ? because(equal, 'bearing') : different;
}

/** `x = 0` and `y = 0` are different lines; a missing or other name says nothing. */
function labelled(
  gold: { label: string | undefined },
  answer: { label: string | undefined },
  outcome: Outcome,
): Outcome {
  const clash = gold.label?.length === 1 && answer.label?.length === 1 && gold.label !== answer.label;
  if (!clash || outcome.found === 'different') return outcome;
  return /^[xyz]{2}$/.test(`${gold.label}${answer.label}`) ? different : unknown;
}

/** Expressions with or without the name of what they equal; under different names they may still be the same curve. */
function compareNamed(gold: Of<'expression'>, answer: Of<'expression'>): Outcome {
  const clash = gold.label?.length === 1 && answer.label?.length === 1 && gold.label !== answer.label;
  return clash ? compareCurves(gold, answer) : compareExpressions(gold, answer);
}

function compareCurves(gold: Value, answer: Value): Outcome {
  const [left, right] = [equationOf(gold), equationOf(answer)];
  return left === undefined || right === undefined ? unknown : compareEquations(left, right);
}

function compareAsRegions(gold: Value, answer: Value): Outcome {
  const [left, right] = [regionOf(gold), regionOf(answer)];
  return left === undefined || right === undefined ? unknown : compareRegions(left, right);
}

/** Literals between dashes one by one: neither sum nor order is anything but what stands there. */
function compareOrderings(gold: Of<'ordering'>, answer: Of<'ordering'>, policy: ComparisonPolicy): Outcome {
  if (gold.text === answer.text) return equal;
  if (gold.parts.length === 0 || gold.parts.length !== answer.parts.length) return unknown;
  return allOf(gold.parts.map((part, at) => compareValues(part, answer.parts[at] ?? part, policy)));
}

/** `2-5` as the interval from 2 to 5, where a dash may mean that. */
function compareRange(range: Of<'ordering'>, sequence: SequenceValue, policy: ComparisonPolicy): Outcome {
  if (range.parts.length !== sequence.items.length) return unknown;
  const same = allOf(range.parts.map((part, at) => compareValues(part, sequence.items[at] ?? part, policy)));
  if (same.found !== 'equal') return same;
  const isInterval = range.parts.length === 2 && sequence.open !== '{' && sequence.open !== '(';
  return policy.rangeDash && isInterval ? because(equal, 'dash-as-range') : unknown;
}

function compareDescriptions(gold: DescriptionValue, answer: DescriptionValue, policy: ComparisonPolicy): Outcome {
  const outcomes = gold.entries.map(({ name, value }) => {
    const other = answer.entries.find((entry) => entry.name === name);
    return other === undefined ? unknown : compareValues(value, other.value, policy);
  });
  const [more, fewer] = [answer.entries.length > gold.entries.length, answer.entries.length < gold.entries.length];
  const found = allOf(outcomes);
  return found.found === 'equal' && (more || fewer) ? unknown : found;
}

/** The values of a description without their names: domain before range is how everybody writes them. */
function compareUnnamed(gold: DescriptionValue, answer: SequenceValue, policy: ComparisonPolicy): Outcome {
  const names = gold.entries.map(({ name }) => name).join();
  if (names !== 'domain,range' || answer.items.length !== 2 || answer.open !== '') return unknown;
  return allOf(gold.entries.map(({ value }, at) => compareValues(value, answer.items[at] ?? value, policy)));
}
