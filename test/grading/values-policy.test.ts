import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AnswerPolicy } from '../../src/core/problem.ts';
import { gradeResponse } from '../../src/grading/grade-response.ts';
import { problemWith } from './problem-with.ts';

const several: AnswerPolicy = { type: 'values', several: true };
const single: AnswerPolicy = { type: 'values', several: false };

function verdict(answer: string, response: string, policy: AnswerPolicy = several, question = ''): string {
  return gradeResponse(problemWith({ answer, policy, question }), response).verdict;
}
const boxed = (answer: string, box: string, policy: AnswerPolicy = several, question = ''): string =>
  verdict(answer, `So the final answer is \\boxed{${box}}.`, policy, question);

describe('several values', () => {
  test.for([
    ['$1,2$', '1, 2'],
    ['$1,2$', '2,1'],
    ['$120,150$', '150,120'],
    ['$-1, \\frac{1}{2}$', '0.5 \\text{ and } -1'],
    ['(2,1),(3,1)', '(3,1),(2,1)'],
    ['$\\sqrt[3]{\\frac{5}{12}}, -\\sqrt[3]{\\frac{5}{12}}$', 'y = \\pm \\sqrt[3]{\\frac{5}{12}}'],
    ['$\\pm 2$', '-2, 2'],
    ['$1;2;3$', '\\{3, 1, 2\\}'],
    ['$1,2$', 'x = 1 \\text{ or } x = 2'],
    ['$m=0, n=1$', 'n=1, m=0'],
    ['$m=0, n=1$', '0, 1'],
    ['$\\frac{q}{m}, 2\\pi R$', '2 \\pi R, \\frac{q}{m}'],
    ['$x^2+y^2=1, x=y$', 'x=y, x^{2}=1-y^2'],
    ['$[1,2],(3,4)$', '(3,4), [1,2]'],
    ['1、2', '1，2'],
  ] as const)('%s is answered by %s', ([gold, answer]) => {
    expect(boxed(gold, answer)).toBe('correct');
  });

  test('boxes side by side are one answer', () => {
    expect(verdict('$1,2$', 'Hence \\boxed{2} and \\boxed{1}.')).toBe('correct');
  });

  test.for([
    ['$1,2$', '1, 3'],
    ['$1,2$', '1'],
    ['$1,2$', '1, 2, 3'],
    ['$1,2$', '1, 1'],
    ['$1,1,2$', '1, 2, 2'],
    ['$120,150$', '120150'],
    ['(2,1),(3,1)', '(1,2),(1,3)'],
    ['$\\pm 2$', '2'],
    ['$x=1, x=2$', 'x=1, x=3'],
  ] as const)('%s is not answered by %s', ([gold, answer]) => {
    expect(boxed(gold, answer)).toBe('incorrect');
  });

  test('values that the gold names, or that are asked for respectively, are not accepted in another order', () => {
    expect(boxed('$m=0, n=1$', '1, 0')).toBe('undecided');
    expect(boxed('$m=0, n=1$', 'm=1, n=0')).not.toBe('correct');
    expect(boxed('$3, 4$', '4, 3', several, 'Find the mass and the speed, respectively.')).toBe('undecided');
    expect(boxed('$3, 4$', '3, 4', several, 'Find the mass and the speed, respectively.')).toBe('correct');
  });

  test('what cannot be read is left to a judge', () => {
    expect(boxed('$1,2$', '1, \\heartsuit_{a}')).toBe('undecided');
    expect(verdict('', 'It follows.')).not.toBe('correct');
  });

  test('any order of the values is accepted, and no answer with one value changed', () => {
    const values = fc.uniqueArray(fc.integer({ min: -50, max: 50 }), { minLength: 2, maxLength: 5 });
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 9 }), fc.nat(), (gold, shift, seed) => {
        const turned = gold.map((_, at) => gold[(at + seed) % gold.length] ?? 0);
        const answer = gold.join(',');
        expect(boxed(answer, turned.join(', '))).toBe('correct');
        const at = seed % gold.length;
        const changed = gold.map((value, index) => (index === at ? value + shift : value));
        if ([...changed].sort().join() !== [...gold].sort().join()) {
          expect(boxed(answer, changed.join(', '))).toBe('incorrect');
        }
        expect(boxed(answer, gold.slice(1).join(', '))).toBe('incorrect');
      }),
      { numRuns: 300 },
    );
  });
});

