import type { Point, Sheet, Style } from '../drawing/sheet.ts';
import { polar } from '../drawing/sheet.ts';

/** Corners of a regular polygon, the first one straight up. */
export function regularPolygon(centre: Point, radius: number, sides: number, turn = 90): Point[] {
  return Array.from({ length: sides }, (_, index) => polar(centre, radius, turn + (index * 360) / sides));
}

function drawStar(sheet: Sheet, centre: Point, radius: number, style?: Style): void {
  const points = Array.from({ length: 10 }, (_, index) =>
    polar(centre, index % 2 === 0 ? radius : radius * 0.42, 90 + index * 36),
  );
  sheet.polygon(points, style);
}

export type ShapeName = 'circle' | 'square' | 'triangle' | 'star';

export function drawShape(sheet: Sheet, name: ShapeName, centre: Point, radius: number, style: Style): void {
  switch (name) {
    case 'circle':
      sheet.circle(centre, radius, style);
      return;
    case 'square':
      sheet.polygon(regularPolygon(centre, radius * 1.15, 4, 45), style);
      return;
    case 'triangle':
      sheet.polygon(regularPolygon(centre, radius * 1.15, 3), style);
      return;
    case 'star':
      drawStar(sheet, centre, radius * 1.15, style);
  }
}

/** A face with twelve ticks and numbers, and two hands. */
export function drawClock(sheet: Sheet, centre: Point, radius: number, hour: number, minute: number): void {
  sheet.circle(centre, radius, { fill: '#fdfdfb', width: 3 });
  for (let tick = 0; tick < 60; tick++) {
    const inner = radius * (tick % 5 === 0 ? 0.9 : 0.95);
    sheet.line(polar(centre, inner, 90 - tick * 6), polar(centre, radius * 0.98, 90 - tick * 6), {
      width: tick % 5 === 0 ? 2 : 1,
    });
  }
  for (let number = 1; number <= 12; number++)
    sheet.text(polar(centre, radius * 0.76, 90 - number * 30), String(number), { size: radius * 0.13 });
  sheet.line(centre, polar(centre, radius * 0.46, 90 - (hour % 12) * 30 - minute / 2), { width: 5 });
  sheet.line(centre, polar(centre, radius * 0.66, 90 - minute * 6), { width: 3 });
  sheet.dot(centre, 5);
}

/** Squares in rows; `cells` holds a colour per square, row by row. */
export function drawCells(
  sheet: Sheet,
  [x, y]: Point,
  size: number,
  cells: readonly (readonly string[])[],
  style: Style = { width: 1 },
): void {
  cells.forEach((row, line) => {
    row.forEach((fill, column) => {
      sheet.rectangle([x + column * size, y + line * size], size, size, { ...style, fill });
    });
  });
}
