import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AnswerKeyEntry } from '../../src/simulator/answer-key.ts';
import { Draws } from '../../src/simulator/answers/draws.ts';
import { finalStatement } from '../../src/simulator/answers/final-statement.ts';
import { rightStatement, wrongStatement } from '../../src/simulator/answers/statement-of.ts';

function entryOf(answer: string, policy: AnswerKeyEntry['policy'], choices: string[] = [], prompt = 'How many?') {
  return { prompt, images: [], answer, choices, policy, difficulty: 0 };
}

/** The value of a number as it was written, in LaTeX or plain. */
function numberIn(text: string): number {
  const fraction = /^(-?)\\d?frac\{(\d+)\}\{(\d+)\}$/.exec(text) ?? /^(-?)(\d+)\/(\d+)$/.exec(text);
  if (fraction) return ((fraction[1] === '-' ? -1 : 1) * Number(fraction[2])) / Number(fraction[3]);
  return Number(text.replaceAll(',', '').replace(/\s*(?:\\text\{ cm\}| cm|\^\\circ|°)$/, ''));
}

const decimal = fc
  .tuple(fc.integer({ min: -1_000_000, max: 1_000_000 }), fc.integer({ min: 0, max: 4 }))
  .map(([digits, places]) => (digits / 10 ** places).toFixed(places));

test('right numbers have the value of the gold, wrong ones lie outside every tolerance', () => {
  const policy = fc.constantFrom<AnswerKeyEntry['policy']>(
    { type: 'number' },
    { type: 'number', integer: true },
    { type: 'number', tolerance: 0.001 },
    { type: 'number', decimals: 2 },
    { type: 'free' },
  );
  const prompt = fc.constantFrom('How long is it in cm?', 'Find the angle in degrees.', 'What is it?');
  fc.assert(
    fc.property(decimal, policy, prompt, fc.integer(), (answer, rule, text, seed) => {
      const entry = entryOf(answer, rule, [], text);
      const tolerance = rule.type === 'number' && rule.tolerance ? rule.tolerance : 1e-9;
      const right = rightStatement(entry, new Draws(seed));
      for (const form of [right.latex, right.plain]) {
        expect(Math.abs(numberIn(form) - Number(answer))).toBeLessThanOrEqual(tolerance);
      }
      const wrong = wrongStatement(entry, new Draws(seed));
      expect(Math.abs(numberIn(wrong.latex) - Number(answer))).toBeGreaterThan(0.04);
    }),
    { numRuns: 2000 },
  );
});

test('a number with float noise is written short, within its tolerance', () => {
  const entry = entryOf('-16.899999999999995', { type: 'number', tolerance: 0.001 });
  expect(rightStatement(entry, new Draws(1)).latex).toBe('-16.9');
});

test('letters: the right one, or another that is among the options', () => {
  const choices = ['12', '24 cm', '36', 'none of these'];
  fc.assert(
    fc.property(fc.constantFrom('A', 'B', 'C', 'D'), fc.integer(), (letter, seed) => {
      const entry = entryOf(letter, { type: 'choice', letters: [letter] }, choices);
      const stated = (text: string) => /\b[A-H]\b/.exec(text.replace(/\\\w+/g, ' '))?.[0];
      const right = rightStatement(entry, new Draws(seed));
      expect([stated(right.plain), stated(right.latex)]).toEqual([letter, letter]);
      const wrong = wrongStatement(entry, new Draws(seed));
      expect(stated(wrong.latex)).toMatch(/[A-D]/);
      expect(stated(wrong.latex)).not.toBe(letter);
    }),
  );
});

const forms: readonly { answer: string; policy: AnswerKeyEntry['policy']; right: RegExp }[] = [
  { answer: '$\\boxed{\\frac{16}{7}}$', policy: { type: 'free' }, right: /^\\d?frac\{16\}\{7\}$/ },
  { answer: '8\\sqrt{3}', policy: { type: 'free' }, right: /^8\\sqrt\{3\}$/ },
  { answer: '[2014, 2016]', policy: { type: 'list' }, right: /^\[2014, ?2016\]$/ },
  { answer: 'Sep', policy: { type: 'text' }, right: /^(?:Sep|\\text\{Sep\})$/ },
  { answer: 'x = 0', policy: { type: 'text' }, right: /^x = 0$/ },
  { answer: '090^\\circ T', policy: { type: 'choice', letters: [] }, right: /^090\^\\circ T$/ },
  { answer: 'C\nD', policy: { type: 'choice', letters: ['C', 'D'] }, right: /^C, D$/ },
];

test.for(forms)('$answer is repeated when right and changed when wrong', ({ answer, policy, right }) => {
  for (let seed = 0; seed < 20; seed += 1) {
    expect(rightStatement(entryOf(answer, policy), new Draws(seed)).latex).toMatch(right);
    expect(wrongStatement(entryOf(answer, policy), new Draws(seed)).latex).not.toMatch(right);
  }
});

test('any gold at all can be stated, right and wrong, and never by the same words', () => {
  const policies: AnswerKeyEntry['policy'][] = [
    { type: 'free' },
    { type: 'text' },
    { type: 'list' },
    { type: 'number' },
  ];
  fc.assert(
    fc.property(fc.string({ maxLength: 60 }), fc.constantFrom(...policies), fc.integer(), (answer, policy, seed) => {
      const entry = entryOf(answer, policy);
      const right = rightStatement(entry, new Draws(seed));
      const wrong = wrongStatement(entry, new Draws(seed));
      expect(wrong.latex).not.toBe(right.latex);
      expect(finalStatement(right, new Draws(seed))).toContain(right.plain === right.latex ? right.plain : '');
    }),
    { numRuns: 1000 },
  );
});

test('answers are stated in many styles', () => {
  const said = new Set<string>();
  for (let seed = 0; seed < 400; seed += 1) {
    said.add(finalStatement({ plain: '7', latex: '7' }, new Draws('style', seed)).replace(/\s+/g, ' '));
  }
  expect(said.size).toBeGreaterThan(14);
  for (const style of ['\\boxed{7}', 'The answer is 7.', '**Answer: 7**', 'Putting this together: 7']) {
    expect(said).toContain(style);
  }
});
