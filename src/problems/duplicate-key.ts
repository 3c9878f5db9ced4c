/**
 * The first key that a JSON object has twice at its top level, with the 1-based lines of both. JSON.parse keeps only the
 * last of such rows, so that the others would vanish unseen.
 *
 * @param text - valid JSON whose top level is an object
 */
export function duplicateKey(text: string): { key: string; lines: [number, number] } | undefined {
  const seen = new Map<string, number>();
  for (const { key, offset } of topLevelKeys(text)) {
    const before = seen.get(key);
    if (before !== undefined) return { key, lines: [lineAt(text, before), lineAt(text, offset)] };
    seen.set(key, offset);
  }
  return undefined;
}

function* topLevelKeys(text: string): Generator<{ key: string; offset: number }> {
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character === '{' || character === '[') depth += 1;
    else if (character === '}' || character === ']') depth -= 1;
    else if (character === '"') {
      const end = stringEnd(text, at);
      if (depth === 1 && isKey(text, end)) yield { key: JSON.parse(text.slice(at, end)) as string, offset: at };
      at = end - 1;
    }
  }
}

/** Offset behind the closing quote of the string that opens at `start`. */
function stringEnd(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at + 1;
}

/** Whether a colon follows, which tells a key from a text value. */
function isKey(text: string, end: number): boolean {
  let at = end;
  while (at < text.length && ' \t\r\n'.includes(text[at] ?? '')) at += 1;
  return text[at] === ':';
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}
