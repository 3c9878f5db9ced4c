/** More values than this are not several answers. */
const mostValues = 32;

const open = '([{';
const close = ')]}';
/** Words that part two values; Han characters need no space. */
const separators =
  /^(?:[,;，；、]|\s(?:and|or)(?=\s)|或者?|和|以及|\\(?:text|mathrm)\s?\{\s*,?\s*(?:and|or|或|和)\s*\})/;
const thousands = /^,\\[!,]\s?\d{3}/;

/**
 * The values of an answer that is said to be several: parted at commas, semicolons, `and` and `or` outside of brackets,
 * `\pm` standing for two. Every comma parts, as the published answers have it: `120,150` are two values. Braces of a set
 * around all of them are dropped. Linear in the text's length, which callers cap.
 */
export function splitValues(text: string): readonly string[] {
  const bare = withoutSet(text.replace(/\$/g, ' ').trim());
  const parts: string[] = [];
  let [depth, start, at] = [0, 0, 0];
  while (at < bare.length) {
    const separator = depth === 0 ? separators.exec(bare.slice(at, at + 30))?.[0] : undefined;
    if (separator !== undefined && !thousands.test(bare.slice(at, at + 8))) {
      parts.push(bare.slice(start, at));
      at += separator.length;
      start = at;
      continue;
    }
    const sign = bare.charAt(at);
    if (open.includes(sign)) depth += 1;
    else if (close.includes(sign)) depth = Math.max(0, depth - 1);
    at += 1;
  }
  parts.push(bare.slice(start));
  const values = parts.map((part) => part.trim()).filter((part) => part !== '');
  return values.flatMap(bothSigns).slice(0, mostValues);
}

/** `\{1, 2\}` and `x \in \{1, 2\}` without what makes a set of them. */
function withoutSet(text: string): string {
  const inner = /^(?:[A-Za-z]\s*\\in\s*)?(?:\\left\s*)?\\\{(.*?)(?:\\right\s*)?\\\}$/s.exec(text)?.[1];
  return inner === undefined || /\\\{/.test(inner) ? text : inner;
}

function bothSigns(value: string): readonly string[] {
  const signs = value.match(/\\pm(?![A-Za-z])|±/g)?.length ?? 0;
  if (signs !== 1 || /\\mp(?![A-Za-z])|∓/.test(value)) return [value];
  return ['+', '-'].map((sign) => value.replace(/\\pm(?![A-Za-z])|±/, sign).replace(/(^|=)(\s*)\+\s*/, '$1$2'));
}
