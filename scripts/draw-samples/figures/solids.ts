import type { Point, Sheet } from '../drawing/sheet.ts';

const hidden = { width: 1.2, dash: '5 4' };

/** Where the corners of a drawn cuboid are, for labels: a, b, c, d below (front left first), e, f, g, h above. */
export interface CuboidCorners {
  readonly below: readonly [Point, Point, Point, Point];
  readonly above: readonly [Point, Point, Point, Point];
}

/** A cuboid in oblique projection, hidden edges dashed. `corner` is the lower left corner of its front. */
export function drawCuboid(
  sheet: Sheet,
  [x, y]: Point,
  width: number,
  height: number,
  depth: number,
  fill = '#eef3fb',
): CuboidCorners {
  const [shiftX, shiftY] = [depth * 0.62, -depth * 0.48];
  const front: [Point, Point, Point, Point] = [
    [x, y],
    [x + width, y],
    [x + width, y - height],
    [x, y - height],
  ];
  const back = front.map(([px, py]): Point => [px + shiftX, py + shiftY]) as [Point, Point, Point, Point];
  sheet.polygon(front, { fill, width: 1.8 });
  sheet.polygon([front[3], front[2], back[2], back[3]], { fill: '#f8faff', width: 1.8 });
  sheet.polygon([front[1], back[1], back[2], front[2]], { fill: '#dde6f4', width: 1.8 });
  sheet.line(front[0], back[0], hidden).line(back[0], back[1], hidden).line(back[0], back[3], hidden);
  return { below: [front[0], front[1], back[1], back[0]], above: [front[3], front[2], back[2], back[3]] };
}

/** An upright cylinder; `base` is the middle of its base. */
export function drawCylinder(sheet: Sheet, [x, y]: Point, radius: number, height: number, fill = '#eef3fb'): void {
  const flat = radius * 0.3;
  const body = `M${x - radius} ${y - height}V${y}A${radius} ${flat} 0 0 0 ${x + radius} ${y}V${y - height}`;
  sheet.path(body, { fill, width: 1.8 });
  sheet.path(`M${x - radius} ${y}A${radius} ${flat} 0 0 1 ${x + radius} ${y}`, hidden);
  sheet.ellipse([x, y - height], radius, flat, { fill: '#f8faff', width: 1.8 });
}

/** An upright cone; `base` is the middle of its base. */
export function drawCone(sheet: Sheet, [x, y]: Point, radius: number, height: number, fill = '#eef3fb'): void {
  const flat = radius * 0.3;
  sheet.path(`M${x - radius} ${y}A${radius} ${flat} 0 0 0 ${x + radius} ${y}L${x} ${y - height}Z`, {
    fill,
    width: 1.8,
  });
  sheet.path(`M${x - radius} ${y}A${radius} ${flat} 0 0 1 ${x + radius} ${y}`, hidden);
}

/** Towers of unit cubes seen from the front right; `heights[row][column]`, the last row in front. */
export function drawCubeTowers(
  sheet: Sheet,
  origin: Point,
  heights: readonly (readonly number[])[],
  edge: number,
): void {
  const [halfWide, halfHigh] = [edge * 0.866, edge * 0.5];
  const corner = (column: number, row: number, level: number): Point => [
    origin[0] + (column - row) * halfWide,
    origin[1] + (column + row) * halfHigh - level * edge,
  ];
  heights.forEach((towers, row) => {
    towers.forEach((height, column) => {
      for (let level = 0; level < height; level++) {
        const at = (dx: number, dy: number, dz: number): Point => corner(column + dx, row + dy, level + dz);
        sheet.polygon([at(0, 0, 1), at(1, 0, 1), at(1, 1, 1), at(0, 1, 1)], { fill: '#f7edd2', width: 1.4 });
        sheet.polygon([at(0, 1, 1), at(1, 1, 1), at(1, 1, 0), at(0, 1, 0)], { fill: '#e2c98a', width: 1.4 });
        sheet.polygon([at(1, 0, 1), at(1, 1, 1), at(1, 1, 0), at(1, 0, 0)], { fill: '#c9a95c', width: 1.4 });
      }
    });
  });
}
