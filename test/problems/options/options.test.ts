import fc from 'fast-check';
import { expect, test } from 'vitest';
import { goldLetters, lettersOfText } from '../../../src/problems/options/gold-letters.ts';
import { areOptionsInPicture, letterAt, listOptions } from '../../../src/problems/options/letters.ts';
import { splitBracketedOptions } from '../../../src/problems/options/split-bracketed-options.ts';
import { splitInlineOptions } from '../../../src/problems/options/split-inline-options.ts';
import { splitListedOptions } from '../../../src/problems/options/split-listed-options.ts';

/** Option texts as data sets have them: some words, numbers and signs, nothing that looks like a label or separator. */
const optionText = fc.stringMatching(/^[a-z0-9°π√\\${}()+=<>/-]{1,6}( [a-z0-9°,]{1,6}){0,3}$/);
const optionTexts = (minLength: number) => fc.array(optionText, { minLength, maxLength: 7 });

test('listed options come back from their lines', () => {
  fc.assert(
    fc.property(optionTexts(2), fc.constantFrom(':', '.', ': ', '. '), fc.boolean(), (texts, mark, heading) => {
      const lines = texts.map((text, index) => `${letterAt(index)}${mark}${text}`);
      const question = `Which? It says A: nothing.\n${heading ? 'Choices:\n' : ''}${lines.join('\n')}`;
      expect(splitListedOptions(question, heading ? /^Choices?:/m : undefined)).toEqual(texts);
    }),
  );
});

test('bracketed options come back from running text', () => {
  fc.assert(
    fc.property(optionTexts(2), fc.constantFrom('Choices:', 'choice: ', 'choices:\n', 'choice:'), (texts, heading) => {
      const question = `Is (A) a choice (B) here? ${heading}${texts.map((text, index) => `(${letterAt(index)}) ${text}`).join('  ')}`;
      expect(splitBracketedOptions(question)).toEqual(texts);
    }),
  );
});

test('inline options come back whatever the separators', () => {
  const separator = fc.constantFrom(';', '; ', ' ;', '；', ' ', ';  ; ');
  fc.assert(
    fc.property(optionTexts(1), fc.array(separator, { minLength: 7, maxLength: 7 }), (texts, separators) => {
      const line = texts.map((text, index) => `${letterAt(index)}. ${text}${separators[index]}`).join('');
      expect(splitInlineOptions(line)).toEqual(texts);
    }),
  );
});

test('splitters take any text and give no more options than letters, in bounded time', () => {
  const splitters = [splitListedOptions, splitBracketedOptions, splitInlineOptions];
  const piece = fc.constantFrom('A', 'B', '.', ':', ';', ' ', '\n', '(A)', '(B)', 'choice:', 'C. ', 'H. x', '；');
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(piece).map((pieces) => pieces.join('')),
      ),
      (text) => {
        for (const split of splitters) expect(split(text).length).toBeLessThanOrEqual(26);
      },
    ),
  );
  const long = ['choice:', 'A. a ', ';', ' ', 'A', '(A)', 'A:\n'].map((part) => part.repeat(200_000 / part.length));
  for (const text of long) for (const split of splitters) expect(Array.isArray(split(text))).toBe(true);
});

test.for([
  ['A. 45° B. 60° ;C. 120°; D. none', ['45°', '60°', '120°', 'none']],
  ['A. ①; ③;B. ②; ③;C. ②', ['①; ③', '②; ③', '②']],
  ['A. to get Shape ;C.; B. to get shape ;B.; C. none', ['to get Shape C.', 'to get shape B.', 'none']],
  ['A. yes; C. no', ['yes', '', 'no']],
  ['A. point A B. point B;B. other', ['point A B. point B', 'other']],
  ['B. no first', []],
  ['', []],
] as const)('inline: %s', ([text, options]) => {
  expect(splitInlineOptions(text)).toEqual(options);
});

test.for([
  ['Which?\nChoices:\nA:2\nB:4\n127', /^Choices?:/m, ['2', '4']],
  ['A. one\nB. two\nChoices:\nA:3\nB:4', /^Choices?:/m, ['3', '4']],
  ['no heading\nA:3\nB:4', /^Choices?:/m, []],
  ['only\nA:3', undefined, []],
] as const)('listed: %s', ([text, heading, options]) => {
  expect(splitListedOptions(text, heading)).toEqual(options);
});

test('drawn options have empty texts', () => {
  expect(splitBracketedOptions('Which? choice: (A) (B) (C)')).toEqual(['', '', '']);
  expect(splitBracketedOptions('no options')).toEqual([]);
  expect(areOptionsInPicture(['A', 'B'])).toBe(true);
  expect(areOptionsInPicture(['(A)', 'B)', 'c'])).toBe(true);
  expect(areOptionsInPicture(['A', 'C'])).toBe(false);
  expect(areOptionsInPicture(['K', 'E'])).toBe(false);
});

test('options are listed by letter', () => {
  expect(listOptions(['one', 'two'])).toBe('(A) one\n(B) two');
});

test.for([
  ['C', [], ['C']],
  ['(C)', ['1', '2', '3'], ['C']],
  ['C\nD', [], ['C', 'D']],
  ['090^\\circ T', ['090^\\circ T', '180'], ['A']],
  ['053^\\circ T', ['1', '053 ^\\circ T'], ['B']],
  ['False', ['True', 'False'], ['B']],
  ['18', ['9', '18', '18'], []],
  ['other', ['a', 'b'], []],
  ['', ['', ''], []],
] as const)('the gold %j of %j is %j', ([answer, options, letters]) => {
  expect(goldLetters(answer, options)).toEqual(letters);
});

test('a text that looks like a letter is a text where golds are texts', () => {
  expect(lettersOfText('A', ['B', 'A'])).toEqual(['B']);
});
