import type { Point, Sheet } from '../drawing/sheet.ts';
import { between } from './geometry-marks.ts';

export type Edge = readonly [from: string, to: string, length?: number];
export type Places = Readonly<Record<string, Point>>;

/** Named round nodes joined by straight edges, with lengths where the edges have them. */
export function drawNetwork(sheet: Sheet, places: Places, edges: readonly Edge[], fill = '#f4e7c5'): void {
  const place = (name: string): Point => places[name] ?? [0, 0];
  for (const [from, to] of edges) sheet.line(place(from), place(to), { width: 1.8 });
  for (const [from, to, length] of edges) {
    if (length !== undefined)
      sheet.text(between(place(from), place(to)), String(length), { size: 10, halo: '#ffffff', colour: '#8c2f1b' });
  }
  for (const [name, point] of Object.entries(places)) {
    sheet.circle(point, 14, { fill, width: 1.8 }).text(point, name, { size: 10.5 });
  }
}

/** Neighbours by node, each with the length of its edge (1 where none is given). */
export function neighbours(places: Places, edges: readonly Edge[]): Map<string, Map<string, number>> {
  const result = new Map(Object.keys(places).map((name) => [name, new Map<string, number>()]));
  for (const [from, to, length = 1] of edges) {
    result.get(from)?.set(to, length);
    result.get(to)?.set(from, length);
  }
  return result;
}
