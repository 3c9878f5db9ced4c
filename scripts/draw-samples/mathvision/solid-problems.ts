import { agreed, letterOf } from '../agreed.ts';
import { Sheet } from '../drawing/sheet.ts';
import { labelSegment } from '../figures/geometry-marks.ts';
import { drawCells } from '../figures/shapes.ts';
import { drawCubeTowers, drawCuboid } from '../figures/solids.ts';
import { at } from '../seeded-random.ts';
import { lettersOnly, problem } from './mathvision-problem.ts';

function cuboidVolume() {
  const [width, height, depth] = [6, 4, 3];
  const options = [72, 13, 52, 24, 108];
  let layers = 0;
  for (let layer = 0; layer < height; layer++) layers += width * depth;
  const volume = agreed('cuboid', width * height * depth, layers);
  const sheet = new Sheet(340, 240);
  const { below, above } = drawCuboid(sheet, [40, 200], 180, 120, 90);
  labelSegment(sheet, below[0], below[1], '6 cm', above[0]);
  labelSegment(sheet, below[1], below[2], '3 cm', above[0], 6);
  labelSegment(sheet, below[2], above[2], '4 cm', above[0]);
  return problem({
    subject: 'solid geometry',
    level: 2,
    question: 'What is the volume of this box in cubic centimetres?\n<image1>',
    options: options.map(String),
    answer: letterOf(options, (option) => option === volume),
    sheet,
  });
}

function frontView() {
  const plan = [
    [2, 1, 3],
    [1, 1, 2],
    [3, 1, 1],
  ];
  const seen = at(plan, 0).map((_, column) => Math.max(...plan.map((row) => at(row, column))));
  const views = [
    [2, 1, 3],
    [3, 1, 3],
    [3, 2, 3],
    [3, 1, 1],
    [3, 3, 1],
  ];
  const byColumn = letterOf(views, (view) => view.join() === seen.join());
  const tallest = (column: number): number =>
    [3, 2, 1].find((level) => plan.some((row) => at(row, column) >= level)) ?? 0;
  const byLevel = letterOf(views, (view) => view.every((height, column) => height === tallest(column)));
  const sheet = new Sheet(560, 290);
  plan.forEach((row, line) => {
    row.forEach((height, column) => {
      sheet
        .rectangle([235 + column * 30, 12 + line * 30], 30, 30, { fill: '#f7edd2' })
        .text([250 + column * 30, 27 + line * 30], String(height), { size: 11 });
    });
  });
  sheet.arrow([280, 138], [280, 110]).text([280, 150], 'front', { size: 9 });
  views.forEach((view, index) => {
    const cells = [3, 2, 1].map((level) => view.map((height) => (height >= level ? '#9db8e0' : '#ffffff')));
    drawCells(sheet, [22 + index * 108, 172], 27, cells, { stroke: '#c3c9d4', width: 1 });
    view.forEach((height, column) => {
      drawCells(
        sheet,
        [22 + index * 108 + column * 27, 172 + (3 - height) * 27],
        27,
        Array.from({ length: height }, () => ['#9db8e0']),
        { width: 1.4 },
      );
    });
    sheet.text([62 + index * 108, 272], at(lettersOnly, index), { size: 13 });
  });
  return problem({
    subject: 'descriptive geometry',
    level: 4,
    question:
      'The plan shows from above how many cubes are piled on each square. Which picture is the view from the front?\n<image1>',
    options: lettersOnly,
    answer: agreed('front view', byColumn, byLevel),
    sheet,
  });
}

function cubesInPile() {
  const heights = [
    [3, 2, 1],
    [2, 1, 1],
    [1, 1, 0],
  ];
  const byTowers = heights.flat().reduce((sum, height) => sum + height, 0);
  const byLevels = [1, 2, 3]
    .map((level) => heights.flat().filter((height) => height >= level).length)
    .reduce((sum, count) => sum + count, 0);
  const sheet = new Sheet(330, 280);
  drawCubeTowers(sheet, [165, 130], heights, 42);
  return problem({
    subject: 'descriptive geometry',
    level: 2,
    question: 'The pile stands in the corner of a room and has no gaps. How many cubes is it made of?\n<image1>',
    answer: String(agreed('cubes in the pile', byTowers, byLevels)),
    sheet,
  });
}

export const solidProblems = [cuboidVolume(), frontView(), cubesInPile()];
