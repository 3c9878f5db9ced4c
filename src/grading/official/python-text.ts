/** Characters that Python's `str.strip` takes away; JavaScript's `trim` knows a slightly different set. */
const space = '\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000';
const leadingSpace = new RegExp(`^[${space}]+`);
const isSpace = new RegExp(`^[${space}]$`);

/** `text.strip()` of Python. Linear also where a long run of spaces stands inside the text. */
export function strip(text: string): string {
  let end = text.length;
  while (end > 0 && isSpace.test(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end).replace(leadingSpace, '');
}

/** `text.rstrip(character)` of Python, for one character. */
export function stripEnd(text: string, character: string): string {
  let end = text.length;
  while (end > 0 && text.charAt(end - 1) === character) end -= 1;
  return text.slice(0, end);
}

/** `text.lstrip(character)` of Python, for one character. */
export function stripStart(text: string, character: string): string {
  let start = 0;
  while (start < text.length && text.charAt(start) === character) start += 1;
  return text.slice(start);
}

/** `text.split(separator)[-1]` of Python. */
export function afterLast(text: string, separator: string): string {
  const at = text.lastIndexOf(separator);
  return at < 0 ? text : text.slice(at + separator.length);
}

/** `text.split(separator)[0]` of Python. */
export function beforeFirst(text: string, separator: string): string {
  const at = text.indexOf(separator);
  return at < 0 ? text : text.slice(0, at);
}

/** The first `count` characters as Python counts them: by code point. */
export function firstCharacters(text: string, count: number): string {
  return Array.from(text.slice(0, 2 * count))
    .slice(0, count)
    .join('');
}

/** Levenshtein distance by code point; work is the product of the lengths. */
export function editDistance(left: string, right: string): number {
  const target = Array.from(right);
  let row = Array.from({ length: target.length + 1 }, (_, index) => index);
  let count = 0;
  for (const character of left) {
    count += 1;
    const next = [count];
    for (const [index, other] of target.entries()) {
      const replaced = (row[index] ?? 0) + (character === other ? 0 : 1);
      next.push(Math.min(replaced, (row[index + 1] ?? 0) + 1, (next[index] ?? 0) + 1));
    }
    row = next;
  }
  return row[target.length] ?? 0;
}
