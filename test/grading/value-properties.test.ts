import fc from 'fast-check';
import { expect, test } from 'vitest';
import { gradeResponse } from '../../src/grading/grade-response.ts';
import { problemWith } from './problem-with.ts';

const verdictOn = (answer: string, response: string) =>
  gradeResponse(problemWith({ answer, policy: { type: 'free' } }), `\\boxed{${response}}`).verdict;

const digit = fc.integer({ min: 1, max: 9 });
const variable = fc.constantFrom('x', 'y', 't');
/** Expressions in one to three variables, no two of which need be the same function. */
const expression: fc.Arbitrary<string> = fc.letrec<{ tree: string; leaf: string }>((tie) => ({
  leaf: fc.oneof(digit.map(String), variable, fc.constant('\\pi')),
  tree: fc.oneof(
    { maxDepth: 3 },
    tie('leaf'),
    fc.tuple(tie('tree'), tie('tree')).map(([left, right]) => `(${left}+${right})`),
    fc.tuple(tie('tree'), tie('tree')).map(([left, right]) => `(${left}-${right})`),
    fc.tuple(tie('tree'), tie('tree')).map(([left, right]) => `\\frac{${left}}{${right}}`),
    fc.tuple(digit, tie('tree')).map(([factor, of]) => `${factor}(${of})`),
    tie('tree').map((of) => `\\sqrt{${of}}`),
    fc.tuple(tie('tree'), fc.integer({ min: 2, max: 4 })).map(([base, power]) => `(${base})^{${power}}`),
  ),
})).tree;
const bound = fc.integer({ min: -20, max: 20 });
const interval = fc
  .tuple(bound, digit, fc.constantFrom('(', '['), fc.constantFrom(')', ']'))
  .map(([low, length, open, close]) => `${open}${low}, ${low + length}${close}`);
const matrix = fc
  .tuple(bound, bound, bound, bound)
  .map(([a, b, c, d]) => `\\begin{pmatrix}${a}&${b}\\\\${c}&${d}\\end{pmatrix}`);
const set = fc.uniqueArray(bound, { minLength: 2, maxLength: 5 }).map((items) => `\\{${items.join(',')}\\}`);
const line = fc.tuple(digit, bound).map(([slope, shift]) => `y=${slope}x${shift < 0 ? '' : '+'}${shift}`);
const length = fc
  .tuple(fc.integer({ min: 1, max: 500 }), fc.constantFrom('mm', 'cm', 'm', 'km'))
  .map(([size, unit]) => `${size} \\text{ ${unit}}`);
const value = fc.oneof(expression, interval, matrix, set, line, length);

const dresses: readonly ((text: string) => string)[] = [
  (text) => text.replaceAll('\\frac', '\\dfrac'),
  (text) => text.replaceAll(/(?<!\\(?:left|right))\(/g, '\\left(').replaceAll(/(?<!\\right)\)/g, '\\right)'),
  (text) => `$${text}$`,
  (text) => ` ${text} `,
  (text) => text.replaceAll('+', ' + ').replaceAll('=', ' = '),
  (text) => `\\displaystyle ${text}`,
  (text) => `{${text}}`,
];

test('every kind of value is itself, in any dress', () => {
  fc.assert(
    fc.property(value, fc.constantFrom(...dresses), (answer, dress) => {
      // A fraction over nothing has no value to be the same.
      const verdict = verdictOn(answer, dress(answer));
      expect([answer, verdict]).toEqual([answer, 'correct']);
    }),
    { numRuns: 1500 },
  );
});

test('no value is accepted for another one that does not accept it', () => {
  fc.assert(
    fc.property(value, value, (left, right) => {
      expect([left, right, verdictOn(left, right) === 'correct']).toEqual([
        left,
        right,
        verdictOn(right, left) === 'correct',
      ]);
    }),
    { numRuns: 1500 },
  );
});

test('an expression is never accepted for itself with one more', () => {
  fc.assert(
    fc.property(expression, digit, (answer, more) => {
      expect(verdictOn(answer, `${answer}+${more}`)).not.toBe('correct');
    }),
    { numRuns: 800 },
  );
});

test('equations are the same when multiplied, and not when moved', () => {
  fc.assert(
    fc.property(digit, bound, digit, (slope, shift, factor) => {
      const answer = `y=${slope}x+(${shift})`;
      expect(verdictOn(answer, `${factor}y-${factor * slope}x=${factor * shift}`)).toBe('correct');
      expect(verdictOn(answer, `${factor}y-${factor * slope}x=${factor * shift + 1}`)).not.toBe('correct');
      expect(verdictOn(answer, `y=${slope + 1}x+(${shift})`)).not.toBe('correct');
    }),
    { numRuns: 200 },
  );
});

test('intervals and sets hold exactly what they hold', () => {
  fc.assert(
    fc.property(bound, digit, (low, length) => {
      const [from, to] = [low, low + length];
      expect(verdictOn(`[${from},${to})`, `${from} \\le x < ${to}`)).toBe('correct');
      expect(verdictOn(`[${from},${to})`, `${from} \\le x \\le ${to}`)).toBe('incorrect');
      expect(verdictOn(`(${from},${to})`, `|x-${from + length / 2}| < ${length / 2}`.replace('--', '+'))).toBe(
        'correct',
      );
      expect(verdictOn(`\\{${from},${to}\\}`, `${to}, ${from}`)).toBe('correct');
      expect(verdictOn(`\\{${from},${to}\\}`, `(${to}, ${from})`)).toBe('incorrect');
    }),
    { numRuns: 200 },
  );
});

test('lengths are the same in another unit only at the same size', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 999 }), (size) => {
      expect(verdictOn(`${size} cm`, `${size * 10} mm`)).toBe('correct');
      expect(verdictOn(`${size} \\text{ m}^2`, `${size * 10_000} \\text{ cm}^2`)).toBe('correct');
      expect(verdictOn(`${size} cm`, `${size} mm`)).toBe('incorrect');
      expect(verdictOn(`${size} \\text{ m}^2`, `${size * 100} \\text{ cm}^2`)).toBe('incorrect');
    }),
  );
});
