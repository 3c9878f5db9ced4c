import type { Span } from './find-boxes.ts';

/** Chatter behind an answer. */
const polite =
  /^\s*(?:i hope|let me know|is there anything|if you have|please let|feel free|thank|hope this|do you|would you|can i|note:|note that|\*?\*?note)/i;
const maxSentence = 400;

/** The last sentence that says something, between two offsets. */
export function lastSentence(text: string, from: number, to: number): Span | undefined {
  let end = to;
  for (let tries = 0; tries < 3; tries += 1) {
    while (end > from && /[\s.。!?]/.test(text.charAt(end - 1))) end -= 1;
    if (end <= from) return undefined;
    const start = sentenceStart(text, Math.max(from, end - maxSentence), end);
    if (!polite.test(text.slice(start, end))) return { start, end };
    end = start;
  }
  return undefined;
}

/** The last line with something in it. */
export function lastLine(text: string, from: number, to: number): Span | undefined {
  let end = to;
  while (end > from && /\s/.test(text.charAt(end - 1))) end -= 1;
  const start = Math.max(from, text.lastIndexOf('\n', end - 1) + 1);
  return end > start && end - start <= maxSentence ? { start, end } : undefined;
}

/** The first line with something in it, and whether anything follows it. */
export function firstLine(text: string, from: number, to: number): Span | undefined {
  let start = from;
  while (start < to && /\s/.test(text.charAt(start))) start += 1;
  const lineEnd = text.indexOf('\n', start);
  const end = lineEnd < 0 || lineEnd > to ? to : lineEnd;
  return end > start && end - start <= maxSentence ? { start, end } : undefined;
}

function sentenceStart(text: string, from: number, end: number): number {
  for (let at = end - 1; at > from; at -= 1) {
    const character = text.charAt(at - 1);
    if (character === '\n' || character === '。') return at;
    const stop = /[.!?]/.test(character) && /\s/.test(text.charAt(at));
    if (stop && !/(?:^|\s)[([]?[A-Za-z]\)?\.$/.test(text.slice(Math.max(from, at - 5), at))) return at;
  }
  return from;
}
