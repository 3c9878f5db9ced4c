import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hasTrainingFormat } from '../../../src/grading/service/training-format.ts';

test.each([
  ['<think>so</think>\\boxed{4}', true],
  ['<think>so</think> The answer is \\boxed{4}.', true],
  ['<think></think>\\boxed{}', true],
  [' \n< think >so\n< / think > \\boxed{\\frac{1}{2}}\n', true],
  ['<think>a</think> b </think> \\boxed{4}', true],
  ['<think>so</think> \\boxed{4', false],
  ['<think>so \\boxed{4}</think>', false],
  ['so <think>so</think> \\boxed{4}', false],
  ['<think>so</think> \\boxed {4}', false],
  ['<think>so \\boxed{4}', false],
  ['<thinking>so</think> \\boxed{4}', false],
  ['<think>so</thi nk> \\boxed{4}', false],
  ['</think> \\boxed{4}', false],
  ['<think>/think> \\boxed{4}', false],
  ['', false],
])('%j', (reply, expected) => expect(hasTrainingFormat(reply)).toBe(expected));

test('it accepts what the pattern over the text without blanks around <, > and / accepts', () => {
  const pieces = ['<think>', '</think>', '\\boxed{', '}', ' ', '\n', '\u00a0', '\u0085', '<', '>', '/', 'think', 'x'];
  const reply = fc.array(fc.constantFrom(...pieces), { maxLength: 14 }).map((parts) => parts.join(''));
  fc.assert(
    fc.property(fc.boolean(), reply, (opened, rest) => {
      const text = opened ? `<think>${rest}` : rest;
      const bare = text.replace(/[\s\u0085]*([<>/])[\s\u0085]*/g, '$1');
      expect(hasTrainingFormat(text)).toBe(/^<think>.*<\/think>.*\\boxed\{.*\}.*$/s.test(bare));
    }),
    { numRuns: 20_000 },
  );
});

test('long replies of blanks and broken tags cost work in proportion to their length', () => {
  const repeats = 200_000;
  for (const unit of [' ', '<think', '</think', '/ think', ' think', '\\boxed{', '< / ', 'think >'])
    expect(hasTrainingFormat(`<think>${unit.repeat(repeats)}`)).toBe(false);
});
