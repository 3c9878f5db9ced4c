import { agreed, letterOf } from '../agreed.ts';
import type { Point } from '../drawing/sheet.ts';
import { Sheet } from '../drawing/sheet.ts';
import type { Edge, Places } from '../figures/network.ts';
import { drawNetwork, neighbours } from '../figures/network.ts';
import { drawShape } from '../figures/shapes.ts';
import { at } from '../seeded-random.ts';
import { lettersOnly, problem } from './mathvision-problem.ts';

const townPlaces: Places = { P: [40, 130], Q: [150, 40], R: [150, 215], S: [275, 55], T: [380, 140], U: [270, 215] };

function shortestRoad() {
  const roads: Edge[] = [
    ['P', 'Q', 4],
    ['P', 'R', 7],
    ['Q', 'R', 2],
    ['Q', 'S', 6],
    ['R', 'U', 5],
    ['S', 'U', 1],
    ['S', 'T', 5],
    ['U', 'T', 3],
  ];
  const byNode = neighbours(townPlaces, roads);
  const every: number[] = [];
  const walk = (node: string, seen: readonly string[], length: number): void => {
    if (node === 'T') every.push(length);
    else
      for (const [next, step] of byNode.get(node) ?? [])
        if (!seen.includes(next)) walk(next, [...seen, next], length + step);
  };
  walk('P', ['P'], 0);
  const sheet = new Sheet(420, 260);
  drawNetwork(sheet, townPlaces, roads);
  return problem({
    subject: 'graph theory',
    level: 3,
    question: 'The numbers are lengths of roads in km. How many km long is the shortest way from $P$ to $T$?\n<image1>',
    answer: String(agreed('shortest road', Math.min(...every), relaxed(roads, 'P', 'T'))),
    sheet,
  });
}

/** Shortest length by relaxing every edge again and again. */
function relaxed(edges: readonly Edge[], start: string, end: string): number {
  const best = new Map([[start, 0]]);
  for (let round = 0; round < edges.length; round++) {
    for (const [a, b, length = 1] of edges) {
      for (const [from, to] of [
        [a, b],
        [b, a],
      ] as const) {
        best.set(to, Math.min(best.get(to) ?? Infinity, (best.get(from) ?? Infinity) + length));
      }
    }
  }
  return best.get(end) ?? Infinity;
}

function busiestTown() {
  const places: Places = { P: [50, 60], Q: [210, 40], R: [350, 90], S: [250, 205], T: [80, 200] };
  const roads: Edge[] = [
    ['P', 'Q'],
    ['P', 'T'],
    ['Q', 'R'],
    ['Q', 'S'],
    ['Q', 'T'],
    ['R', 'S'],
    ['S', 'T'],
  ];
  const names = Object.keys(places);
  const odd = (name: string): boolean => roads.filter(([from, to]) => from === name || to === name).length === 4;
  const degrees = neighbours(places, roads);
  const sheet = new Sheet(400, 250);
  drawNetwork(sheet, places, roads, '#d9ecd4');
  return problem({
    subject: 'graph theory',
    level: 2,
    question: 'Which town has the most direct roads?\n<image1>',
    options: names,
    answer: agreed(
      'busiest town',
      letterOf(names, odd),
      letterOf(names, (name) => degrees.get(name)?.size === Math.max(...[...degrees.values()].map((set) => set.size))),
    ),
    sheet,
  });
}

const puzzle = ['1..4', '..1.', '2...', '.3..'];

function smallSudoku() {
  const solutions = solveSudoku(puzzle.map((row) => [...row]));
  const [solution] = solutions;
  if (solution === undefined || solutions.length !== 1)
    throw new Error(`The small sudoku has ${solutions.length} solutions.`);
  const answer = agreed('sudoku', solution.join('/'), completedRows().join('/')).split('/')[2]?.charAt(3) ?? '';
  const sheet = new Sheet(260, 260);
  puzzle.forEach((row, line) => {
    [...row].forEach((cell, column) => {
      const isAsked = line === 2 && column === 3;
      sheet.rectangle([30 + column * 50, 30 + line * 50], 50, 50, { fill: isAsked ? '#f7dfc4' : '#ffffff', width: 1 });
      sheet.text([55 + column * 50, 55 + line * 50], isAsked ? '?' : cell === '.' ? '' : cell, { size: 17 });
    });
  });
  for (const offset of [30, 130, 230])
    sheet.line([30, offset], [230, offset], { width: 3 }).line([offset, 30], [offset, 230], { width: 3 });
  return problem({
    subject: 'logic',
    level: 5,
    question:
      'Every row, every column and every bold $2 \\times 2$ square holds each of the digits $1$ to $4$ once. Which digit belongs at the question mark?\n<image1>',
    answer,
    sheet,
  });
}

function solveSudoku(cells: readonly (readonly string[])[]): string[][] {
  const open = cells
    .flatMap((row, line) => row.map((cell, column) => ({ cell, line, column })))
    .find(({ cell }) => cell === '.');
  if (open === undefined) return [cells.map((row) => row.join(''))];
  const { line, column } = open;
  return ['1', '2', '3', '4'].flatMap((digit) => {
    const clash = cells.some((row, r) =>
      row.some(
        (cell, c) => cell === digit && (r === line || c === column || (r >> 1 === line >> 1 && c >> 1 === column >> 1)),
      ),
    );
    if (clash) return [];
    return solveSudoku(cells.map((row, r) => row.map((cell, c) => (r === line && c === column ? digit : cell))));
  });
}

