/** Changes of an answer's text that make it another answer. One that leaves the text as it is gives no miss. */
const changes: readonly ((text: string) => readonly string[])[] = [
  // Every digit by three others.
  (text) =>
    [1, 4, 7].flatMap((step) =>
      places(text, /\d/g).map(
        (at) => `${text.slice(0, at)}${(Number(text.charAt(at)) + step) % 10}${text.slice(at + 1)}`,
      ),
    ),
  // Ten times each whole number.
  (text) =>
    places(text, /(?<![\d.])[1-9]\d*(?![\d.])/g).map((at) => text.slice(0, at) + text.slice(at).replace(/^\d+/, '$&0')),
  // Signs.
  (text) =>
    places(text, /(?<=[\w)}\s])[+-](?=[\s\d\w\\(])/g).map(
      (at) => `${text.slice(0, at)}${text.charAt(at) === '+' ? '-' : '+'}${text.slice(at + 1)}`,
    ),
  (text) =>
    /^\$?\\?[\w\d]/.test(text) && !/[=<>:,A-Za-z]{2}/.test(text.replace(/\\[a-z]+/g, ''))
      ? [text.replace(/^\$?/, '$&-')]
      : [],
  (text) => [text.replace(/\\frac\s?\{([^{}]+)\}\s?\{([^{}]+)\}/, '\\frac{$2}{$1}')],
  (text) => [text.replace(/\\sqrt\s?\{([^{}]+)\}/, '$1')],
  (text) => [text.replace(/\\pi\b/, ''), text.replace(/\\pi\b/, '3')],
  (text) => [text.replace(/\[(?=[-\d\\])/, '('), text.replace(/\((?=[-\d\\]+[^()]*,[^()]*\])/, '[')],
  (text) => [text.replace(/(?<!\\left)\((-?\d+),\s?(-?\d+)\)/, '($2,$1)')],
  (text) => [
    text.replace('\\leq', '<'),
    text.replace('\\geq', '\\leq'),
    text.replace('<', '>'),
    text.replace('>', '<'),
  ],
  (text) => [text.replace(/\^\{?2\}?(?!\D*\$?$)/, '^3')],
];

/** Texts that are near an answer but mean something else. */
export function nearMisses(answer: string): readonly string[] {
  const misses = new Set(changes.flatMap((change) => change(answer)));
  misses.delete(answer);
  return [...misses].filter((text) => !isSame(answer, text));
}

function places(text: string, pattern: RegExp): readonly number[] {
  return [...text.matchAll(pattern)].map(({ index }) => index);
}

/** A digit behind a point that no longer counts, an index, or a unit's power: not every change changes what is meant. */
function isSame(answer: string, text: string): boolean {
  const number = (value: string) => (/^-?[\d.]+$/.test(value.trim()) ? Number(value) : Number.NaN);
  return number(answer) === number(text);
}
