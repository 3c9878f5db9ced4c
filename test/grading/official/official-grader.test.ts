import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import type { Problem } from '../../../src/core/problem.ts';
import type { GradeItem } from '../../../src/grading/grader.ts';
import { gradeOfficially, officialVersion } from '../../../src/grading/official/official-grader.ts';
import { problemWith } from '../problem-with.ts';

// Megabytes of hostile text; slow machines shared with other work need more than the usual five seconds.
vi.setConfig({ testTimeout: 30_000 });

const grade = (items: readonly GradeItem[]) =>
  items.map(({ problem, text }) => gradeOfficially(problem, text, { mathvistaInteger: 'int' }));

const problems: readonly Problem[] = [
  { ...problemWith({ answer: '1', policy: { type: 'free' } }), benchmark: 'mathvision' },
  {
    ...problemWith({ answer: 'B', policy: { type: 'choice', letters: ['B'] }, choices: ['(1,2)', '\\frac{1}{2}'] }),
    benchmark: 'mathvision',
  },
  {
    ...problemWith({ answer: 'No', policy: { type: 'choice', letters: ['B'] }, choices: ['Yes', 'No'] }),
    benchmark: 'mathvista',
  },
  { ...problemWith({ answer: '2.5', policy: { type: 'number', decimals: 1 } }), benchmark: 'mathvista' },
  { ...problemWith({ answer: 'C', policy: { type: 'choice', letters: ['C'] } }), benchmark: 'wemath' },
  { ...problemWith({ answer: '1.5', policy: { type: 'number', tolerance: 0.001 } }), benchmark: 'dynamath' },
];

const hostile: readonly (readonly [string, string])[] = [
  ['power tower', '\\boxed{9^{9^{9^9}}}'],
  ['power tower in stars', '\\boxed{9**9**9**9}'],
  ['factorial', '\\boxed{(10^9)!}'],
  ['nested factorials', '\\boxed{((9!)!)!}'],
  ['factorials without end', `\\boxed{9${'!'.repeat(5000)}}`],
  ['100,000 digits', `\\boxed{${'7'.repeat(100_000)}}`],
  ['a long decimal', `\\boxed{0.${'3'.repeat(100_000)}}`],
  ['many long numbers', `\\boxed{${`${'7'.repeat(4000)}*`.repeat(200)}1}`],
  ['a long sum', '\\boxed{\\sum_{i=1}^{10^{12}}i}'],
  ['an integral', '\\boxed{\\int_0^1x^{x}dx}'],
  ['5,000 brackets', `\\boxed{${'('.repeat(5000)}1${')'.repeat(5000)}}`],
  ['20,000 braces', `\\boxed{${'{'.repeat(20_000)}1${'}'.repeat(20_000)}}`],
  ['200 fractions', `\\boxed{${'\\frac{1}{'.repeat(200)}2${'}'.repeat(200)}}`],
  ['300 roots', `\\boxed{${'\\sqrt{'.repeat(300)}2${'}'.repeat(300)}}`],
  ['5,000 unclosed boxes', '\\boxed{'.repeat(5000)],
  ['20,000 open braces', `\\boxed{${'{'.repeat(20_000)}`],
  ['200,000 spaces', `the answer is${' '.repeat(200_000)}x`],
  ['50,000 commas', `\\boxed{(${'1,'.repeat(50_000)}1)}`],
  ['a large polynomial', '\\boxed{(x+y+z+w+1)^{60}}'],
  ['code', "\\boxed{__import__('os').system('touch /tmp/owned') or 1}"],
  ['a lambda', '\\boxed{(lambda:0)()}'],
  ['nan', '\\boxed{nan}'],
  ['infinity', 'The answer is inf.'],
  ['1e999', 'The answer is 1e999'],
  ['NUL', '\\boxed{1\u0000}'],
  ['full-width digit', '\\boxed{１}'],
  ['right-to-left override', '\\boxed{\u202e1}'],
  ['lone surrogate', '\\boxed{\\sqrt\ud800}'],
  ['division by zero', '\\boxed{\\frac{1}{0}}'],
  ['digits and dots', `\\boxed{${'1.'.repeat(50_000)}}`],
  ['signs', `\\boxed{${'-'.repeat(50_000)}1}`],
  ['equals', `\\boxed{${'1='.repeat(50_000)}}`],
  ['permutations', `\\boxed{${'(1)_{'.repeat(20_000)}}`],
  ['a megabyte', 'the answer is that '.repeat(55_000)],
  ['quoted answers', 'The answer is "'.repeat(50_000)],
  ['a long quoted answer', `The answer is "${'x'.repeat(300_000)}".`],
  ['deep JSON', `{"short answer": ${'['.repeat(50_000)}${']'.repeat(50_000)}}`],
  ['binomials', '\\boxed{\\binom{10^{60}}{10^9}+\\binom{0.5}{1000}}'],
  ['common multiples', `\\boxed{\\lcm(${Array.from({ length: 500 }, (_, index) => index + 1).join(',')})}`],
];

