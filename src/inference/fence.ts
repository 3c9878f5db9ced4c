import { randomBytes } from 'node:crypto';

/** A name for the fences of one request that no text shown in it can know. */
export function newNonce(): string {
  return randomBytes(12).toString('hex');
}

/** Text of others between two lines that bear the nonce; what stands between is data, whatever it says. */
export function fenced(nonce: string, name: string, text: string): string {
  return `<<<${nonce} ${name}>>>\n${text}\n<<<${nonce} end>>>`;
}

/** Control signs (other than tab and line feed), marks that turn the reading direction, and lone surrogates. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
const unseen = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]/gu;

/** The text as a judge may see it: nothing that cannot be seen, each sign replaced by a space of the same length. */
export function visible(text: string): string {
  return text.replace(unseen, ' ');
}

/** On one line, spaces folded. */
export function oneLine(text: string): string {
  return visible(text).replace(/\s+/g, ' ').trim();
}

/** The first characters of a long text, with a word that it goes on. */
export function headOf(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most)} […]`;
}
