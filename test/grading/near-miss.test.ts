import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import type { AnswerPolicy } from '../../src/core/problem.ts';
import { gradeResponse } from '../../src/grading/grade-response.ts';
import { problemWith } from './problem-with.ts';

vi.setConfig({ testTimeout: 60_000 });

const free: AnswerPolicy = { type: 'free' };
const verdictOn = (answer: string, response: string, policy: AnswerPolicy = free) =>
  gradeResponse(problemWith({ answer, policy }), response).verdict;

const whole = fc.integer({ min: -9999, max: 9999 });
const positive = fc.integer({ min: 1, max: 999 });
const fraction = fc.tuple(whole, fc.integer({ min: 2, max: 99 })).map(([top, bottom]) => `\\frac{${top}}{${bottom}}`);
const surd = fc.tuple(positive, fc.constantFrom(2, 3, 5, 6, 7, 10)).map(([factor, root]) => `${factor}\\sqrt{${root}}`);
const circular = fc.tuple(positive, positive).map(([factor, rest]) => `${factor}\\pi-${rest}`);
const decimal = fc
  .tuple(whole, fc.integer({ min: 1, max: 99 }))
  .map(([units, rest]) => `${units}.${String(rest).padStart(2, '0')}`);
const point = fc.tuple(whole, whole).map(([first, second]) => `(${first}, ${second})`);
const gold = fc.oneof(whole.map(String), fraction, surd, circular, decimal, point);

