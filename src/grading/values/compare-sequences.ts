import { allOf, because, bestOf, type ComparisonPolicy, different, type Outcome, unknown } from './comparison.ts';
import type { MatrixValue, SequenceValue, Value } from './value.ts';

/** Compares two values of any kind. */
export type Compare = (gold: Value, answer: Value, policy: ComparisonPolicy) => Outcome;

/** Points, intervals and lists item by item; sets, and lists of solutions, in any order. */
export function compareSequences(
  gold: SequenceValue,
  answer: SequenceValue,
  policy: ComparisonPolicy,
  compare: Compare,
): Outcome {
  const bare = gold.open === '' || answer.open === '';
  if (!bare && (gold.open !== answer.open || gold.close !== answer.close)) return different;
  const braces = [gold.open, answer.open].filter((open) => open === '{').length;
  const isSet = braces === 2 || (braces === 1 && bare);
  if (gold.items.length !== answer.items.length && !isSet) return different;
  const item: Compare = (left, right) => compareItem(left, right, policy, compare);
  const inOrder =
    gold.items.length === answer.items.length
      ? allOf(gold.items.map((one, index) => item(one, answer.items[index] ?? nothing, policy)))
      : different;
  if (inOrder.found === 'equal') return inOrder;
  if (isSet) return because(anyOrder(gold, answer, item, policy), 'any-order');
  // Only lists that neither side has bracketed may be meant in any order.
  if (gold.open !== '' || answer.open !== '' || policy.listOrder === 'ordered') return inOrder;
  const shuffled = anyOrder(gold, answer, item, policy);
  if (shuffled.found === 'different') return shuffled;
  return policy.listOrder === 'unordered' || isNamed(gold) || isNamed(answer)
    ? because(shuffled, 'any-order')
    : unknown;
}

const nothing: Value = { kind: 'unreadable', reason: 'empty' };

/** `x = 1, y = 2` says itself which value belongs to which name. */
function isNamed({ items }: SequenceValue): boolean {
  const names = items.map((item) => ('label' in item ? item.label : undefined));
  return names.every((name) => name !== undefined) && new Set(names).size === names.length;
}

function compareItem(gold: Value, answer: Value, policy: ComparisonPolicy, compare: Compare): Outcome {
  const outcome = answer === nothing ? different : compare(gold, answer, policy);
  return outcome.found === 'rounded' ? unknown : outcome;
}

/** Whether every item of each side is one of the other. */
function anyOrder(gold: SequenceValue, answer: SequenceValue, compare: Compare, policy: ComparisonPolicy): Outcome {
  const covered = gold.items.map((item) => bestOf(answer.items.map((other) => compare(item, other, policy))));
  const covering = answer.items.map((other) => bestOf(gold.items.map((item) => compare(item, other, policy))));
  return allOf([...covered, ...covering]);
}

/** Matrices cell by cell. */
export function compareMatrices(
  gold: MatrixValue,
  answer: MatrixValue,
  policy: ComparisonPolicy,
  compare: Compare,
): Outcome {
  const [height, width] = [gold.rows.length, gold.rows[0]?.length];
  if (answer.rows.length !== height || answer.rows[0]?.length !== width) return different;
  return allOf(
    gold.rows.flatMap((row, at) =>
      row.map((cell, column) => compareItem(cell, answer.rows[at]?.[column] ?? nothing, policy, compare)),
    ),
  );
}