describe('hostile responses', () => {
  test.each(hostile)('%s: a verdict, the same again', (_, text) => {
    const items = problems.map((problem) => ({ problem, sample: 0, text }));
    const first = grade(items);
    expect(first).toHaveLength(problems.length);
    expect(grade(items)).toEqual(first);
  });

  test('only a response that the published rule credits is correct for the gold answer 1', () => {
    const [problem] = problems;
    if (problem === undefined) throw new Error('no problem');
    const verdicts = grade(hostile.map(([, text]) => ({ problem, sample: 0, text })));
    const credited = hostile.filter((_, index) => verdicts[index]?.verdict === 'correct').map(([name]) => name);
    // The published extraction keeps what follows the last equals sign, up to the brace: 1.
    expect(credited).toEqual(['a long sum']);
  });
});

const piece = fc.constantFrom(
  ...['\\frac', '\\sqrt', '\\pi', '\\left', '\\right', '\\boxed{', '{', '}', '(', ')', '[', ']', '^', '_', '+', '-'],
  ...['*', '/', ':', ',', '.', '!', '|', '&', '<', '=', '\\%', '\\sin', '\\log', '\\gcd', '\\binom', 'e^', 'x', 'rows'],
  ...['1', '20', '0.5', '1,000', '99999', '\\lfloor', '\\rfloor', '\\choose', '\\operatorname', "'", ' ', '\n', 'π'],
);

test('any text gets a verdict, and the same one again', () => {
  const texts = fc.oneof(
    fc.array(piece, { maxLength: 25 }).map((pieces) => pieces.join('')),
    fc.string({ unit: 'binary', maxLength: 80 }),
  );
  fc.assert(
    fc.property(texts, (text) => {
      const items = problems.map((problem) => ({ problem, sample: 0, text }));
      const graded = grade(items);
      expect(grade(items)).toEqual(graded);
      for (const { verdict, extracted } of graded) {
        expect(['correct', 'incorrect', 'undecided']).toContain(verdict);
        if (extracted !== null) expect(extracted.end).toBeLessThanOrEqual(text.length);
      }
    }),
    { numRuns: 700 },
  );
});

test.for([
  ['mathverse', 'official-needs-model'],
  ['hallusionbench', 'official-needs-model'],
  ['logicvista', 'official-needs-model'],
  ['geometry3k', 'official-not-reproduced'],
  ['olympiadbench', 'official-not-reproduced'],
] as const)('%s has no published rule here: %s', ([benchmark, rule]) => {
  const problem: Problem = { ...problemWith({ answer: 'A', policy: { type: 'free' } }), benchmark };
  const [graded] = grade([{ problem, sample: 0, text: 'A' }]);
  expect(graded).toEqual({ verdict: 'undecided', rule, extracted: null });
});

test('the version names the reading of whole numbers', () => {
  expect(officialVersion({ mathvistaInteger: 'int' })).toBe('official/1+int');
  expect(officialVersion({ mathvistaInteger: 'int-float' })).toBe('official/1');
});
