import { agreed, letterOf } from '../agreed.ts';
import type { Point } from '../drawing/sheet.ts';
import { polar, Sheet } from '../drawing/sheet.ts';
import {
  angleAt,
  distance,
  labelSegment,
  markAngle,
  markRightAngle,
  nameCorners,
  polygonArea,
} from '../figures/geometry-marks.ts';
import type { MathvistaProblem } from './mathvista-problem.ts';
import { choiceText, problem } from './mathvista-problem.ts';

const geometry: Pick<MathvistaProblem, 'source' | 'category' | 'task' | 'context' | 'grade'> = {
  source: 'DrawnGeometry',
  category: 'math-targeted-vqa',
  task: 'geometry problem solving',
  context: 'geometry diagram',
  grade: 'high school',
};

function anglesBetweenParallels() {
  const [upper, lower] = [60, 150];
  const slope = 62;
  const [P, Q]: [Point, Point] = [
    [150, upper],
    polar([150, upper], (lower - upper) / Math.sin((slope * Math.PI) / 180), 180 + slope),
  ];
  const choices = ['28°', '62°', '118°', '128°'];
  const measured = Math.round(angleAt(Q, [Q[0] + 50, lower], [2 * Q[0] - P[0], 2 * Q[1] - P[1]]) * 1e6) / 1e6;
  const size = agreed('angle between parallels', 180 - slope, measured);
  const sheet = new Sheet(320, 220);
  sheet.line([25, upper], [295, upper], { width: 2 }).line([25, lower], [295, lower], { width: 2 });
  sheet.line(polar(P, 50, slope), polar(Q, 60, 180 + slope), { width: 2 });
  sheet.text([306, upper], 'a').text([306, lower], 'b');
  markAngle(sheet, P, [295, upper], polar(P, 50, slope), '62°', 22, 44);
  markAngle(sheet, Q, [295, lower], polar(Q, 60, 180 + slope), '1', 20, 34);
  return problem({
    ...geometry,
    question: '如图，直线 a 与直线 b 平行，同一条直线与它们相交。图中 ∠1 等于多少度？',
    choices,
    answer: choiceText(
      choices,
      letterOf(choices, (choice) => choice === `${size}°`),
    ),
    answerType: 'text',
    language: 'chinese',
    skills: ['geometry', 'algebraic'],
    sheet,
  });
}

function hypotenuse() {
  const unit = 13;
  const [A, B, C]: [Point, Point, Point] = [
    [45, 200],
    [45 + 15 * unit, 200],
    [45, 200 - 8 * unit],
  ];
  const length = agreed('hypotenuse', Math.sqrt(8 ** 2 + 15 ** 2), Math.round((distance(B, C) / unit) * 1e9) / 1e9);
  const sheet = new Sheet(300, 250);
  sheet.polygon([A, B, C], { width: 2 });
  markRightAngle(sheet, A, B, C);
  nameCorners(sheet, { A, B, C });
  labelSegment(sheet, A, B, '15', C);
  labelSegment(sheet, A, C, '8', B);
  return problem({
    ...geometry,
    question: 'How long is side BC of the triangle?',
    answer: String(length),
    answerType: 'integer',
    skills: ['geometry', 'algebraic', 'arithmetic'],
    sheet,
  });
}

function arcLength() {
  const [radius, degrees] = [3, 60];
  const chords = Array.from({ length: 100000 }, () => 2 * radius * Math.sin((degrees * Math.PI) / 180 / 200000)).reduce(
    (sum, chord) => sum + chord,
    0,
  );
  const [exact, approximate] = [(radius * degrees * Math.PI) / 180, chords];
  const sheet = new Sheet(300, 250);
  const O: Point = [55, 205];
  sheet.sector(O, 190, 0, degrees, { fill: '#eef3fb', width: 2 });
  markAngle(sheet, O, polar(O, 190, 0), polar(O, 190, degrees), '60°', 30, 52);
  sheet.text([O[0] - 12, O[1] + 10], 'O', { size: 12 });
  labelSegment(sheet, O, polar(O, 190, 0), '3 m', polar(O, 190, degrees));
  return problem({
    ...geometry,
    question: 'How many metres long is the arc of the sector with centre O?',
    precision: 2,
    answer: agreed('arc', exact.toFixed(2), approximate.toFixed(2)),
    answerType: 'float',
    skills: ['geometry', 'arithmetic'],
    sheet,
  });
}

function persianRectangle() {
  const [width, height] = [8, 3];
  const [A, B, C, D]: [Point, Point, Point, Point] = [
    [40, 150],
    [280, 150],
    [280, 60],
    [40, 60],
  ];
  const area = agreed('rectangle', width * height, polygonArea([A, B, C, D]) / 30 ** 2);
  const sheet = new Sheet(330, 200);
  sheet.polygon([A, B, C, D], { fill: '#fbf2dc', width: 2 });
  labelSegment(sheet, A, B, '8 cm', C);
  labelSegment(sheet, B, C, '3 cm', A);
  return problem({
    ...geometry,
    question: 'مساحت این مستطیل چند سانتی‌متر مربع است؟',
    answer: String(area),
    answerType: 'integer',
    language: 'persian',
    grade: 'elementary school',
    skills: ['geometry', 'arithmetic'],
    sheet,
  });
}

function inscribedAngle() {
  const O: Point = [150, 140];
  const [A, B, C] = [polar(O, 105, 215), polar(O, 105, 325), polar(O, 105, 80)];
  const central = Math.round(angleAt(O, A, B) * 1e6) / 1e6;
  const choices = ['35°', '55°', '70°', '110°', '125°', '145°', '27.5°', '90°'];
  const size = agreed('inscribed angle', central / 2, Math.round(angleAt(C, A, B) * 1e6) / 1e6);
  const sheet = new Sheet(300, 280);
  sheet.circle(O, 105, { width: 2 }).polyline([A, O, B]).polyline([A, C, B]).dot(O);
  sheet.text([O[0], O[1] - 13], 'O', { size: 11 });
  nameCorners(sheet, { A, B, C }, O);
  markAngle(sheet, O, A, B, `${central}°`, 20, 36);
  return problem({
    ...geometry,
    question: 'O is the centre of the circle. How large is angle ACB?',
    choices,
    answer: choiceText(
      choices,
      letterOf(choices, (choice) => choice === `${size}°`),
    ),
    answerType: 'text',
    skills: ['geometry', 'logical'],
    sheet,
  });
}

export const geometryProblems = [
  anglesBetweenParallels(),
  hypotenuse(),
  arcLength(),
  persianRectangle(),
  inscribedAngle(),
];
