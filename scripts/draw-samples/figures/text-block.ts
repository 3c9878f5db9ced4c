import type { Sheet } from '../drawing/sheet.ts';
import { textWidth } from '../drawing/sheet.ts';

/** Breaks text into lines no wider than `width` pixels; line breaks of the text are kept. */
export function wrapText(text: string, width: number, size: number): string[] {
  return text.split('\n').flatMap((paragraph) => {
    const lines: string[] = [];
    let line = '';
    for (const word of paragraph.split(' ')) {
      const longer = line === '' ? word : `${line} ${word}`;
      if (line !== '' && textWidth(longer, size) > width) {
        lines.push(line);
        line = word;
      } else line = longer;
    }
    return [...lines, line];
  });
}

/** Writes lines from the top left corner down. */
export function writeLines(sheet: Sheet, x: number, y: number, lines: readonly string[], size: number): void {
  lines.forEach((line, index) => {
    sheet.text([x, y + index * size * 2.1], line, { size, anchor: 'start', weight: size / 7 });
  });
}
