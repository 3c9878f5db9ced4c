import { agreed, letterOf } from '../agreed.ts';
import type { Point } from '../drawing/sheet.ts';
import { polar, Sheet } from '../drawing/sheet.ts';
import {
  angleAt,
  beyond,
  centreOf,
  distance,
  labelSegment,
  markAngle,
  markRightAngle,
  nameCorners,
  polygonArea,
} from '../figures/geometry-marks.ts';
import { drawCells, regularPolygon } from '../figures/shapes.ts';
import { at } from '../seeded-random.ts';
import { problem } from './mathvision-problem.ts';

function pentagonAngle() {
  const points = regularPolygon([160, 145], 110, 5);
  const [A, B, C, D, E] = [0, 1, 2, 3, 4].map((index) => at(points, index)) as [Point, Point, Point, Point, Point];
  const degrees = agreed('angle in the pentagon', 180 / 5, Math.round(angleAt(A, C, D) * 1e6) / 1e6);
  const sheet = new Sheet(320, 290);
  sheet.polygon(points, { width: 2 }).polyline([C, A, D]);
  nameCorners(sheet, { A, B, C, D, E });
  markAngle(sheet, A, C, D, '?', 34, 50);
  return problem({
    subject: 'metric geometry - angle',
    level: 4,
    question: '$ABCDE$ is a regular pentagon. How many degrees is angle $CAD$?\n<image1>',
    answer: `${degrees}{degrees}`,
    sheet,
  });
}

function angleOnLine() {
  const O: Point = [180, 160];
  const [left, right] = [polar(O, 150, 180), polar(O, 150, 0)];
  const [first, second] = [polar(O, 130, 180 - 48), polar(O, 130, 67)];
  const options = [55, 65, 67, 75, 115];
  const unknown = agreed('angle on a line', 180 - 48 - 67, Math.round(angleAt(O, first, second) * 1e6) / 1e6);
  const sheet = new Sheet(360, 200);
  sheet.line(left, right, { width: 2 }).line(O, first).line(O, second).dot(O);
  markAngle(sheet, O, left, first, '48°', 34, 58);
  markAngle(sheet, O, second, right, '67°', 34, 58);
  markAngle(sheet, O, first, second, 'x', 26, 44);
  return problem({
    subject: 'metric geometry - angle',
    level: 2,
    question: 'How large is angle $x$?\n<image1>',
    options: options.map((option) => `$${option}^\\circ$`),
    answer: letterOf(options, (option) => option === unknown),
    sheet,
  });
}

function squareWithoutQuarter() {
  const [side, pi] = [6, 3.14];
  // In hundredths, so that no binary fraction enters.
  const hundredths = side * side * 100 - (314 * side * side) / 4;
  const rest = agreed(
    'square without its quarter disc',
    Math.round((side * side - (pi * side * side) / 4) * 100) / 100,
    hundredths / 100,
  );
  const sheet = new Sheet(280, 280);
  const [A, B, C, D]: [Point, Point, Point, Point] = [
    [45, 235],
    [235, 235],
    [235, 45],
    [45, 45],
  ];
  sheet.polygon([A, B, C, D], { fill: '#9db8e0', width: 2 }).sector(A, 190, 0, 90, { fill: '#ffffff', width: 1.8 });
  labelSegment(sheet, A, B, '6 cm', C);
  return problem({
    subject: 'metric geometry - area',
    level: 4,
    question:
      'A quarter disc is cut out of a square with side $6$ cm. How many square centimetres is the shaded rest? Use $\\pi = 3.14$.\n<image1>',
    answer: rest.toFixed(2),
    sheet,
  });
}

function areaOnGrid() {
  const corners: Point[] = [
    [1, 4],
    [1, 1],
    [4, 1],
    [4, 2],
    [6, 2],
    [6, 4],
  ];
  const options = [11, 12, 13, 14, 15];
  const area = agreed('area on the grid', polygonArea(corners), 3 * 3 + 2 * 2);
  const sheet = new Sheet(330, 240);
  drawCells(
    sheet,
    [25, 20],
    40,
    Array.from({ length: 5 }, () => Array.from({ length: 7 }, () => '#ffffff')),
    { stroke: '#c3c9d4', width: 1 },
  );
  sheet.polygon(
    corners.map(([x, y]): Point => [25 + x * 40, 20 + y * 40]),
    { fill: '#a9cfa0', width: 2.4 },
  );
  return problem({
    subject: 'metric geometry - area',
    level: 1,
    question: 'One small square has area $1$. What is the area of the green shape?\n<image1>',
    options: options.map(String),
    answer: letterOf(options, (option) => option === area),
    sheet,
  });
}

function altitudeOfRightTriangle() {
  const unit = 52;
  const C: Point = [60, 215];
  const A: Point = [60, 215 - 3 * unit];
  const B: Point = [60 + 4 * unit, 215];
  const foot: Point = [A[0] + (B[0] - A[0]) * (9 / 25), A[1] + (B[1] - A[1]) * (9 / 25)];
  const height = agreed('altitude', 12 / 5, Math.round((distance(C, foot) / unit) * 1e9) / 1e9);
  const sheet = new Sheet(330, 260);
  sheet.polygon([A, B, C], { width: 2 }).line(C, foot, { dash: '5 4' });
  markRightAngle(sheet, C, A, B);
  markRightAngle(sheet, foot, C, B, 9);
  nameCorners(sheet, { A, B, C });
  sheet.text(beyond(C, foot, 14), 'H', { size: 12 });
  labelSegment(sheet, A, C, '3', B);
  labelSegment(sheet, C, B, '4', A);
  return problem({
    subject: 'metric geometry - length',
    level: 5,
    question:
      'Triangle $ABC$ has its right angle at $C$, with $AC = 3$ and $BC = 4$. How long is the altitude $CH$?\n<image1>',
    answer: `$\\boxed{\\frac{${height * 5}}{5}}$`,
    sheet,
  });
}

function tetrahedronSurface() {
  const edge = 4;
  const face = polygonArea([
    [0, 0],
    [edge, 0],
    [edge / 2, (edge * Math.sqrt(3)) / 2],
  ]);
  const factor = agreed('surface of the tetrahedron', edge * edge, Math.round(((4 * face) / Math.sqrt(3)) * 1e9) / 1e9);
  const sheet = new Sheet(320, 280);
  const [A, B, C, D]: [Point, Point, Point, Point] = [
    [45, 205],
    [190, 250],
    [275, 170],
    [165, 40],
  ];
  sheet
    .polygon([A, B, D], { fill: '#eef3fb', width: 1.8 })
    .polygon([B, C, D], { fill: '#dde6f4', width: 1.8 })
    .line(A, C, { dash: '5 4' });
  const middle = centreOf([A, B, C, D]);
  labelSegment(sheet, A, B, '4 in', middle);
  labelSegment(sheet, B, C, '4 in', middle);
  labelSegment(sheet, A, D, '4 in', middle);
  return problem({
    subject: 'solid geometry',
    level: 4,
    question: 'All six edges of this pyramid are $4$ inches long. How large is its whole surface?\n<image1>',
    answer: `${factor}\\sqrt{3}{squareinches}`,
    sheet,
  });
}

export const measureProblems = [
  pentagonAngle(),
  angleOnLine(),
  squareWithoutQuarter(),
  areaOnGrid(),
  altitudeOfRightTriangle(),
  tetrahedronSurface(),
];
