/** A piece of a response. Offsets are in UTF-16 units of the whole response; `end` is behind the last one. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Most `\boxed` commands looked at, counted from the end, and the longest content followed to its closing brace. */
const maxBoxes = 32;
const maxContent = 4000;
/** `\boxed`, `\fbox`, also with their backslash lost or doubled on the way. */
const command = /(?:\\|\b)(?:boxed|fbox)(?=\s{0,4}\{)/g;

/**
 * The contents of the balanced boxes between two offsets, in order. Escaped braces do not count, a box inside a box counts as part of the
 * outer one, and one that never closes is none. Linear: each box is followed for a bounded length.
 */
export function findBoxes(text: string, from: number, to: number): readonly Span[] {
  const boxes: Span[] = [];
  const starts: number[] = [];
  command.lastIndex = from;
  for (let match = command.exec(text); match !== null && match.index < to; match = command.exec(text)) {
    starts.push(match.index + match[0].length);
    if (starts.length > 2 * maxBoxes) starts.splice(0, maxBoxes);
  }
  for (const start of starts.slice(-maxBoxes)) {
    if (boxes.some((box) => start < box.end)) continue;
    const open = text.indexOf('{', start);
    const close = closingBrace(text, open, Math.min(to, open + maxContent));
    if (close !== undefined) boxes.push({ start: open + 1, end: close });
  }
  return boxes;
}

function closingBrace(text: string, open: number, limit: number): number | undefined {
  let depth = 0;
  for (let at = open; at < limit; at += 1) {
    const character = text.charAt(at);
    if (character === '\\') at += 1;
    else if (character === '{') depth += 1;
    else if (character === '}') {
      depth -= 1;
      if (depth === 0) return at;
    }
  }
  return undefined;
}
