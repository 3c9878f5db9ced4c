import type { Span } from './find-boxes.ts';

const frame = String.raw`(?:\\(?:boxed|fbox|text|textbf|mathbf)\s?\{|[\s$*([{"']|\\[([])*`;
const denial = String.raw`(?:\b(?:not|never|cannot be)|n['’]t(?: be)?|不是|不选|不应选|不为|排除)`;
/** A denial, or a sign without a space, right in front of a piece of a response. */
const deniedBefore = new RegExp(`${denial}(?:\\s(?:be|option|choice|equal to))?${frame}$`, 'i');
const signBefore = /(?:[-−^_/]|\\(?:frac|sqrt)\{)\\(?:boxed|fbox)\s?\{$/;
/** What denies a piece of a response right behind it; a power of degrees belongs to the unit. */
const deniedBehind =
  /^[\s)}\]$*"'.]*(?:(?:is|was)\s(?:not\b|incorrect|wrong|false|extraneous)|(?:isn|can)['’]t\b|不对|不正确|错|或\s?[A-H])/i;
const powerBehind = /^\}\s?\$?\s?\^\{?[\dn]/;
/** A calculation that a box is only the beginning of. */
const factorBehind = /^\}\s?(?:\\(?:times|cdot|div|pm)\b|[×÷±]|[+*]\s?[\d\\])/;
const retraction =
  /\b(?:no,? wait|wait,? no|wait, that|actually,? no|actually,? i made a|i (?:have )?made (?:a mistake|an error)|correction:|on second thought)/i;

/** Whether a reply takes something back in a piece of it or soon behind. */
export function isTakenBack(text: string, { start, end }: Span): boolean {
  return retraction.test(text.slice(start, Math.min(end, start + 400))) || retraction.test(text.slice(end, end + 200));
}

/** Whether the words right beside a piece of a response deny it, or make another value of it. */
export function isDenied(text: string, { start, end }: Span): boolean {
  const before = text.slice(Math.max(0, start - 60), start);
  const behind = text.slice(end, end + 60);
  const goesOn = powerBehind.test(behind) || factorBehind.test(behind);
  return deniedBefore.test(before) || signBefore.test(before) || deniedBehind.test(behind) || goesOn;
}

/** Whether one of these letters is denied somewhere in a piece of at most a few hundred characters. */
export function deniesLetter(text: string, { start, end }: Span, letters: readonly string[]): boolean {
  const piece = text.slice(start, Math.min(end, start + 400));
  for (const { 0: letter, index } of piece.matchAll(/(?<![A-Za-z])[A-J](?![A-Za-z])/g)) {
    if (!letters.includes(letter)) continue;
    if (isDenied(text, { start: start + index, end: start + index + 1 })) return true;
  }
  return false;
}
