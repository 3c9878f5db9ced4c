/**
 * Reads JSON in which numbers may be NaN, Infinity or -Infinity, as Python's json.dump writes them: they become null.
 *
 * @throws {SyntaxError} where the text is not JSON otherwise
 */
export function parseTolerantJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!/NaN|Infinity/.test(text)) throw error;
    return JSON.parse(withoutNonNumbers(text));
  }
}

/** Replaces the words outside of strings; every character is looked at once. */
function withoutNonNumbers(text: string): string {
  const pieces: string[] = [];
  let at = 0;
  while (at < text.length) {
    const quote = text.indexOf('"', at);
    const outside = text.slice(at, quote < 0 ? text.length : quote);
    pieces.push(outside.replace(/-?\b(?:NaN|Infinity)\b/g, 'null'));
    if (quote < 0) break;
    const end = stringEnd(text, quote);
    pieces.push(text.slice(quote, end));
    at = end;
  }
  return pieces.join('');
}

function stringEnd(text: string, quote: number): number {
  let at = quote + 1;
  for (;;) {
    const close = text.indexOf('"', at);
    if (close < 0) return text.length;
    let escapes = 0;
    while (text.charCodeAt(close - 1 - escapes) === 92) escapes += 1;
    if (escapes % 2 === 0) return close + 1;
    at = close + 1;
  }
}
