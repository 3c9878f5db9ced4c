import type { Sheet } from '../drawing/sheet.ts';
import { textWidth } from '../drawing/sheet.ts';

const rowHeight = 30;

/** A ruled table with a shaded head, in the middle of the sheet. */
export function drawTable(sheet: Sheet, rows: readonly (readonly string[])[], title?: string): void {
  const columns = rows[0]?.length ?? 0;
  const widths = Array.from(
    { length: columns },
    (_, column) => Math.max(...rows.map((row) => textWidth(row[column] ?? '', 10))) + 26,
  );
  const width = widths.reduce((sum, value) => sum + value, 0);
  const left = (sheet.width - width) / 2;
  const top = (sheet.height - rows.length * rowHeight + (title === undefined ? 0 : 24)) / 2;
  if (title !== undefined) sheet.text([sheet.width / 2, top - 18], title, { size: 11 });
  rows.forEach((row, index) => {
    const y = top + index * rowHeight;
    let x = left;
    row.forEach((cell, column) => {
      const cellWidth = widths[column] ?? 0;
      sheet.rectangle([x, y], cellWidth, rowHeight, { fill: index === 0 ? '#e4e9f2' : '#ffffff', width: 1.1 });
      sheet.text([x + cellWidth / 2, y + rowHeight / 2], cell, { size: 10 });
      x += cellWidth;
    });
  });
}
