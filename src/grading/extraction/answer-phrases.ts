import type { Span } from './find-boxes.ts';

/** Phrases are looked for in the last this many characters only; a statement of the answer does not stand further up. */
const windowLength = 8000;
const maxSpan = 300;

/** Each ends where the answer begins. */
const leads: readonly RegExp[] = [
  /\banswer(?:\s+(?:to|for)\s[^.\n:?]{1,80}?)?(?:\s*\([^)\n]{0,30}\))?[*_]{0,2}\s{0,3}(?:is|are|would be|should be|will be|must be|becomes|option|=|[>*_]{0,3}\s?[:：])(?!\s+(?:not|in|as|obtained|found|given|given)\b)/gi,
  /\b(?:correct|right|best)\s+(?:option|choice|letter|response|statement|match|alternative)(?:\s+letter)?\s*[*_]{0,2}\s*(?:is|would be|should be|must be|[:：])(?!\s+not\b)/gi,
  /\b(?:option|choice)\s+is\s*:?/gi,
  /\b(?:choose|select|pick|go with)\s+(?:option|choice|answer)\b/gi,
  /\bfinal answer\s*[*_#]{0,3}\s*[:：]?[*_]{0,2}(?=\s*\n)/gi,
  /(?:^|\n)#{0,4}\s?[*_]{0,2}answer[*_]{0,2}\s*(?=\n)/gi,
  /<answer>\s*[:：]?/gi,
  /(?:正确)?答案\s*(?:应该?|就)?\s*(?:是|为|选|[:：])+/g,
  /(?:故|因此|所以|应|则|应该)?选(?:择|项)?\s*[:：]?\s*(?=[(（]?\s*[A-HＡ-Ｈ]\b)/g,
];

/** The letter comes first: `option (B) is correct`. The letter is the first group. */
const letterFirst =
  /(?:\b(?:option|choice|answer|statement)\s{1,2}\(?[*_]{0,2}|\()([A-J])\b[^.\n]{0,60}?\b(?:is|as|would be)\s+(?:also\s+)?(?:the\s+)?(?:most\s+)?(?:correct|right|best|accurate)\b/g;

/** Statements of the answer between two offsets, the last one first; at most three. */
export function findAnswerPhrases(text: string, from: number, to: number): readonly Span[] {
  const start = Math.max(from, to - windowLength);
  const window = text.slice(start, to);
  const found: { at: number; span: Span }[] = [];
  for (const lead of leads) {
    for (const match of window.matchAll(lead)) {
      const at = match.index + match[0].length;
      found.push({ at, span: clause(window, at) });
    }
  }
  for (const match of window.matchAll(letterFirst)) {
    const letter = match.index + match[0].indexOf(match[1] ?? '', match[0].search(/[\s(]/));
    found.push({ at: letter, span: { start: letter, end: letter + 1 } });
  }
  return found
    .sort((left, right) => right.at - left.at)
    .filter(({ span }) => span.end > span.start && !listsOptions(window, span))
    .slice(0, 3)
    .map(({ span }) => ({ start: start + span.start, end: start + span.end }));
}

/** Whether a lead is followed by the list of all options rather than by the one chosen. */
function listsOptions(window: string, span: Span): boolean {
  return (
    /^[([]?A[)\].:]/.test(window.slice(span.start, span.start + 3)) &&
    /^\s*\n\s*[([]?B[)\].:]/.test(window.slice(span.end, span.end + 12))
  );
}

/** From an offset to the end of its clause: the line's end or a full stop, over leading marks and up to two line breaks. */
function clause(window: string, at: number): Span {
  let start = at;
  while (start < window.length && start < at + 40 && /[\s*_:：>#]/.test(window.charAt(start))) start += 1;
  const limit = Math.min(window.length, start + maxSpan);
  const opening = /^(?:\$\$|\\\[)/.exec(window.slice(start, start + 2))?.[0];
  if (opening !== undefined) {
    const close = window.indexOf(opening === '$$' ? '$$' : '\\]', start + 2);
    if (close > 0 && close < limit) return { start, end: close + 2 };
  }
  return { start, end: sentenceEnd(window, start, limit) };
}

/** The end of the sentence that begins at an offset. The stop behind a label (`B. 8/11`) or inside a number ends none. */
function sentenceEnd(text: string, start: number, limit: number): number {
  const label = /^[*_]{0,2}[([]?[A-Za-z][)\]]?\.\s?/.exec(text.slice(start, start + 8));
  let at = start + (label?.[0].length ?? 0);
  for (; at < limit; at += 1) {
    const character = text.charAt(at);
    if (character === '\n' || character === '。') return at;
    if (character === '.' && /^(?:\s|$|[*_]{1,2}(?:\s|$)|<)/.test(text.slice(at + 1, at + 4))) return at;
  }
  return limit;
}
