import type { Problem } from '../../src/core/problem.ts';

/** Ways in which a model may give the right answer to a problem, by name. */
export function goldStylings(problem: Problem): Readonly<Record<string, string>> {
  const { policy, choices, answer } = problem;
  if (policy.type !== 'choice' || policy.letters.length === 0) return freeStylings(answer);
  const letters = policy.letters.join(', ');
  const [letter = ''] = policy.letters;
  const text = choices[letter.charCodeAt(0) - 65]?.trim() ?? '';
  const styles: Record<string, string> = {
    boxed: `\\boxed{${letters}}`,
    'boxed as text': `\\boxed{\\text{${letters}}}`,
    sentence: `So we are done. The answer is ${letters}.`,
    'after thinking': `<think>Is it Z?</think> Answer: ${letters}`,
  };
  if (policy.letters.length > 1) return styles;
  styles['in brackets'] = `The correct answer is (${letter}).`;
  styles['in bold'] = `**Answer:** **${letter}**`;
  if (text === '' || choices.filter((choice) => choice.trim() === text).length > 1) return styles;
  styles['letter and text'] = `The answer is ${letter}. ${text}`;
  styles['boxed letter and text'] = `\\boxed{(${letter})\\ ${text}}`;
  styles['bracketed letter and text'] = `Answer: (${letter}) ${text}`;
  if (isLetter(text) || text.length >= 200 || !/[\p{L}\p{N}]/u.test(text)) return styles;
  styles['option text'] = `\\boxed{${text}}`;
  // What begins with a mark, or is two sentences, cannot be told from the sentence around it.
  if (/^[\p{L}\p{N}$\\(-]/u.test(text) && !/[.!?]\s/.test(text))
    styles['option text in a sentence'] = `The answer is ${text}`;
  return styles;
}

function freeStylings(answer: string): Readonly<Record<string, string>> {
  const plain = answer.replace(/^[ \n]+|[ \n]+$/g, '');
  const boxed = {
    boxed: `Some work first. \\boxed{${answer}}`,
    'after thinking': `<think>Or is it 17.5?</think>\n\\boxed{ ${answer} }`,
  };
  // A control character at its front is all that one published answer has left of a command.
  if (plain.startsWith('\f')) return boxed;
  // Words that are not announced as an answer are none.
  const isBare = !/(?<!\\)\b[A-Za-z]{3,}/.test(answer);
  return {
    ...boxed,
    sentence: `So we are done. The answer is ${plain}.`,
    heading: `Some work.\n\n**Final Answer:** ${plain}`,
    ...(isBare ? { bare: answer } : {}),
  };
}

function isLetter(text: string): boolean {
  return /^\$?(?:\\text\{)?\(?[A-Za-z]\)?\.?\}?\$?$/.test(text);
}

/** The same free answer as other people write it: without its name, with the unit in plain letters or left out, in other LaTeX. */
export function restatements(answer: string): readonly string[] {
  const rules: readonly ((text: string) => string)[] = [
    (text) => text.replaceAll('$', ''),
    (text) => text.replaceAll('\\frac', '\\dfrac').replaceAll('\\left', '').replaceAll('\\right', ''),
    (text) => text.replace(/\s?\^\s?\{?\\circ\s?\}?/g, '°'),
    (text) => text.replace(/^(\$?)(?:[A-Za-z]|[A-Za-z. ]{3,}?)\s?(\$?)=(?=[^=]*$)/, '$1$2'),
    (text) =>
      text.replace(
        /\\mathrm\{~?([a-z]+)\}(?:\^\{?([23])\}?)?/g,
        (_, unit, power) => ` ${unit}${power === undefined ? '' : `^${power}`}`,
      ),
    (text) => text.replace(/\\mathrm\{~?[a-z]+\}(?:\^\{?[23]\}?)?/g, ''),
    (text) => text.replace(/\\text\s?\{\s?([^{}]*)\}/g, '$1'),
    (text) => text.replace(/(?<![<>]) ?([=+<>])(?!=) ?/g, ' $1 '),
  ];
  return [...new Set([...rules.map((rule) => rule(answer)), rules.reduce((text, rule) => rule(text), answer)])];
}
