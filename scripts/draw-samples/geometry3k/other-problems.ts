import { agreed, letterOf } from '../agreed.ts';
import { type Point, polar, Sheet } from '../drawing/sheet.ts';
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
import type { Geometry3kProblem } from './geometry3k-problem.ts';

const rounded = (value: number): number => Math.round(value * 1e6) / 1e6;

function parallelLines(): Geometry3kProblem {
  const [P, Q]: [Point, Point] = [
    [120, 80],
    [120 + 110 / Math.tan((65 * Math.PI) / 180), 190],
  ];
  const size = agreed('same-side angle', 180 - 65, rounded(angleAt(Q, P, [300, 190])));
  const choices = ['25', '65', '115', '125'] as const;
  const sheet = new Sheet(320, 260).line([20, 80], [300, 80]).line([20, 190], [300, 190]);
  sheet.line(beyond(Q, P, 55), beyond(P, Q, 55));
  markAngle(sheet, P, Q, [300, 80], '65', 22, 36);
  markAngle(sheet, Q, P, [300, 190], 'x', 20, 32);
  sheet.text([292, 66], 'm', { size: 11 }).text([292, 176], 'n', { size: 11 });
  return {
    text: 'Lines $m$ and $n$ are parallel. Find $x$.',
    choices: [...choices],
    answer: letterOf(choices, (choice) => Number(choice) === size),
    graph: 'Line',
    goal: 'Angle',
    sheet,
  };
}

function circumference(): Geometry3kProblem {
  const choices = ['7 \\pi', '14 \\pi', '21 \\pi', '49 \\pi'] as const;
  const factor = agreed('circumference', 2 * 7, 7 + 7);
  const sheet = new Sheet(260, 250).circle([130, 125], 98).line([130, 125], [228, 125]);
  sheet.dot([130, 125]).text([120, 112], 'O', { size: 12 }).text([178, 112], '7', { size: 12 });
  return {
    text: 'Find the circumference of $\\odot O$ in terms of $\\pi$.',
    choices: [...choices],
    answer: letterOf(choices, (choice) => Number.parseInt(choice, 10) === factor),
    graph: 'Circle',
    goal: 'Length',
    sheet,
  };
}

function inscribedAngle(): Geometry3kProblem {
  const O: Point = [140, 135];
  const [A, B, C] = [polar(O, 100, 230), polar(O, 100, 310), polar(O, 100, 75)];
  const size = agreed('inscribed angle', 80 / 2, rounded(angleAt(C, A, B)));
  const choices = ['20', '40', '80', '160'] as const;
  const sheet = new Sheet(280, 270).circle(O, 100).polyline([A, O, B]).polyline([A, C, B]);
  markAngle(sheet, O, A, B, '80', 20, 34);
  markAngle(sheet, C, A, B, 'x', 26, 42);
  nameCorners(sheet, { A, B, C }, O);
  sheet.text([O[0] - 14, O[1] - 8], 'O', { size: 12 });
  return {
    text: 'In $\\odot O$, $m \\angle A O B=80$. Find $m \\angle A C B$.',
    choices: [...choices],
    answer: letterOf(choices, (choice) => Number(choice) === size),
    graph: 'Circle',
    goal: 'Angle',
    sheet,
  };
}

function squareDiagonal(): Geometry3kProblem {
  const corners: [Point, Point, Point, Point] = [
    [50, 40],
    [220, 40],
    [220, 210],
    [50, 210],
  ];
  const ratio = agreed('diagonal', rounded(distance(corners[0], corners[2]) / 170), rounded(Math.SQRT2));
  const values = { '9': 1, '9 \\sqrt { 2 }': Math.SQRT2, '9 \\sqrt { 3 }': Math.sqrt(3), '18': 2 };
  const sheet = new Sheet(280, 250).polygon(corners).line(corners[0], corners[2]);
  markRightAngle(sheet, corners[3], corners[0], corners[2]);
  labelSegment(sheet, corners[3], corners[2], '9', [135, 125]);
  sheet.text([150, 112], 'd', { size: 12 });
  return {
    text: 'The quadrilateral is a square. Find $d$.',
    choices: Object.keys(values) as unknown as Geometry3kProblem['choices'],
    answer: letterOf(Object.values(values), (value) => Math.abs(value - ratio) < 1e-6),
    graph: 'Quad',
    goal: 'Length',
    sheet,
  };
}