/** The same puzzle by trying every arrangement of every row. */
function completedRows(): string[] {
  const arrange = (digits: readonly string[]): string[] =>
    digits.length === 0
      ? ['']
      : digits.flatMap((digit) => arrange(digits.filter((other) => other !== digit)).map((rest) => digit + rest));
  const rows = puzzle.map((clues) =>
    arrange(['1', '2', '3', '4']).filter((row) =>
      [...clues].every((clue, index) => clue === '.' || clue === row.charAt(index)),
    ),
  );
  const distinct = (digits: string): boolean => new Set(digits).size === 4;
  const complete = (grid: readonly string[]): boolean =>
    [0, 1, 2, 3].every((column) => distinct(grid.map((row) => row.charAt(column)).join(''))) &&
    [0, 2].every((top) =>
      [0, 2].every((left) => distinct(at(grid, top).slice(left, left + 2) + at(grid, top + 1).slice(left, left + 2))),
    );
  const grids = rows.reduce<string[][]>(
    (partial, candidates) => partial.flatMap((grid) => candidates.map((row) => [...grid, row])),
    [[]],
  );
  return at(grids.filter(complete), 0);
}

function heaviestShape() {
  const heavier = [
    ['square', 'circle'],
    ['triangle', 'square'],
    ['circle', 'star'],
  ] as const;
  const names = ['circle', 'square', 'star', 'triangle'] as const;
  const options = [...names, 'cannot be known'];
  const neverLighter = letterOf(
    options,
    (option) => option !== 'cannot be known' && !heavier.some(([, light]) => light === option),
  );
  const above = (name: string): string[] =>
    heavier.filter(([heavy]) => heavy === name).flatMap(([, light]) => [light, ...above(light)]);
  const sheet = new Sheet(560, 180);
  heavier.forEach(([heavy, light], index) => {
    const x = 20 + index * 182;
    const [down, up]: [Point, Point] = [
      [x + 22, 112],
      [x + 140, 72],
    ];
    sheet.line(down, up, { width: 4 }).polygon(
      [
        [x + 81, 94],
        [x + 62, 150],
        [x + 100, 150],
      ],
      { fill: '#c8ced9' },
    );
    drawShape(sheet, heavy, [down[0], down[1] - 20], 15, { fill: '#f3c14b' });
    drawShape(sheet, light, [up[0], up[1] - 20], 15, { fill: '#7fb2e5' });
  });
  return problem({
    subject: 'logic',
    level: 3,
    question: 'On each scale the heavier side is down. Which shape is the heaviest?\n<image1>',
    options,
    answer: agreed(
      'heaviest shape',
      neverLighter,
      letterOf(options, (option) => above(option).length === names.length - 1),
    ),
    sheet,
  });
}

function differentHoles() {
  const holes = [1, 1, 2, 1, 1];
  const sheet = new Sheet(560, 170);
  const solid = { fill: '#5b7fb5', stroke: '#2b3a57' };
  const open = { fill: '#ffffff', stroke: '#2b3a57' };
  const x = (index: number): number => 60 + index * 110;
  sheet.circle([x(0), 72], 42, solid).circle([x(0), 72], 18, open);
  sheet.rectangle([x(1) - 40, 32], 80, 80, solid).rectangle([x(1) - 24, 42], 20, 56, open);
  sheet
    .ellipse([x(2), 72], 48, 34, solid)
    .circle([x(2) - 19, 72], 11, open)
    .circle([x(2) + 19, 72], 11, open);
  sheet
    .polygon(
      [
        [x(3), 24],
        [x(3) + 48, 114],
        [x(3) - 48, 114],
      ],
      solid,
    )
    .polygon(
      [
        [x(3), 66],
        [x(3) + 17, 98],
        [x(3) - 17, 98],
      ],
      open,
    );
  sheet
    .path(`M${x(4) - 40} 40H${x(4) + 40}V70H${x(4) + 10}V112H${x(4) - 40}Z`, solid)
    .circle([x(4) - 16, 66], 12, open);
  holes.forEach((_, index) => {
    sheet.text([x(index), 146], at(lettersOnly, index), { size: 13 });
  });
  return problem({
    subject: 'topology',
    level: 3,
    question:
      'The shapes are cut from rubber. Which of (A), (B), (C), (D), (E) cannot be stretched into the shape of one of the others?\n<image1>',
    answer: agreed(
      'different holes',
      at(lettersOnly, holes.indexOf(2)),
      letterOf(holes, (count) => holes.filter((other) => other === count).length === 1),
    ),
    sheet,
  });
}

const circles: readonly { centre: Point; radius: number }[] = [
  { centre: [140, 115], radius: 82 },
  { centre: [225, 115], radius: 82 },
  { centre: [182, 185], radius: 82 },
];

function regionsOfCircles() {
  // Euler: every pair of circles crosses twice, so V = 6, E = 12 and F = E - V + 2.
  const byEuler = 2 * 6 - 6 + 2;
  const memberships = new Set<string>();
  for (let y = 0; y < 300; y++) {
    for (let x = 0; x < 360; x++)
      memberships.add(
        circles.map(({ centre, radius }) => (Math.hypot(x - centre[0], y - centre[1]) < radius ? 'in' : 'out')).join(),
      );
  }
  const sheet = new Sheet(360, 300);
  for (const { centre, radius } of circles) sheet.circle(centre, radius, { width: 2.4 });
  return problem({
    subject: 'topology',
    level: 5,
    question: 'Into how many regions do the three circles divide the plane, the outer region counted?\n<image1>',
    answer: String(agreed('regions', byEuler, memberships.size)),
    sheet,
  });
}

export const reasoningProblems = [
  shortestRoad(),
  busiestTown(),
  smallSudoku(),
  heaviestShape(),
  differentHoles(),
  regionsOfCircles(),
];
