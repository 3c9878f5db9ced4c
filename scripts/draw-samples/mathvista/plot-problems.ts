import { agreed, letterOf } from '../agreed.ts';
import type { Point } from '../drawing/sheet.ts';
import { Sheet } from '../drawing/sheet.ts';
import { chartFrame, colourOf } from '../figures/charts.ts';
import { CoordinatePlane } from '../figures/coordinate-plane.ts';
import { drawTable } from '../figures/table.ts';
import { at, seededRandom } from '../seeded-random.ts';
import { chartProblem, choiceText } from './mathvista-problem.ts';

function scatterTrend() {
  const random = seededRandom(21);
  const points = Array.from({ length: 16 }, (_, index) => [index + 1, 92 - index * 5 + random.between(-6, 6)] as const);
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [meanX, meanY] = [mean(points.map(([x]) => x)), mean(points.map(([, y]) => y))];
  const covariance = mean(points.map(([x, y]) => (x - meanX) * (y - meanY)));
  const halves = mean(points.slice(8).map(([, y]) => y)) - mean(points.slice(0, 8).map(([, y]) => y));
  const name = (value: number): string => (value > 0 ? 'positive' : value < 0 ? 'negative' : 'none');
  const sheet = new Sheet(400, 280);
  const frame = chartFrame(sheet, {
    title: 'Age of a car and its price',
    labels: points.map(([x]) => String(x)),
    top: 100,
    step: 20,
  });
  points.forEach(([, y], index) => {
    sheet.dot([frame.xOf(index), frame.yOf(y)], 4, '#3b6fb6');
  });
  return chartProblem({
    question: 'Which kind of correlation does the plot show?',
    choices: ['positive', 'negative', 'none'],
    answer: agreed('correlation', name(covariance), name(halves)),
    answerType: 'text',
    context: 'scatter plot',
    skills: ['statistical', 'scientific'],
    sheet,
    form: { kind: 'jpeg', grey: true },
  });
}

const cubic = (x: number): number => (x ** 3 - 4 * x) / 2;

function parityOfFunction() {
  const samples = [0.5, 1, 1.5, 2.5];
  const kinds = [
    samples.every((x) => cubic(-x) === cubic(x)) ? 'even' : '',
    samples.every((x) => cubic(-x) === -cubic(x)) ? 'odd' : '',
  ];
  const choices = ['even', 'odd', 'neither'];
  const sheet = new Sheet(320, 320);
  new CoordinatePlane(sheet, { x: [-4, 4], y: [-4, 4] }).curve(cubic);
  return chartProblem({
    question: 'Is the function shown even, odd, or neither?',
    choices,
    // A polynomial with odd powers only is odd.
    answer: agreed('parity', kinds.join('') || 'neither', 'odd'),
    answerType: 'text',
    source: 'DrawnFunctions',
    category: 'math-targeted-vqa',
    context: 'function plot',
    grade: 'college',
    skills: ['algebraic'],
    sheet,
  });
}

function zerosOfFunction() {
  const f = (x: number): number => ((x + 3) * (x + 1) * (x - 1) * (x - 3)) / 5;
  const roots = [-3, -1, 1, 3].filter((x) => f(x) === 0).length;
  let changes = 0;
  for (let step = 0; step < 801; step++) if (f(-4.003 + step / 100) * f(-3.993 + step / 100) < 0) changes++;
  const sheet = new Sheet(320, 320);
  new CoordinatePlane(sheet, { x: [-4, 4], y: [-4, 4] }).curve(f);
  return chartProblem({
    question: 'How many zeros does the function have between x = -4 and x = 4?',
    answer: String(agreed('zeros', roots, changes)),
    answerType: 'integer',
    source: 'DrawnFunctions',
    category: 'math-targeted-vqa',
    context: 'function plot',
    grade: 'high school',
    skills: ['algebraic', 'geometry'],
    sheet,
  });
}

function visitorsInTable() {
  const rows = [
    ['Day', 'Adults', 'Children'],
    ['Friday', '46', '38'],
    ['Saturday', '71', '95'],
    ['Sunday', '64', '80'],
  ];
  const children = rows.slice(1).map((row) => Number(at(row, 2)));
  const backwards = [...children].reverse().reduce((sum, value) => sum + value);
  const sheet = new Sheet(340, 200);
  drawTable(sheet, rows, 'Visitors of the zoo');
  return chartProblem({
    question: 'How many children came to the zoo on the three days together?',
    answer: String(agreed('children', 38 + 95 + 80, backwards)),
    answerType: 'integer',
    source: 'DrawnTables',
    category: 'math-targeted-vqa',
    task: 'math word problem',
    context: 'table',
    grade: 'elementary school',
    skills: ['arithmetic', 'statistical'],
    sheet,
  });
}