describe('units that are stated apart', () => {
  const metres: AnswerPolicy = { ...single, unit: '$\\mathrm{~m}$' };
  test.for(['7.3', '7.3 \\mathrm{~m}', '7.3\\,\\text{m}', '7.3 m', 'h = 7.3 m', '730 cm', '\\frac{73}{10}'])(
    '7.3 m as %s',
    (answer) => {
      expect(boxed('$7.3$', answer, metres)).toBe('correct');
    },
  );

  test.for(['7.3 cm', '7.3 km', '7.3 keV', '7.3 s', '7.3 \\mathrm{~m}^2', '730', '7.3 %'])('not as %s', (answer) => {
    expect(boxed('$7.3$', answer, metres)).not.toBe('correct');
  });

  test('behind the box', () => {
    expect(verdict('7.3', 'So the final answer is \\boxed{7.3}(m).', metres)).toBe('correct');
    expect(verdict('7.3', 'So the final answer is $\\boxed{7.3}$ $\\mathrm{m}$.', metres)).toBe('correct');
    expect(verdict('7.3', 'So the final answer is $\\boxed{730}$ (cm).', metres)).toBe('correct');
    expect(verdict('7.3', 'So the final answer is $\\boxed{7.3}$ (km).', metres)).not.toBe('correct');
    expect(verdict('7.3', 'So the final answer is \\boxed{7.3} in the first case.', metres)).toBe('correct');
  });

  const spellings = [
    (unit: string) => unit,
    (unit: string) => `\\mathrm{${unit}}`,
    (unit: string) => `\\mathrm{~${unit}}`,
    (unit: string) => `\\text{ ${unit}}`,
    (unit: string) => `(${unit})`,
    (unit: string) => `(\\mathrm{${unit}})`,
    (unit: string) => `{\\rm ${unit}}`,
    (unit: string) => `$\\mathrm{${unit}}$`,
  ];
  const gaps = ['', ' ', '~', '\\,', '\\ ', '\\;', '\\quad ', '{}', '$ ', ' $', '\\) '];
  const ends = ['', '.', '$.', '\\]'];

  test('behind the box in any spelling it decides: the declared one is right, another one never', () => {
    const other: Readonly<Record<string, readonly string[]>> = {
      m: ['cm', 'km', 's', 'kg'],
      eV: ['J', 'keV'],
      'm/s': ['km/h', 'rad/s'],
      '^{\\circ}': ['rad'],
    };
    for (const [unit, others] of Object.entries(other)) {
      for (const spell of spellings) {
        for (const gap of gaps) {
          for (const end of ends) {
            const say = (word: string) => `So the final answer is $\\boxed{730}${gap}${spell(word)}${end}`;
            expect(verdict('730', say(unit), { ...single, unit }), say(unit)).toBe('correct');
            for (const word of others)
              expect(verdict('730', say(word), { ...single, unit }), say(word)).toBe('undecided');
          }
        }
      }
    }
  });

  test.for([
    '(approximately)',
    '(a)',
    '(ii)',
    'in total',
    'as asked.',
    '\\text{ or so}',
    '(since $x > 0$)',
    '$h$ is',
    '\n\nThus s = 5',
  ])('behind the box %s is no unit', (tail) => {
    expect(verdict('730', `\\boxed{730} ${tail}`, { ...single, unit: 'm' })).toBe('correct');
  });

  test.for(['730 (cm)', '730 [cm]', '730\\ (\\mathrm{cm})'])('in the box %s', (answer) => {
    expect(boxed('730', answer, { ...single, unit: 'm' })).toBe('undecided');
  });

  test('a unit that is not known is the same only sign by sign', () => {
    const volts: AnswerPolicy = { ...single, unit: '$\\mathrm{eV}$' };
    expect(boxed('$5$', '5 \\mathrm{eV}', volts)).toBe('correct');
    expect(boxed('$5$', '5', volts)).toBe('correct');
    expect(boxed('$5$', '5 keV', volts)).toBe('undecided');
    expect(boxed('$5$', '5 J', volts)).toBe('undecided');
    expect(boxed('$5$', '6', volts)).toBe('incorrect');
    expect(boxed('$5$', '6 eV', volts)).toBe('incorrect');
    const wan: AnswerPolicy = { ...single, unit: '万元' };
    expect(boxed('5', '5 万元', wan)).toBe('correct');
    expect(boxed('5', '5 元', wan)).toBe('undecided');
  });

  test('several values bear it each, or once for all', () => {
    const policy: AnswerPolicy = { ...several, unit: 'm' };
    expect(boxed('$2, 3$', '3 m, 2 m', policy)).toBe('correct');
    expect(boxed('$2, 3$', '2, 3 \\text{ m}', policy)).toBe('correct');
    expect(boxed('$2, 3$', '2 cm, 3 m', policy)).not.toBe('correct');
  });

  test('an expression keeps its letters', () => {
    const policy: AnswerPolicy = { ...single, unit: 'J' };
    expect(boxed('$\\frac{1}{2} m v^{2}$', '\\frac{m v^2}{2}', policy)).toBe('correct');
    expect(boxed('$\\frac{1}{2} m v^{2}$', 'm v^2', policy)).toBe('incorrect');
  });
});

