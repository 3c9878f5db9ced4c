const token =
  /[ \t\r\n]*(?:("[ !#-[\]-\u{10FFFF}]*(?:\\(?:["\\/bfnrt]|u[\da-fA-F]{4})[ !#-[\]-\u{10FFFF}]*)*")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)|([{}[\],:]))/uy;

/** What may follow, by the last token: a value, a key, or punctuation. */
type Expected = 'value' | 'value or ]' | 'key' | 'key or }' | ':' | ', or end' | 'nothing';

/**
 * The 1-based line where a text stops being JSON; the last line where it ends too soon. The messages of JSON.parse tell
 * the place only in some cases.
 */
export function jsonErrorLine(text: string): number {
  const open: string[] = [];
  let expected: Expected | undefined = 'value';
  let offset = 0;
  while (expected !== undefined) {
    token.lastIndex = offset;
    const match = token.exec(text);
    if (match === null) break;
    const [, string, scalar, mark = ''] = match;
    expected = next(expected, string !== undefined ? 'string' : scalar !== undefined ? 'scalar' : mark, open);
    if (expected !== undefined) offset = token.lastIndex;
  }
  const spaceEnd = offset + (/^[ \t\r\n]*/.exec(text.slice(offset))?.[0].length ?? 0);
  const place = spaceEnd < text.length ? spaceEnd : offset;
  return text.slice(0, place).split('\n').length;
}

/** The state behind a token, or undefined where the token may not stand there. Keeps the open brackets. */
function next(expected: Expected, kind: string, open: string[]): Expected | undefined {
  const after = (): Expected => (open.length === 0 ? 'nothing' : ', or end');
  const within = open.at(-1);
  const wantsValue = expected === 'value' || expected === 'value or ]';
  const wantsKey = expected === 'key' || expected === 'key or }';
  if ((kind === '[' || kind === '{') && wantsValue) {
    open.push(kind);
    return kind === '[' ? 'value or ]' : 'key or }';
  }
  if (kind === 'string' && wantsKey) return ':';
  if ((kind === 'string' || kind === 'scalar') && wantsValue) return after();
  if (kind === ':' && expected === ':') return 'value';
  if (kind === ',' && expected === ', or end') return within === '{' ? 'key' : 'value';
  const closes =
    (kind === ']' && within === '[' && (expected === 'value or ]' || expected === ', or end')) ||
    (kind === '}' && within === '{' && (expected === 'key or }' || expected === ', or end'));
  if (!closes) return undefined;
  open.pop();
  return after();
}