function priceOfShopping() {
  const cents = { pencil: 85, notebook: 240, eraser: 60 };
  const total = agreed(
    'shopping',
    (3 * cents.pencil + 2 * cents.notebook) / 100,
    Math.round((3 * 0.85 + 2 * 2.4) * 100) / 100,
  );
  const sheet = new Sheet(300, 190);
  drawTable(sheet, [
    ['Item', 'Price'],
    ...Object.entries(cents).map(([name, value]) => [name, `$${(value / 100).toFixed(2)}`]),
  ]);
  return chartProblem({
    question: 'Mara buys 3 pencils and 2 notebooks.\r\n\r\nHow many dollars does she pay?',
    precision: 2,
    answer: total.toFixed(2),
    answerType: 'float',
    source: 'DrawnTables',
    category: 'math-targeted-vqa',
    task: 'math word problem',
    context: 'table',
    grade: 'elementary school',
    skills: ['arithmetic'],
    sheet,
  });
}

function widestViolin() {
  const spreads = [18, 9, 30, 14];
  const names = ['North', 'East', 'South', 'West'];
  const byMax = letterOf(spreads, (spread) => spread === Math.max(...spreads));
  const bySort = letterOf(
    names,
    (name) =>
      name ===
      at(
        [...names].sort((a, b) => at(spreads, names.indexOf(b)) - at(spreads, names.indexOf(a))),
        0,
      ),
  );
  const sheet = new Sheet(400, 290);
  const frame = chartFrame(sheet, { title: 'Scores by school', labels: names, top: 100, step: 20 });
  spreads.forEach((spread, index) => {
    const middle = at([50, 62, 48, 70], index);
    const outline = (side: number): Point[] =>
      Array.from({ length: 41 }, (_, step): Point => {
        const away = (step - 20) / 20;
        return [
          frame.xOf(index) + side * 30 * Math.exp(-3 * away ** 2) * (1 - away ** 4),
          frame.yOf(middle + away * spread),
        ];
      });
    sheet.polygon([...outline(-1), ...outline(1).reverse()], { fill: colourOf(index), width: 1.2, opacity: 0.85 });
    sheet.dot([frame.xOf(index), frame.yOf(middle)], 3.5, '#ffffff');
  });
  return chartProblem({
    question: 'The scores of which school spread over the widest range?',
    choices: names,
    answer: choiceText(names, agreed('widest violin', byMax, bySort)),
    answerType: 'text',
    context: 'violin plot',
    grade: 'college',
    skills: ['statistical'],
    sheet,
  });
}

function densestRegion() {
  const shades = ['#e3eef9', '#a9cbe8', '#5f9bd0', '#1f5b9c'];
  const regions: readonly (readonly [string, number, readonly Point[]])[] = [
    [
      'Aldo',
      1,
      [
        [30, 60],
        [150, 40],
        [170, 130],
        [60, 150],
      ],
    ],
    [
      'Bren',
      3,
      [
        [150, 40],
        [300, 70],
        [280, 140],
        [170, 130],
      ],
    ],
    [
      'Cavo',
      0,
      [
        [60, 150],
        [170, 130],
        [190, 240],
        [80, 230],
      ],
    ],
    [
      'Dorn',
      2,
      [
        [170, 130],
        [280, 140],
        [300, 225],
        [190, 240],
      ],
    ],
  ];
  const sheet = new Sheet(430, 280);
  sheet.text([215, 18], 'People per square kilometre');
  for (const [name, shade, corners] of regions) {
    sheet.polygon(corners, { fill: at(shades, shade), width: 1.6 });
    const [x, y] = [0, 1].map((axis) => corners.reduce((sum, corner) => sum + (corner[axis] ?? 0), 0) / 4) as [
      number,
      number,
    ];
    sheet.text([x, y], name, { size: 11, colour: shade === 3 ? '#ffffff' : '#1f2430' });
  }
  ['0-50', '50-100', '100-200', '200-400'].forEach((label, index) => {
    sheet
      .rectangle([325, 90 + index * 28], 18, 18, { fill: at(shades, index), width: 1 })
      .text([350, 99 + index * 28], label, { size: 9, anchor: 'start' });
  });
  const names = regions.map(([name]) => name);
  return chartProblem({
    question: 'Which region has the highest population density?',
    choices: names,
    answer: agreed(
      'densest region',
      at(
        [...regions].sort((a, b) => b[1] - a[1]),
        0,
      )[0],
      choiceText(
        names,
        letterOf(regions, ([, shade]) => shade === shades.length - 1),
      ),
    ),
    answerType: 'text',
    context: 'map chart',
    skills: ['statistical', 'logical'],
    sheet,
  });
}

export const plotProblems = [
  scatterTrend(),
  parityOfFunction(),
  zerosOfFunction(),
  visitorsInTable(),
  priceOfShopping(),
  widestViolin(),
  densestRegion(),
];
