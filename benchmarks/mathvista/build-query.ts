import { listOptions } from '../../src/problems/options/letters.ts';

interface QueryRow {
  readonly question: string;
  readonly choices: readonly string[] | null;
  readonly unit: string | null;
  readonly precision: number | null;
  readonly question_type: 'free_form' | 'multi_choice';
  readonly answer_type: 'text' | 'integer' | 'float' | 'list';
}

const integerHint = 'requiring an integer answer and provide the final value, e.g., 1, 2, 3, at the end.';
const listHint =
  'requiring a Python list as an answer and provide the final list, e.g., [1, 2, 3], [1.2, 1.3, 1.4], at the end.';
const floatHints: Readonly<Record<number, string>> = {
  1: 'requiring a floating-point number with one decimal place and provide the final value, e.g., 1.2, 1.3, 1.4, at the end.',
  2: 'requiring a floating-point number with two decimal places and provide the final value, e.g., 1.23, 1.34, 1.45, at the end.',
};

/**
 * The official query of a row, which the official rows file does not hold: a hint on the form of the answer, the question
 * with its unit, and the choices. Gives all 1,000 queries of the official query.json for testmini.
 */
export function buildQuery(row: QueryRow): string {
  const unit = row.unit === null ? '' : ` (Unit: ${row.unit})`;
  const choices = row.choices === null ? '' : `\nChoices:\n${listOptions(row.choices)}`;
  return `Hint: Please answer the question ${hintOf(row)}\nQuestion: ${row.question}${unit}${choices}`.trim();
}

function hintOf(row: QueryRow): string {
  if (row.question_type === 'multi_choice') {
    return 'and provide the correct option letter, e.g., A, B, C, D, at the end.';
  }
  const plain = 'and provide the final answer at the end.';
  if (row.answer_type === 'integer') return integerHint;
  if (row.answer_type === 'list') return listHint;
  return (row.answer_type === 'float' ? floatHints[row.precision ?? -1] : undefined) ?? plain;
}
