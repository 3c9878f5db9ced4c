import { agreed, letterOf } from '../agreed.ts';
import type { Point } from '../drawing/sheet.ts';
import { Sheet } from '../drawing/sheet.ts';
import { CoordinatePlane } from '../figures/coordinate-plane.ts';
import { drawCells } from '../figures/shapes.ts';
import { at } from '../seeded-random.ts';
import { lettersOnly, problem } from './mathvision-problem.ts';

function distanceOfPoints() {
  const [dx, dy] = [4 - -2, 5 - 1];
  const squared = agreed('squared distance', dx ** 2 + dy ** 2, 4 * 13);
  const sheet = new Sheet(330, 330);
  const plane = new CoordinatePlane(sheet, { x: [-4, 6], y: [-3, 7] });
  sheet.line(plane.at(-2, 1), plane.at(4, 5), { stroke: '#1f5fbf', width: 2 });
  plane.point(-2, 1, 'P', [-10, -13]);
  plane.point(4, 5, 'Q', [12, -12]);
  return problem({
    subject: 'analytic geometry',
    level: 3,
    question: 'How long is the segment $PQ$? One square of the grid has side $1$.\n<image1>',
    answer: `$${Math.sqrt(squared / 13)}\\sqrt{13}$`,
    sheet,
  });
}

function lineEquation() {
  const lines = [
    [2, 1],
    [-2, 1],
    [1, 2],
    [2, -1],
    [-1, 2],
  ] as const;
  const texts = lines.map(
    ([slope, offset]) => `$y=${slope === 1 ? '' : slope === -1 ? '-' : slope}x${offset > 0 ? '+' : ''}${offset}$`,
  );
  const through = [
    [0, 1],
    [1, -1],
    [2, -3],
  ] as const;
  const bySlope = letterOf(lines, ([slope, offset]) => slope === -1 - 1 && offset === 1);
  const byPoints = letterOf(lines, ([slope, offset]) => through.every(([x, y]) => slope * x + offset === y));
  const sheet = new Sheet(320, 320);
  const plane = new CoordinatePlane(sheet, { x: [-4, 4], y: [-4, 4] });
  plane.curve((x) => -2 * x + 1);
  plane.point(0, 1);
  plane.point(1, -1);
  return problem({
    subject: 'analytic geometry',
    level: 4,
    question: 'Which equation belongs to the line shown?\n<image1>',
    options: texts,
    answer: agreed('line', bySlope, byPoints),
    sheet,
  });
}

function reflectedPoint() {
  const [x, y] = [-2, 5];
  // The mirror image is as far from the axis on the other side: the midpoint lies on the axis.
  const mirrored = agreed('mirror image', -y, 2 * 0 - y);
  const sheet = new Sheet(330, 330);
  const plane = new CoordinatePlane(sheet, { x: [-5, 5], y: [-6, 6] });
  plane.point(x, y, 'P', [-12, -10]);
  return problem({
    subject: 'transformation geometry',
    level: 4,
    question: 'Point $P$ is reflected in the x-axis. What are the coordinates of its image?\n<image1>',
    answer: `(${x},${mirrored})`,
    sheet,
  });
}

const quarterTurn = (cells: readonly (readonly number[])[]): number[][] =>
  at(cells, 0).map((_, column) => cells.map((_row, line) => at(at(cells, cells.length - 1 - line), column)));

function turnedTile() {
  const tile = [
    [1, 1, 0],
    [1, 1, 0],
    [0, 1, 1],
  ];
  const turned = quarterTurn(tile);
  const mirror = (cells: readonly (readonly number[])[]): number[][] => cells.map((row) => [...row].reverse());
  const candidates = [tile, mirror(turned), turned, quarterTurn(turned), quarterTurn(quarterTurn(turned))];
  const asText = (cells: readonly (readonly number[])[]): string => cells.map((row) => row.join('')).join('/');
  const byTurn = letterOf(candidates, (cells) => asText(cells) === asText(turned));
  // A clockwise quarter turn takes the cell in line i, column j to line j, column n - 1 - i.
  const byCells = letterOf(candidates, (cells) =>
    tile.every((row, i) => row.every((value, j) => cells[j]?.[2 - i] === value)),
  );
  const paint = (cells: readonly (readonly number[])[]): string[][] =>
    cells.map((row) => row.map((value) => (value === 1 ? '#3b6fb6' : '#ffffff')));
  const sheet = new Sheet(560, 250);
  drawCells(sheet, [250, 18], 22, paint(tile));
  candidates.forEach((cells, index) => {
    drawCells(sheet, [28 + index * 108, 130], 22, paint(cells));
    sheet.text([61 + index * 108, 222], at(lettersOnly, index), { size: 13 });
  });
  return problem({
    subject: 'transformation geometry',
    level: 1,
    question: 'The tile above is given a quarter turn clockwise. Which picture shows it afterwards?\n<image1>',
    options: ['<image2>', '<image3>', '<image4>', '<image5>', '<image6>'],
    answer: agreed('turned tile', byTurn, byCells),
    sheet,
  });
}

function longestPath() {
  const paths: Point[][] = [
    [
      [0, 0],
      [4, 0],
      [4, 3],
    ],
    [
      [0, 3],
      [0, 0],
      [5, 0],
      [5, 2],
    ],
    [
      [0, 2],
      [2, 2],
      [2, 0],
      [5, 0],
    ],
    [
      [0, 3],
      [5, 3],
      [5, 0],
      [1, 0],
      [1, 1],
    ],
    [
      [0, 1],
      [3, 1],
      [3, 3],
      [5, 3],
      [5, 1],
    ],
  ];
  const lengths = paths.map((path) =>
    path
      .slice(1)
      .reduce((sum, [x, y], index) => sum + Math.abs(x - at(path, index)[0]) + Math.abs(y - at(path, index)[1]), 0),
  );
  const byMax = letterOf(lengths, (length) => length === Math.max(...lengths));
  const bySteps = letterOf(paths, (path) => path === [...paths].sort((a, b) => unitSteps(b) - unitSteps(a))[0]);
  const sheet = new Sheet(1400, 820);
  paths.forEach((path, index) => {
    const [left, top] = [70 + (index % 3) * 455, 60 + Math.floor(index / 3) * 390];
    drawCells(
      sheet,
      [left, top],
      70,
      Array.from({ length: 4 }, () => Array.from({ length: 5 }, () => '#ffffff')),
      { width: 1, stroke: '#c3c9d4' },
    );
    sheet.polyline(
      path.map(([x, y]): Point => [left + x * 70, top + y * 70]),
      { stroke: '#b3261e', width: 7 },
    );
    sheet.text([left + 175, top + 316], at(lettersOnly, index), { size: 30 });
  });
  return problem({
    subject: 'metric geometry - length',
    level: 3,
    question: 'Which of the five red paths is the longest?\n<image1>',
    options: lettersOnly,
    answer: agreed('longest path', byMax, bySteps),
    sheet,
    form: { kind: 'jpeg', quality: 45 },
  });
}

/** Length of a path along grid lines, counted in steps of one. */
function unitSteps(path: readonly Point[]): number {
  let [x, y] = at(path, 0);
  let steps = 0;
  for (const [toX, toY] of path.slice(1)) {
    while (x !== toX || y !== toY) {
      x += Math.sign(toX - x);
      y += Math.sign(toY - y);
      steps++;
    }
  }
  return steps;
}

export const gridProblems = [distanceOfPoints(), lineEquation(), reflectedPoint(), turnedTile(), longestPath()];
