const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
const wide =
  /^(?:\p{Emoji_Presentation}|[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[\u{20000}-\u{3fffd}])/u;

/** Columns that a text takes on a terminal: two for East Asian wide characters and emoji, none for what is invisible. */
export function displayWidth(text: string): number {
  let columns = 0;
  for (const { segment } of graphemes.segment(text)) {
    if (/^[\p{Mn}\p{Me}\p{Cf}]+$/u.test(segment)) continue;
    columns += wide.test(segment) ? 2 : 1;
  }
  return columns;
}

/** Fills a text with spaces up to a number of columns. */
export function padToWidth(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - displayWidth(text)));
}

/** Cuts the middle out of a text that is wider than a number of columns, so that its beginning and its end stay. */
export function fitToWidth(text: string, columns: number): string {
  if (displayWidth(text) <= columns) return text;
  const parts = [...graphemes.segment(text)].map(({ segment }) => segment);
  const head: string[] = [];
  const tail: string[] = [];
  let left = columns - 1;
  while (parts.length > 0) {
    const fromEnd = tail.length <= head.length;
    const next = fromEnd ? parts.pop() : parts.shift();
    left -= displayWidth(next ?? '');
    if (left < 0) break;
    if (fromEnd) tail.unshift(next ?? '');
    else head.push(next ?? '');
  }
  return `${head.join('')}…${tail.join('')}`;
}
