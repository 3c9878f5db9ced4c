import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { evaluateTex } from '../../../src/grading/official/evaluate-tex.ts';
import { NotEvaluable, numberText } from '../../../src/grading/official/python-number.ts';

// Each line: a text, and what Python 3.11 with latex2sympy2 1.9.1 and SymPy 1.14 rounds it to; null where they raise.
const lines = readFileSync(join(import.meta.dirname, 'latex-values.jsonl'), 'utf8')
  .trim()
  .split('\n');

test('values are those of the published code', () => {
  const different = lines
    .map((line) => JSON.parse(line) as { text: string; value: string | null })
    .map(({ text, value }) => ({ text, value, ours: printed(text) }))
    .filter(({ value, ours }) => value !== ours);
  expect(different).toEqual([]);
  expect(lines.length).toBeGreaterThan(700);
});

function printed(text: string): string | null {
  try {
    return numberText(evaluateTex(text));
  } catch (error) {
    if (error instanceof NotEvaluable) return null;
    throw error;
  }
}