describe('tolerances', () => {
  test('are absolute, one for all or one per value in the gold’s order', () => {
    const one: AnswerPolicy = { ...single, tolerances: [0.1] };
    expect(boxed('$2.5$', '2.57', one)).toBe('correct');
    expect(boxed('$2.5$', '2.61', one)).toBe('incorrect');
    const each: AnswerPolicy = { ...several, tolerances: [1e34, 1e-3] };
    expect(boxed('$7 \\times 10^{35}, 0.002$', '0.001, 7.1 \\cdot 10^{35}', each)).toBe('correct');
    expect(boxed('$7 \\times 10^{35}, 0.002$', '0.004, 7.1 \\cdot 10^{35}', each)).toBe('incorrect');
    const wide: AnswerPolicy = { ...several, tolerances: [1e-3] };
    expect(boxed('$0.003, 5.233$', '0.002, 5.234', wide)).toBe('correct');
    expect(boxed('$0.003, 5.233$', '0.002, 5.236', wide)).toBe('incorrect');
  });

  test('belong to the unit of the gold', () => {
    const policy: AnswerPolicy = { ...single, unit: 'm', tolerances: [0.1] };
    expect(boxed('$7.3$', '7.35 m', policy)).toBe('correct');
    expect(boxed('$7.3$', '7.35 cm', policy)).not.toBe('correct');
    expect(boxed('0.64N', '0.65 kg', { ...single, tolerances: [0.1] })).not.toBe('correct');
  });

  test('no number outside of its tolerance is accepted', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -9999, max: 9999 }),
        fc.integer({ min: 1, max: 50 }),
        fc.integer({ min: -100, max: 100 }),
        (hundredths, wide, off) => {
          const policy: AnswerPolicy = { ...single, tolerances: [wide / 100] };
          const given = (hundredths + off) / 100;
          expect(boxed(String(hundredths / 100), String(given), policy)).toBe(
            Math.abs(off) <= wide ? 'correct' : 'incorrect',
          );
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('one value of each kind', () => {
  test.for([
    ['$\\frac{1}{2}$', '0.5', '0.6'],
    [
      '$(-\\infty,1]\\cup[10,+\\infty)$',
      'c \\in \\left(-\\infty, 1\\right]\\cup[10,\\infty)',
      '(-\\infty,1)\\cup[10,\\infty)',
    ],
    ['$[-4/2, 0.5]$', '[-2, \\frac{1}{2}]', '(-2, \\frac{1}{2}]'],
    ['$(0,1)$', '0<x<1', '0\\le x<1'],
    ['$x^2+y^2=1$', '1-x^{2}-y^{2}=0', 'x^2-y^2=1'],
    ['$(1,2,3)$', '(1, 2, 3)', '(3, 2, 1)'],
    ['$x=1$', '1', 'x=2'],
    ['$7.8\\times 10^2$', '780', '78'],
    ['$\\frac{(n-1)!}{k!} \\frac{n}{(n-k)!}$', '\\frac{(n-1)!}{k!} \\frac{n}{(n-k)!}', '\\frac{n!}{k!}'],
  ] as const)('%s: %s and not %s', ([gold, right, wrong]) => {
    expect(boxed(gold, right, single)).toBe('correct');
    expect(boxed(gold, wrong, single)).not.toBe('correct');
  });
});

describe('yes or no', () => {
  const judge = (gold: 'yes' | 'no', text: string) => verdict(gold, text, { type: 'yes-no' });
  test.for([
    ['yes', '\\boxed{yes}'],
    ['yes', '<think>No, hm. It is larger.</think> \\boxed{Yes}'],
    ['yes', '\\boxed{\\text{Yes.}}'],
    ['yes', 'Yes, the right circle is larger.'],
    ['yes', 'Yes, they are.\n\nThe left one measures less.'],
    ['yes', 'The answer is yes.'],
    ['yes', '\\boxed{1}'],
    ['yes', '是'],
    ['no', 'No'],
    ['no', 'No, because both are of one size.'],
    ['no', 'No. The circles are alike.'],
    ['no', '**No**'],
    ['no', 'Final answer: 0'],
  ] as const)('%s: %s', ([gold, text]) => {
    expect(judge(gold, text)).toBe('correct');
    expect(judge(gold === 'yes' ? 'no' : 'yes', text)).toBe('incorrect');
  });

  test.for([
    'No difference can be seen.',
    'Yes and no.',
    'yes/no',
    'The circles are alike.',
    'It is larger',
    'No circle is larger',
    '1.5',
    '10',
    'Nothing',
  ])('%s says neither', (text) => {
    for (const gold of ['yes', 'no'] as const) expect(['undecided', 'no_answer']).toContain(judge(gold, text));
  });

  test('no answer, and one that is taken back', () => {
    expect(judge('no', '')).toBe('no_answer');
    expect(judge('no', 'I cannot determine this without the image.')).toBe('no_answer');
    expect(judge('yes', 'The answer is not \\boxed{yes}')).toBe('undecided');
  });
});

test('an answer of yes or no that calls the other its answer is neither', () => {
  const yesNo: AnswerPolicy = { type: 'yes-no' };
  expect(boxed('no', 'No, the answer is yes', yesNo)).toBe('undecided');
  expect(boxed('no', 'No, so the answer is no', yesNo)).toBe('correct');
});

test('one pair of brackets around several values may be a point', () => {
  for (const answer of ['(1, 2)', '[1,2]', '\\left(1,2\\right)'])
    expect(boxed('1,2', answer, several)).toBe('undecided');
  for (const answer of ['(1, 2, 3)', '(1)']) expect(boxed('1,2', answer, several)).not.toBe('correct');
});

describe('sets of letters', () => {
  const policy: AnswerPolicy = { type: 'choice', letters: ['B', 'D'], several: true };
  test.for(['B, D', 'D, B', 'B and D', 'BD', 'DB', '\\text{B, D}', '(B), (D)'])('%s', (answer) => {
    expect(boxed('B, D', answer, policy)).toBe('correct');
  });
  test.for(['B', 'B, C', 'BC', 'A, B, D', 'BCD', 'D'])('not %s', (answer) => {
    expect(boxed('B, D', answer, policy)).toBe('incorrect');
  });
  test('B or D', () => {
    expect(boxed('B, D', 'B or D', policy)).toBe('undecided');
  });
});

test('hostile values are graded in bounded time', () => {
  const hostile = [
    `${'1,'.repeat(300)}1`,
    `${'\\pm'.repeat(200)}1`,
    `${'('.repeat(600)}1,2`,
    `${'x = '.repeat(150)}1 m`,
    `7.3 ${'m'.repeat(580)}`,
    '9^{9^{9^{9}}}, 2',
    `${'yes '.repeat(150)}`,
  ];
  const policies: AnswerPolicy[] = [{ ...several, unit: 'm', tolerances: [0.1] }, single, { type: 'yes-no' }];
  for (const answer of hostile) {
    for (const policy of policies) expect(boxed('1,2', answer, policy)).not.toBe('correct');
  }
});
