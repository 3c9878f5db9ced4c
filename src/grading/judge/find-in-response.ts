import { visible } from '../../inference/fence.ts';

/** Where an answer stands in a response: offsets in UTF-16 code units. */
export interface FoundAnswer {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** What a model may leave out or add when it copies: space, TeX's braces and dollars, emphasis, quotes. */
const skipped = /[\s\\${}*"'`]/;

/** Escapes that a model meant as TeX: "\frac" in a JSON text is a form feed and "rac". */
const meant: Readonly<Record<string, string>> = {
  '\f': '\\f',
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\r': '\\r',
};

/**
 * Finds where a copied answer stands in the response, last place first. Space, braces, dollars and emphasis may differ;
 * a number or word cut out of a longer one, or out of its sign, is not found.
 *
 * @param from - where the part begins that the judge was shown
 * @returns undefined where the response does not say this: then the answer is the judge's own
 */
export function findInResponse(response: string, from: number, answer: string): FoundAnswer | undefined {
  for (let at = answer === '' ? -1 : response.lastIndexOf(answer); at >= from; ) {
    if (isWhole(response, at, at + answer.length)) return { start: at, end: at + answer.length, text: answer };
    at = at === 0 ? -1 : response.lastIndexOf(answer, at - 1);
  }
  const shown = condense(visible(response.slice(from)));
  for (const spelling of [answer, answer.replace(/[\f\b\t\n\r]/g, (sign) => meant[sign] ?? sign)]) {
    const wanted = condense(spelling).text;
    if (wanted === '') continue;
    for (
      let at = shown.text.lastIndexOf(wanted);
      at >= 0;
      at = at === 0 ? -1 : shown.text.lastIndexOf(wanted, at - 1)
    ) {
      const start = from + (shown.places[at] ?? 0);
      const end = from + (shown.places[at + wanted.length - 1] ?? 0) + 1;
      if (isWhole(response, start, end)) return withMarks(response, start, end);
    }
  }
  return undefined;
}

/** Whether what stands beside the place does not belong to the same number or word. */
function isWhole(response: string, start: number, end: number): boolean {
  const before = response.slice(Math.max(0, start - 1), start + 1);
  const after = response.slice(end - 1, end + 2);
  const cutsWord = /^\p{L}\p{L}/u;
  return !(
    cutsWord.test(before) ||
    /^[-\u2212.\d]\d/.test(before) ||
    cutsWord.test(after) ||
    /^\d(?:\d|[.,]\d)/.test(after)
  );
}

/** Takes the backslash of the first command and the closing braces of the last one back in. */
function withMarks(response: string, start: number, end: number): FoundAnswer {
  const from = response.charAt(start - 1) === '\\' && response.charAt(start - 2) !== '\\' ? start - 1 : start;
  let depth = 0;
  for (const sign of response.slice(from, end)) depth += sign === '{' ? 1 : sign === '}' ? -1 : 0;
  let to = end;
  while (depth > 0 && response.charAt(to) === '}') {
    depth -= 1;
    to += 1;
  }
  return { start: from, end: to, text: response.slice(from, to) };
}

/** A text without what is skipped, in lower case, with the place of each sign that stayed. */
function condense(text: string): { text: string; places: readonly number[] } {
  const kept: string[] = [];
  const places: number[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const sign = text.charAt(at);
    if (skipped.test(sign)) continue;
    kept.push(sign.toLowerCase().charAt(0));
    places.push(at);
  }
  return { text: kept.join(''), places };
}
