import { expect, test } from 'vitest';
import { extractWeMathLetter } from '../../../src/grading/official/wemath.ts';

// What the published expression gives for each.
test.each([
  ['<Thought process>: ... <Answer>: C', 'C'],
  ['Answer: C. 12', 'C'],
  ['Answer: **C**', undefined],
  ['Answer: (C)', undefined],
  ['Answer: \\boxed{C}', undefined],
  ['answer: C', undefined],
  ['Hence C', 'H'],
  ['Answer: Cannot be determined', 'C'],
  ['Answer: Because it is C', 'B'],
  ['Answer: A is wrong. Answer:\n D', 'D'],
  ['Answer: I', undefined],
  ['', undefined],
])('%j', (response, letter) => {
  expect(extractWeMathLetter(response)).toBe(letter);
});
