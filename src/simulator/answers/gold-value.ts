import type { AnswerKeyEntry } from '../answer-key.ts';

/**
 * A gold answer as the simulator can write it down and vary it. `latex` is without dollar signs; `plain` reads well in
 * a sentence.
 */
export type GoldValue =
  | { readonly kind: 'letters'; readonly letters: readonly string[] }
  | { readonly kind: 'number'; readonly value: number; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | { readonly kind: 'words'; readonly text: string }
  | { readonly kind: 'latex'; readonly text: string };

const numberText = /^[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d+)?$/;

/** Longest gold that is looked at closely; longer ones are only repeated. */
const longest = 400;

/** Reads an entry's gold by its policy; what cannot be read as the policy says is taken as free text. */
export function goldValue(entry: AnswerKeyEntry): GoldValue {
  const { policy } = entry;
  if (policy.type === 'choice' && policy.letters.length > 0) return { kind: 'letters', letters: policy.letters };
  const text = bare(entry.answer);
  if (policy.type === 'list') {
    const inside = /^\[(.*)\]$/s.exec(text)?.[1];
    if (inside !== undefined) return { kind: 'list', items: inside.split(',').map((item) => item.trim()) };
  }
  const isSeveral = policy.type === 'values' && policy.several;
  if (policy.type !== 'choice' && !isSeveral) {
    const value = numberOf(text);
    if (value !== undefined) return { kind: 'number', value, text };
  }
  return text.length <= longest && /^\p{L}[\p{L} .'-]*$/u.test(text) && !/^[a-zA-Z]$/.test(text)
    ? { kind: 'words', text }
    : { kind: 'latex', text };
}

/** Without surrounding space, dollar signs or one \boxed, on one line. */
function bare(answer: string): string {
  let text = repaired(answer)
    .trim()
    .replace(/\s*[\r\n]+\s*/g, ', ');
  if (text.length > longest) return text;
  const dollars = /^\$+([^$]+)\$+$/.exec(text);
  if (dollars?.[1] !== undefined) text = dollars[1].trim();
  const boxed = /^\\boxed\{(.*)\}$/.exec(text);
  if (boxed?.[1] !== undefined && isBalanced(boxed[1])) text = boxed[1].trim();
  return text;
}

/** Commands whose backslash and first letter some data set's writer turned into a control sign: \frac, \beta. */
function repaired(answer: string): string {
  return answer.replace(/\f(?=[a-z])/g, '\\f').replace(/[\b](?=[a-z])/g, '\\b');
}

function numberOf(text: string): number | undefined {
  if (text.length > 40 || !/\d/.test(text) || !numberText.test(text)) return undefined;
  const value = Number(text.replaceAll(',', ''));
  return Number.isFinite(value) ? value : undefined;
}

/** Whether every brace is closed, in order. */
export function isBalanced(text: string): boolean {
  let depth = 0;
  for (const sign of text) {
    if (sign === '{') depth += 1;
    else if (sign === '}') depth -= 1;
    if (depth < 0) return false;
  }
  return depth === 0;
}
