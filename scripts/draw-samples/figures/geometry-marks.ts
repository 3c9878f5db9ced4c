import type { Point, Sheet, Style, TextStyle } from '../drawing/sheet.ts';
import { polar, textWidth } from '../drawing/sheet.ts';

export function distance(a: Point, b: Point): number {
  return Math.hypot(b[0] - a[0], b[1] - a[1]);
}

/** The point that divides a segment, 0 at `a` and 1 at `b`. */
export function between(a: Point, b: Point, share = 0.5): Point {
  return [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share];
}

export function centreOf(points: readonly Point[]): Point {
  const sum = points.reduce<[number, number]>(([x, y], point) => [x + point[0], y + point[1]], [0, 0]);
  return [sum[0] / points.length, sum[1] / points.length];
}

/** Size of the angle at `vertex` in degrees, 0 to 180. */
export function angleAt(vertex: Point, a: Point, b: Point): number {
  const first = Math.atan2(a[1] - vertex[1], a[0] - vertex[0]);
  const second = Math.atan2(b[1] - vertex[1], b[0] - vertex[0]);
  const turn = Math.abs(((first - second) * 180) / Math.PI) % 360;
  return turn > 180 ? 360 - turn : turn;
}

/** Area of a simple polygon in square pixels. */
export function polygonArea(points: readonly Point[]): number {
  const doubled = points.reduce((sum, [x, y], index) => {
    const [nextX, nextY] = points[(index + 1) % points.length] ?? [x, y];
    return sum + x * nextY - nextX * y;
  }, 0);
  return Math.abs(doubled) / 2;
}

/** Moves from `centre` through `point` and `by` pixels on. */
export function beyond(centre: Point, point: Point, by: number): Point {
  const length = distance(centre, point) || 1;
  return between(centre, point, (length + by) / length);
}

/** Names corners on the side that is away from the middle of the figure. */
export function nameCorners(sheet: Sheet, corners: Readonly<Record<string, Point>>, middle?: Point): void {
  const centre = middle ?? centreOf(Object.values(corners));
  for (const [name, point] of Object.entries(corners)) sheet.text(beyond(centre, point, 14), name, { size: 12 });
}

/** Writes beside the middle of a segment, on the side away from `inner`. */
export function labelSegment(
  sheet: Sheet,
  a: Point,
  b: Point,
  text: string,
  inner: Point,
  gap = 8,
  style: TextStyle = {},
): void {
  const middle = between(a, b);
  const length = distance(a, b) || 1;
  const normal: Point = [-(b[1] - a[1]) / length, (b[0] - a[0]) / length];
  const side = (middle[0] - inner[0]) * normal[0] + (middle[1] - inner[1]) * normal[1] >= 0 ? 1 : -1;
  const size = style.size ?? 11;
  // A label is wider than high, so it needs more room beside an upright segment.
  const room = gap + (Math.abs(normal[0]) * textWidth(text, size) + Math.abs(normal[1]) * size) / 2;
  sheet.text([middle[0] + normal[0] * room * side, middle[1] + normal[1] * room * side], text, style);
}

/** An arc in the angle at `vertex` with its size written on the bisector. */
export function markAngle(
  sheet: Sheet,
  vertex: Point,
  a: Point,
  b: Point,
  text: string,
  radius = 22,
  textAt = radius + 17,
  style: Style = {},
): void {
  const direction = (point: Point): number => (Math.atan2(vertex[1] - point[1], point[0] - vertex[0]) * 180) / Math.PI;
  let from = direction(a);
  let to = direction(b);
  if ((to - from + 360) % 360 > 180) [from, to] = [to, from];
  const sweep = (to - from + 360) % 360;
  sheet.arc(vertex, radius, from, from + sweep, { width: 1.3, ...style });
  if (text !== '') sheet.text(polar(vertex, textAt, from + sweep / 2), text, { size: 10.5 });
}

export function markRightAngle(sheet: Sheet, vertex: Point, a: Point, b: Point, size = 11): void {
  const first = between(vertex, a, size / distance(vertex, a));
  const second = between(vertex, b, size / distance(vertex, b));
  const corner: Point = [first[0] + second[0] - vertex[0], first[1] + second[1] - vertex[1]];
  sheet.polyline([first, corner, second], { width: 1.2 });
}

/** Short strokes across segments: segments with the same number of strokes are equal. */
export function markEqual(sheet: Sheet, segments: readonly (readonly [Point, Point])[], strokes = 1): void {
  for (const [a, b] of segments) {
    const length = distance(a, b);
    const along: Point = [(b[0] - a[0]) / length, (b[1] - a[1]) / length];
    for (let index = 0; index < strokes; index++) {
      const shift = (index - (strokes - 1) / 2) * 5;
      const [x, y] = between(a, b, 0.5 + shift / length);
      sheet.line([x - along[1] * 5, y + along[0] * 5], [x + along[1] * 5, y - along[0] * 5], { width: 1.3 });
    }
  }
}