const restyle: readonly ((text: string) => string)[] = [
  (text) => text.replaceAll('\\frac', '\\dfrac'),
  (text) => text.replaceAll('(', '\\left(').replaceAll(')', '\\right)'),
  (text) =>
    text
      .replaceAll(/([+,-])/g, ' $1 ')
      .replace(/^ - /, '-')
      .replace(/\( - /, '(-')
      .replace(/, {2}- /, ', -'),
  (text) => `$${text}$`,
  (text) => `\\(${text}\\)`,
  (text) => ` ${text}. `,
  (text) => `{${text}}`,
  (text) => `x = ${text}`,
  (text) => `\\mathbf{${text}}`,
  (text) => text.replaceAll('-', '\u2212'),
  (text) => text.replaceAll(/\d/g, (digit) => String.fromCharCode(0xff10 + Number(digit))),
];
const frames: readonly ((text: string) => string)[] = [
  (text) => `\\boxed{${text}}`,
  (text) => `<think>Or is it 17?</think> So \\boxed{${text}}.`,
  (text) => `The answer is ${text}.`,
  (text) => `Some work.\n\n**Final Answer:** $${text}$`,
  (text) => `答案是 ${text}。`,
  (text) => `First \\boxed{123456}, no. \n\n Rather, after checking: \\boxed{${text}}`,
];

describe('the same answer', () => {
  test('in another dress is accepted', () => {
    fc.assert(
      fc.property(gold, fc.constantFrom(...restyle), fc.constantFrom(...frames), (answer, dress, frame) => {
        expect(verdictOn(answer, frame(dress(answer)))).toBe('correct');
      }),
      { numRuns: 2000 },
    );
  });

  test('is its own answer under every policy for numbers', () => {
    fc.assert(
      fc.property(decimal, (answer) => {
        for (const policy of [free, { type: 'number', decimals: 2 }, { type: 'number', tolerance: 0.001 }] as const) {
          expect(verdictOn(answer, answer, policy)).toBe('correct');
        }
      }),
    );
  });

  test('stays the same when both are exact and the sides are swapped', () => {
    fc.assert(
      fc.property(gold, gold, (left, right) => {
        const judged = [verdictOn(left, `\\boxed{${right}}`), verdictOn(right, `\\boxed{${left}}`)];
        expect(judged[0] === 'correct').toBe(judged[1] === 'correct');
      }),
      { numRuns: 1000 },
    );
  });
});

/** Changes that make an answer another one. Some leave some answers as they are; the property drops those. */
const mutations: readonly ((text: string, seed: number) => string)[] = [
  (text, seed) => changeDigit(text, seed),
  (text) => (text.startsWith('-') ? text.slice(1) : `-${text}`),
  (text) => text.replace(/\\frac\{(.*?)\}\{(.*?)\}/, '\\frac{$2}{$1}'),
  (text) => text.replace(/\\sqrt\{(\d+)\}/, '$1'),
  (text) => text.replace('\\pi', ''),
  (text) => text.replace('\\pi', '3'),
  (text) => text.replace(/\((.*), (.*)\)/, '($2, $1)'),
  (text) => text.replace(/\((.*)\)/, '[$1)'),
  (text) => text.replace(/(\d)(?=\D*$)/, '$10'),
  (text) => text.replace('-', '+'),
  (text) => text.replace('.', ''),
  (text) => `${text}+1`,
  (text) => `2(${text})`,
];

function changeDigit(text: string, seed: number): string {
  const places = [...text.matchAll(/\d/g)].map(({ index }) => index);
  const at = places[seed % places.length] ?? 0;
  const digit = (Number(text.charAt(at)) + 1 + (seed % 9)) % 10;
  return `${text.slice(0, at)}${digit}${text.slice(at + 1)}`;
}

/** An independent value of the few forms generated here; undefined where a mutation made another form. */
function plainValue(text: string): string | undefined {
  const inner = /^(-?)\((.*), (.*)\)$/.exec(text);
  if (inner !== null) return inner[1] === '' ? `${Number(inner[2])};${Number(inner[3])}` : undefined;
  const script = text
    .replace(/\\frac\{(.*?)\}\{(.*?)\}/g, '(($1)/($2))')
    .replace(
      /(\d)?\\sqrt\{(\d+)\}/g,
      (_all, digit, root) => `${digit === undefined ? '' : `${digit}*`}Math.sqrt(${root})`,
    )
    .replace(/(\d)?\\pi/g, (_all, digit) => (digit === undefined ? 'Math.PI' : `${digit}*Math.PI`))
    .replace(/(\d)\(/g, '$1*(')
    .replace(/--/g, '- -')
    .replace(/(?<![\d.])0+(?=\d)/g, '');
  if (!/^[\d\s.()*/+\-MathsqrPI]+$/.test(script)) return undefined;
  try {
    const value = Number(new Function(`return ${script}`)());
    return Number.isFinite(value) ? value.toPrecision(12) : undefined;
  } catch {
    return undefined;
  }
}

test('a near miss is never accepted', () => {
  let tried = 0;
  fc.assert(
    fc.property(
      gold,
      fc.nat(),
      fc.constantFrom(...mutations),
      fc.constantFrom(...frames),
      (answer, seed, mutate, frame) => {
        const other = mutate(answer, seed);
        const [left, right] = [plainValue(answer), plainValue(other)];
        const same = right !== undefined ? left === right || Number(left) === Number(right) : other === answer;
        if (same) return;
        tried += 1;
        expect([other, verdictOn(answer, frame(other))]).not.toEqual([other, 'correct']);
      },
    ),
    { numRuns: 12_000 },
  );
  expect(tried).toBeGreaterThan(5000);
});

test('any text at all gets a verdict', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', maxLength: 400 }),
      fc.constantFrom<AnswerPolicy>(
        free,
        { type: 'text' },
        { type: 'list' },
        { type: 'number' },
        { type: 'choice', letters: ['B'] },
      ),
      (response, policy) => {
        const { verdict } = gradeResponse(problemWith({ answer: '1', policy, choices: ['2', '1'] }), response);
        expect(['correct', 'incorrect', 'undecided', 'no_answer']).toContain(verdict);
      },
    ),
    { numRuns: 2000 },
  );
});

test('any LaTeX-like text gets a verdict', () => {
  const piece = fc.constantFrom(
    ...'\\boxed{ } \\frac \\sqrt ^ _ { } ( ) [ ] 1 23 , . : = \\pi \\text{ x cm % ° ! - + / * \\left \\right | \\{ \\} and or answer is (A) B \\circ \\overline \\approx \\le < 0. ... $ ** \n'.split(
      ' ',
    ),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 60 }), fc.constantFrom(...frames), (pieces, frame) => {
      const { verdict } = gradeResponse(
        problemWith({ answer: '\\frac{16}{7}', policy: free }),
        frame(pieces.join(' ')),
      );
      expect(['incorrect', 'undecided', 'no_answer']).toContain(verdict);
    }),
    { numRuns: 3000 },
  );
});
