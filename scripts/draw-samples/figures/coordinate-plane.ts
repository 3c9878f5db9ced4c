import type { Point, Sheet, Style, TextStyle } from '../drawing/sheet.ts';

export interface PlaneOptions {
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
  /** Pixels around the plane. */
  readonly margin?: number;
  /** A number is written at every such step. */
  readonly labelEvery?: number;
  readonly gridStep?: number;
}

/** A grid with two axes on a sheet, and the way from coordinates to pixels. */
export class CoordinatePlane {
  readonly #sheet: Sheet;
  readonly #options: Required<PlaneOptions>;

  constructor(sheet: Sheet, options: PlaneOptions) {
    this.#sheet = sheet;
    this.#options = { margin: 24, labelEvery: 1, gridStep: 1, ...options };
    this.#drawGrid();
    this.#drawAxes();
    this.#drawNumbers();
  }

  at(x: number, y: number): Point {
    const {
      x: [left, right],
      y: [low, high],
      margin,
    } = this.#options;
    const { width, height } = this.#sheet;
    return [
      margin + ((x - left) / (right - left)) * (width - 2 * margin),
      margin + ((high - y) / (high - low)) * (height - 2 * margin),
    ];
  }

  /** The graph of a function; parts outside the plane are left out. */
  curve(f: (x: number) => number, style: Style = { stroke: '#1f5fbf', width: 2.2 }): void {
    const {
      x: [left, right],
      y: [low, high],
    } = this.#options;
    let piece: Point[] = [];
    for (let step = 0; step <= 240; step++) {
      const x = left + ((right - left) * step) / 240;
      const y = f(x);
      if (y >= low && y <= high) piece.push(this.at(x, y));
      else {
        if (piece.length > 1) this.#sheet.polyline(piece, style);
        piece = [];
      }
    }
    if (piece.length > 1) this.#sheet.polyline(piece, style);
    // Once more, so that the curve does not strike them out.
    this.#drawNumbers();
  }

  point(x: number, y: number, name = '', offset: Point = [13, -11], style: TextStyle = {}): void {
    const place = this.at(x, y);
    this.#sheet.dot(place, 3.6, '#b3261e');
    if (name !== '')
      this.#sheet.text([place[0] + offset[0], place[1] + offset[1]], name, { halo: '#ffffff', ...style });
  }

  #drawGrid(): void {
    const {
      x: [left, right],
      y: [low, high],
      gridStep,
    } = this.#options;
    const style = { stroke: '#dde1e8', width: 1 };
    for (let x = left; x <= right; x += gridStep) this.#sheet.line(this.at(x, low), this.at(x, high), style);
    for (let y = low; y <= high; y += gridStep) this.#sheet.line(this.at(left, y), this.at(right, y), style);
  }

  #drawAxes(): void {
    const {
      x: [left, right],
      y: [low, high],
    } = this.#options;
    const [endX, zeroY] = this.at(right, 0);
    const [zeroX, endY] = this.at(0, high);
    const style = { width: 1.4 };
    this.#sheet.arrow(this.at(left, 0), [endX + 10, zeroY], style).arrow(this.at(0, low), [zeroX, endY - 10], style);
    this.#sheet.text([endX + 14, zeroY + 13], 'x', { size: 10 }).text([zeroX + 13, endY - 9], 'y', { size: 10 });
  }

  #drawNumbers(): void {
    const {
      x: [left, right],
      y: [low, high],
      labelEvery,
    } = this.#options;
    const small = { size: 8, weight: 1.1, colour: '#4a5160', halo: '#ffffff' };
    for (let x = left; x <= right; x++) {
      if (x === 0 || x % labelEvery !== 0) continue;
      const [px, py] = this.at(x, 0);
      this.#sheet.text([px, py + 11], minus(x), small);
    }
    for (let y = low; y <= high; y++) {
      if (y === 0 || y % labelEvery !== 0) continue;
      const [px, py] = this.at(0, y);
      this.#sheet.text([px - 7, py], minus(y), { ...small, anchor: 'end' });
    }
  }
}

/** A number with a proper minus sign. */
export function minus(value: number): string {
  return String(value).replace('-', '−');
}
