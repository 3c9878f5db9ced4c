import { maxValueLength, plainText } from './plain-text.ts';
import { readBearing } from './read-bearing.ts';
import { readDescription } from './read-description.ts';
import { readBracketed, readList, readMatrix, readPlusMinus } from './read-list.ts';
import { readQuantity } from './read-quantity.ts';
import { readAssignments, readRelation } from './read-relation.ts';
import { allNumbers, readUnion } from './read-union.ts';
import { balanced, split } from './token-lists.ts';
import { isSymbol, type Token, tokenise, tokenText } from './tokenise.ts';
import type { NumberValue, Value } from './value.ts';

const maxDepth = 8;

/** Reads an answer, in LaTeX or plain text, as a typed value. Never throws; the work is bounded by the length cap. */
export function readValue(text: string): Value {
  if (text.length > maxValueLength) return { kind: 'unreadable', reason: 'too-long' };
  const tokens = tokenise(onceOf(stripPunctuation(plainText(text))));
  if (tokens === undefined) return { kind: 'unreadable', reason: 'not-parsed' };
  return readWhole(tokens) ?? readTokens(tokens, 0);
}

/** One spelling of an answer for comparing word for word; undefined for text that is not tokenised. */
export function spelling(text: string): string | undefined {
  const tokens = text.length > maxValueLength ? undefined : tokenise(stripPunctuation(plainText(text)));
  return tokens === undefined ? undefined : tokenText(withoutBraces(tokens));
}

/** Braces around a whole answer say nothing. */
function withoutBraces(tokens: readonly Token[]): readonly Token[] {
  const enclosed = isSymbol(tokens[0], '{') && isSymbol(tokens.at(-1), '}') && balanced(tokens.slice(1, -1));
  return enclosed ? tokens.slice(1, -1) : tokens;
}

/** Drops what surrounds an answer without being part of it: blanks, Markdown marks, quotes, final punctuation. */
export function stripPunctuation(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && /[\s*_`"'“”:：=]/.test(text.charAt(start))) start += 1;
  while (
    end > start &&
    /[\s*_`"“”.,;:。，；：]/.test(text.charAt(end - 1)) &&
    !/\d\.\.\.$/.test(text.slice(end - 4, end))
  ) {
    end -= 1;
  }
  return text.slice(start, end);
}

/** A text that stands there several times, line by line, once. */
function onceOf(text: string): string {
  if (!text.includes('\n')) return text;
  const lines = new Set(text.split('\n').map((line) => line.trim()));
  const [line] = lines;
  return lines.size === 1 && line !== undefined ? line : text;
}

/** What only a whole answer is: a direction, or a sentence with named values. */
function readWhole(tokens: readonly Token[]): Value | undefined {
  if (!tokens.some(({ kind }) => kind === 'word' || kind === 'letter')) return undefined;
  const bearing = tokens.length <= 6 ? readBearing(tokens.map(({ name }) => name).join('')) : undefined;
  return bearing ?? readDescription(tokens, 0, readTokens);
}

function readTokens(tokens: readonly Token[], depth: number): Value {
  if (tokens.length === 0) return { kind: 'unreadable', reason: 'empty' };
  if (depth > maxDepth) return { kind: 'unreadable', reason: 'not-parsed' };
  if (tokens.every((token) => token.kind === 'word')) return readWords(tokens);
  return (
    readMatrix(tokens, depth, readTokens) ??
    readUnion(tokens, depth, readTokens) ??
    readAssignments(tokens, depth, readTokens) ??
    readRelation(tokens, depth, readTokens) ??
    readBracketed(tokens, depth, readTokens) ??
    readList(tokens, depth, readTokens, { open: '', close: '' }) ??
    readPlusMinus(tokens, depth, readTokens) ??
    readRatio(tokens) ??
    readQuantity(tokens) ??
    fallback(tokens)
  );
}

function readWords(tokens: readonly Token[]): Value {
  const text = tokenText(tokens);
  if (/^(?:the )?(?:set of )?(?:all )?(?:the )?real numbers?$|^all reals$/.test(text)) return allNumbers();
  return readQuantity(tokens) ?? { kind: 'words', text };
}

function fallback(tokens: readonly Token[]): Value {
  const hasWords = tokens.some(({ kind }) => kind === 'word');
  return hasWords ? { kind: 'words', text: tokenText(tokens) } : { kind: 'unreadable', reason: 'not-parsed' };
}

/** `3:4`, `6:\pi`, and times of day: `12:05`, `7:30 pm`. */
function readRatio(tokens: readonly Token[]): Value | undefined {
  if (!tokens.some((token) => isSymbol(token, ':'))) return undefined;
  const parts = split(tokens, (token) => isSymbol(token, ':')).map((part) => readQuantity(part));
  const numbers = parts.filter((part): part is NumberValue => part?.kind === 'number');
  if (numbers.length < 2 || numbers.length !== parts.length) return undefined;
  const last = tokens.at(-1);
  const isPadded = last?.kind === 'number' && /^0\d$/.test(last.name);
  const isNamed = last?.kind === 'word' && /^(?:[ap]m|o'?clock)$/i.test(last.name);
  return { kind: 'ratio', parts: numbers, clock: isPadded || isNamed };
}