function parallelogramArea(): Geometry3kProblem {
  const corners: Point[] = [
    [70, 40],
    [310, 40],
    [270, 140],
    [30, 140],
  ];
  const area = agreed('area', 12 * 5, rounded(polygonArea(corners) / 400));
  const choices = ['34', '60', '64.6', '120'] as const;
  const sheet = new Sheet(340, 180).polygon(corners).line([70, 40], [70, 140], { dash: '5 4' });
  markRightAngle(sheet, [70, 140], [70, 40], [270, 140]);
  sheet.text([84, 92], '5', { size: 12 }).text([150, 156], '12', { size: 12 });
  return {
    text: 'Find the area of the parallelogram in square units.',
    choices: [...choices],
    answer: letterOf(choices, (choice) => Number(choice) === area),
    graph: 'Quad',
    goal: 'Area',
    sheet,
  };
}

function midsegment(): Geometry3kProblem {
  const [A, B, C, D]: [Point, Point, Point, Point] = [
    [90, 40],
    [210, 40],
    [270, 190],
    [70, 190],
  ];
  const half = (one: Point, other: Point): Point => [(one[0] + other[0]) / 2, (one[1] + other[1]) / 2];
  const [M, N] = [half(A, D), half(B, C)];
  const length = agreed('midsegment', (6 + 10) / 2, rounded(distance(M, N) / 20));
  const choices = ['4', '8', '16', '9'] as const;
  const sheet = new Sheet(320, 230).polygon([A, B, C, D]).line(M, N);
  labelSegment(sheet, A, B, '6', centreOf([A, B, C, D]));
  labelSegment(sheet, C, D, '10', centreOf([A, B, C, D]));
  sheet.text([160, 102], 'x', { size: 12 }).dot(M).dot(N);
  return {
    text: 'The segment of length $x$ joins the midpoints of the legs of the trapezoid. Find $x$.',
    choices: [...choices],
    answer: letterOf(choices, (choice) => Number(choice) === length),
    graph: 'Quad',
    goal: 'Length',
    sheet,
  };
}

function hexagon(): Geometry3kProblem {
  const corners = Array.from({ length: 6 }, (_, index) => polar([140, 125], 95, index * 60));
  const [first, second, third] = corners as [Point, Point, Point];
  const size = agreed('interior angle', ((6 - 2) * 180) / 6, rounded(angleAt(second, first, third)));
  const choices = ['60', '108', '120', '135'] as const;
  const sheet = new Sheet(280, 250).polygon(corners);
  markAngle(sheet, second, first, third, 'x', 20, 32);
  return {
    text: 'The polygon is regular. Find $x$.',
    choices: [...choices],
    answer: letterOf(choices, (choice) => Number(choice) === size),
    graph: 'Other',
    goal: 'Angle',
    sheet,
  };
}

function sectorArea(): Geometry3kProblem {
  const factor = agreed('sector', (4 * 4) / 4, 16 * (90 / 360));
  const choices = ['2 \\pi', '4 \\pi', '8 \\pi', '16 \\pi'] as const;
  const sheet = new Sheet(240, 240).sector([50, 200], 150, 0, 90, { fill: '#cfe0f3' });
  markRightAngle(sheet, [50, 200], [200, 200], [50, 50]);
  sheet.text([125, 218], '4', { size: 12 });
  return {
    text: 'Find the area of the shaded quarter of a circle.',
    choices: [...choices],
    answer: letterOf(choices, (choice) => Number.parseInt(choice, 10) === factor),
    graph: 'Circle',
    goal: 'Area',
    sheet,
  };
}

export const otherProblems = [
  parallelLines(),
  circumference(),
  inscribedAngle(),
  squareDiagonal(),
  parallelogramArea(),
  midsegment(),
  hexagon(),
  sectorArea(),
];
