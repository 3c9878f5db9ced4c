import { agreed, letterOf } from '../agreed.ts';
import type { Point } from '../drawing/sheet.ts';
import { Sheet } from '../drawing/sheet.ts';
import type { ShapeName } from '../figures/shapes.ts';
import { drawCells, drawShape, regularPolygon } from '../figures/shapes.ts';
import { at, seededRandom } from '../seeded-random.ts';
import { lettersOnly, problem } from './mathvision-problem.ts';

function countTriangles() {
  const random = seededRandom(7);
  const wanted: Record<ShapeName, number> = { triangle: 7, circle: 6, square: 5, star: 2 };
  const names = random.shuffled(
    Object.entries(wanted).flatMap(([name, count]) => Array.from({ length: count }, () => name as ShapeName)),
  );
  const sheet = new Sheet(400, 300);
  names.forEach((name, index) => {
    const centre: Point = [
      50 + (index % 5) * 75 + random.between(-9, 9),
      42 + Math.floor(index / 5) * 72 + random.between(-8, 8),
    ];
    drawShape(sheet, name, centre, random.between(15, 22), {
      fill: random.pick(['#f3c14b', '#7fb2e5', '#e58f8f', '#9fce8a']),
    });
  });
  return problem({
    subject: 'counting',
    level: 1,
    question: 'How many triangles are in the picture?\n<image1>',
    answer: `${agreed('triangles', wanted.triangle, names.filter((name) => name === 'triangle').length)} `,
    sheet,
  });
}

function tinyGrid() {
  const cells = ['X.X', '.X.', 'XX.'];
  const black = cells.join('').split('X').length - 1;
  const sheet = new Sheet(24, 24);
  drawCells(
    sheet,
    [0, 0],
    8,
    cells.map((row) => [...row].map((cell) => (cell === 'X' ? '#000000' : '#ffffff'))),
    { stroke: '#8f8f8f', width: 0.6 },
  );
  return problem({
    subject: 'counting',
    level: 1,
    question: 'How many of the nine squares are black?\n<image1>',
    answer: String(agreed('black squares', black, [...cells.join('')].filter((cell) => cell === 'X').length)),
    sheet,
    form: { kind: 'jpeg', quality: 92 },
  });
}

const choose = (n: number, k: number): number => (k === 0 ? 1 : (choose(n - 1, k - 1) * n) / k);

function latticePaths() {
  const [columns, rows] = [4, 3];
  const ways = Array.from({ length: rows + 1 }, () => Array.from({ length: columns + 1 }, () => 1));
  for (let row = 1; row <= rows; row++) {
    for (let column = 1; column <= columns; column++)
      at(ways, row)[column] = at(at(ways, row - 1), column) + at(at(ways, row), column - 1);
  }
  const sheet = new Sheet(340, 270);
  drawCells(
    sheet,
    [50, 45],
    60,
    Array.from({ length: rows }, () => Array.from({ length: columns }, () => '#ffffff')),
    { width: 2 },
  );
  sheet
    .dot([50, 225], 6, '#b3261e')
    .dot([290, 45], 6, '#b3261e')
    .text([32, 240], 'A', { size: 14 })
    .text([308, 30], 'B', { size: 14 });
  return problem({
    subject: 'combinatorics',
    level: 4,
    question: 'The lines are streets. How many shortest ways lead from $A$ to $B$?\n<image1>',
    answer: String(agreed('lattice paths', at(at(ways, rows), columns), choose(columns + rows, rows))),
    sheet,
  });
}

function routesOverTown() {
  const [first, second] = [3, 4];
  const listed = Array.from({ length: first }, (_, i) =>
    Array.from({ length: second }, (_ignored, j) => `${i}${j}`),
  ).flat();
  const options = [7, 10, 12, 14, 24];
  const sheet = new Sheet(420, 170);
  const [A, B, C]: [Point, Point, Point] = [
    [40, 85],
    [205, 85],
    [375, 85],
  ];
  const bundle = (from: Point, to: Point, count: number): void => {
    for (let index = 0; index < count; index++) {
      const bend = (index - (count - 1) / 2) * 62;
      sheet.path(
        `M${from[0]} ${from[1]}C${from[0] + 45} ${from[1] + bend} ${to[0] - 45} ${to[1] + bend} ${to[0]} ${to[1]}`,
        { width: 2.2, stroke: '#4b5b78' },
      );
    }
  };
  bundle(A, B, first);
  bundle(B, C, second);
  for (const [name, point] of Object.entries({ A, B, C }))
    sheet.circle(point, 15, { fill: '#f4e7c5' }).text(point, name, { size: 12 });
  return problem({
    subject: 'combinatorics',
    level: 2,
    question: 'In how many ways can one travel from $A$ over $B$ to $C$ without turning back?\n<image1>',
    options: options.map(String),
    answer: letterOf(options, (option) => option === agreed('routes', first * second, listed.length)),
    sheet,
  });
}

function rectanglesInGrid() {
  const [columns, rows] = [4, 2];
  let counted = 0;
  for (let left = 0; left < columns; left++) {
    for (let right = left + 1; right <= columns; right++) {
      for (let top = 0; top < rows; top++) counted += rows - top;
    }
  }
  const sheet = new Sheet(330, 190);
  drawCells(
    sheet,
    [35, 30],
    65,
    Array.from({ length: rows }, () => Array.from({ length: columns }, () => '#fbf7ea')),
    { width: 2 },
  );
  return problem({
    subject: 'combinatorial geometry',
    level: 3,
    question: 'How many rectangles, squares among them, can be seen in the figure?\n<image1>',
    answer: String(agreed('rectangles', counted, choose(columns + 1, 2) * choose(rows + 1, 2))),
    sheet,
    form: { kind: 'jpeg', grey: true },
  });
}

function mostCorners() {
  const sides = [5, 7, 4, 6, 8];
  const sheet = new Sheet(560, 160);
  sides.forEach((count, index) => {
    sheet.polygon(regularPolygon([60 + index * 110, 68], 44, count, 90 + index * 9), { fill: '#e7eef9', width: 2 });
    sheet.text([60 + index * 110, 138], at(lettersOnly, index), { size: 13 });
  });
  return problem({
    subject: 'combinatorial geometry',
    level: 1,
    question: 'Which shape has the most corners?\n<image1>',
    options: lettersOnly,
    answer: agreed(
      'most corners',
      letterOf(sides, (count) => count === 8),
      at(lettersOnly, sides.indexOf(Math.max(...sides))),
    ),
    sheet,
  });
}

export const countingProblems = [
  countTriangles(),
  tinyGrid(),
  latticePaths(),
  routesOverTown(),
  rectanglesInGrid(),
  mostCorners(),
];
