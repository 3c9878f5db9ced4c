import { parseFloatText, parseIntegerText } from './python-number-text.ts';
import { afterLast, beforeFirst, strip, stripEnd, stripStart } from './python-text.ts';

const phrases = ['the final answer is', 'the answer is', 'the correct answer is', 'the answer should be'];
const letters = ['A', 'B', 'C', 'D', 'E'];

/** The answer that MATH-Vision's published evaluation takes from a response; lower case, often prose. */
export function extractMathVisionAnswer(response: string): string {
  let answer = loneLetter(strip(response));
  const number = stripEnd(afterLast(answer, 'is '), '.');
  if (parseFloatText(number) !== undefined) answer = number;
  if (!answer.includes('oxed{')) answer = afterPhrases(answer);
  else if (answer.indexOf('oxed{') !== answer.lastIndexOf('oxed{')) answer = `\\boxed{${afterLast(answer, 'oxed{')}`;
  let extracted = findMathAnswer(answer);
  for (const [opening, closing] of ['()', '{}']) {
    for (const letter of ['a', 'b', 'c', 'd', 'e']) {
      extracted = extracted.replaceAll(`${opening}${letter}${closing}`, letter);
    }
  }
  return strip(stripStart(stripEnd(extracted, '.'), ':'));
}

function loneLetter(answer: string): string {
  return letters.reduce((current, letter) => {
    const ends = current.endsWith(` ${letter}.`) || current.endsWith(` (${letter}).`);
    const starts = [`${letter}\n`, `(${letter})\n`, `(${letter}) ${letter}\n`].some((text) => current.startsWith(text));
    return ends || starts ? letter : current;
  }, answer);
}

function afterPhrases(answer: string): string {
  let current = answer;
  for (const phrase of phrases.flatMap((text) => [text, text.replace('the', 'The')])) {
    const found = current.includes(phrase);
    current = strip(afterLast(current, phrase));
    if (found) current = beforeFirst(beforeFirst(current, '\n'), '. ');
  }
  return current;
}

function findMathAnswer(text: string): string {
  const lower = text.toLowerCase().replaceAll('{}', '');
  let answer = boxContent(lower) ?? lower;
  const closing = answer.indexOf('}');
  const opening = answer.indexOf('{');
  if (closing >= 0 && (opening < 0 || closing < opening)) answer = answer.slice(0, closing);
  answer = afterLast(afterLast(answer, '='), '\\approx');
  const replacements: readonly (readonly [string, string])[] = [
    [' ', ''],
    ['\\,', ''],
    ['∞', '\\infty'],
    ['+\\infty', '\\infty'],
    ['\\\\', '\\'],
    ['\n', ''],
    ['\\text', ''],
    ['\\mbox', ''],
    ['bmatrix', 'pmatrix'],
    ['\\left', ''],
    ['\\right', ''],
    ['^{\\circ}', ''],
    ['^\\circ', ''],
    ['{m}^3', ''],
    ['m^3', ''],
    ['{units}', ''],
    ['units', ''],
    ['{km}', ''],
    ['km', ''],
  ];
  return normalise(replaceInOrder(answer, replacements));
}

/** From the first box to the last closing brace: what the greedy pattern of the published code finds. */
function boxContent(text: string): string | undefined {
  const start = text.indexOf('oxed{');
  const end = text.lastIndexOf('}');
  return start < 0 || end < start + 5 ? undefined : text.slice(start + 5, end);
}

function normalise(text: string): string {
  let answer = replaceInOrder(text, [
    ['\n', ''],
    ['\\!', ''],
    ['\\\\', '\\'],
    ['tfrac', 'frac'],
    ['dfrac', 'frac'],
    ['\\left', ''],
    ['\\right', ''],
    ['^{\\circ}', ''],
    ['^\\circ', ''],
    ['\\$', ''],
    ['$', ''],
  ]);
  answer = replaceInOrder(beforeFirst(answer, '\\text{ '), [
    ['\\%', ''],
    [' .', ' 0.'],
    ['{.', '{0.'],
  ]);
  if (answer.startsWith('.')) answer = `0${answer}`;
  if (answer.split('=').length === 2) answer = afterLast(answer, '=');
  if (answer.split('\\approx').length === 2) answer = afterLast(answer, '\\approx');
  if (answer.includes('sqrt')) answer = braceRoots(answer);
  answer = answer.replaceAll(' ', '');
  if (answer.includes('sqrt')) answer = braceFractions(answer);
  return asFraction(answer === '0.5' ? '\\frac{1}{2}' : answer);
}

function replaceInOrder(text: string, replacements: readonly (readonly [string, string])[]): string {
  return replacements.reduce((result, [from, to]) => result.replaceAll(from, () => to), text);
}

/** `\sqrt3` becomes `\sqrt{3}`: one character is braced, whatever it is. */
function braceRoots(text: string): string {
  const [first = '', ...others] = text.split('\\sqrt');
  const braced = others.map((part) => {
    const character = firstOf(part);
    return character === '' || character === '{' ? part : `{${character}}${part.slice(character.length)}`;
  });
  return [first, ...braced].join('\\sqrt');
}

/** `\frac12` becomes `\frac{1}{2}`; one fraction of less than two characters leaves the whole text as it is. */
function braceFractions(text: string): string {
  const [first = '', ...others] = text.split('\\frac');
  const braced: string[] = [];
  for (const part of others) {
    const numerator = firstOf(part);
    if (numerator === '{') {
      braced.push(part);
      continue;
    }
    const denominator = firstOf(part.slice(numerator.length));
    if (denominator === '') return text;
    const rest = part.slice(numerator.length + denominator.length);
    braced.push(denominator === '{' ? `{${numerator}}{${rest}` : `{${numerator}}{${denominator}}${rest}`);
  }
  return [first, ...braced].join('\\frac');
}

/** `3/4` becomes `\frac{3}{4}`, for whole numbers in their usual form only. */
function asFraction(text: string): string {
  const parts = text.split('/');
  const [numerator, denominator] = parts.map(parseIntegerText);
  if (parts.length !== 2 || numerator === undefined || denominator === undefined) return text;
  return text === `${numerator}/${denominator}` ? `\\frac{${numerator}}{${denominator}}` : text;
}

function firstOf(text: string): string {
  const point = text.codePointAt(0);
  return point === undefined ? '' : String.fromCodePoint(point);
}
