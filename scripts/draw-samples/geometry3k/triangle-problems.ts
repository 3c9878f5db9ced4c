import { agreed, letterOf } from '../agreed.ts';
import { type Point, Sheet } from '../drawing/sheet.ts';
import {
  angleAt,
  centreOf,
  distance,
  labelSegment,
  markAngle,
  markEqual,
  markRightAngle,
  nameCorners,
} from '../figures/geometry-marks.ts';
import type { Geometry3kProblem } from './geometry3k-problem.ts';

const rounded = (value: number): number => Math.round(value * 1e6) / 1e6;

function baseAngle(): Geometry3kProblem {
  const [A, B, C]: [Point, Point, Point] = [
    [150, 30],
    [85, 30 + 65 / Math.tan((20 * Math.PI) / 180)],
    [215, 30 + 65 / Math.tan((20 * Math.PI) / 180)],
  ];
  const size = agreed('base angle', (180 - 40) / 2, rounded(angleAt(B, A, C)));
  const choices = ['40', '50', '70', '140'] as const;
  const sheet = new Sheet(300, 250).polygon([A, B, C]);
  markEqual(sheet, [
    [A, B],
    [A, C],
  ]);
  markAngle(sheet, A, B, C, '40', 26, 42);
  markAngle(sheet, B, A, C, 'x', 22, 34);
  nameCorners(sheet, { A, B, C }, centreOf([A, B, C]));
  return {
    text: 'In $\\triangle A B C$ the sides $A B$ and $A C$ are equal. Find $x$.',
    choices: [...choices],
    answer: letterOf(choices, (choice) => Number(choice) === size),
    graph: 'Triangle',
    goal: 'Angle',
    sheet,
  };
}

function rightTriangle(legs: readonly [number, number], choices: Geometry3kProblem['choices']): Geometry3kProblem {
  const scale = 20;
  const C: Point = [50, 210];
  const [A, B]: [Point, Point] = [
    [50, 210 - legs[0] * scale],
    [50 + legs[1] * scale, 210],
  ];
  const longest = agreed('longest side', Math.hypot(...legs), rounded(distance(A, B) / scale));
  const sheet = new Sheet(280, 250).polygon([A, B, C]);
  markRightAngle(sheet, C, A, B);
  const middle = centreOf([A, B, C]);
  labelSegment(sheet, A, C, String(legs[0]), middle);
  labelSegment(sheet, C, B, String(legs[1]), middle);
  labelSegment(sheet, A, B, 'x', middle);
  return {
    text: 'Find $x$ in the right triangle.',
    choices,
    answer: letterOf(choices, (choice) => Number(choice) === longest),
    graph: 'Triangle',
    goal: 'Length',
    sheet,
  };
}

function halfOfEquilateral(): Geometry3kProblem {
  const scale = 26;
  const [A, B, C]: [Point, Point, Point] = [
    [60, 220 - 5 * Math.sqrt(3) * scale * 0.8],
    [60 + 5 * scale * 0.8, 220],
    [60, 220],
  ];
  const ratio = agreed(
    'tangent of 60 degrees',
    rounded(distance(A, C) / distance(B, C)),
    rounded(Math.tan(Math.PI / 3)),
  );
  const values = { '5': 1, '5 \\sqrt { 2 }': Math.SQRT2, '5 \\sqrt { 3 }': Math.sqrt(3), '10': 2 };
  const choices = Object.keys(values) as unknown as Geometry3kProblem['choices'];
  const sheet = new Sheet(260, 260).polygon([A, B, C]);
  markRightAngle(sheet, C, A, B);
  markAngle(sheet, B, A, C, '60', 22, 36);
  const middle = centreOf([A, B, C]);
  labelSegment(sheet, C, B, '5', middle);
  labelSegment(sheet, A, C, 'y', middle);
  return {
    text: 'Find $y$. Give the exact value.',
    choices,
    answer: letterOf(Object.values(values), (value) => Math.abs(value - ratio) < 1e-6),
    graph: 'Triangle',
    goal: 'Length',
    sheet,
  };
}

function similarTriangles(): Geometry3kProblem {
  const [A, B, C]: [Point, Point, Point] = [
    [40, 210],
    [280, 210],
    [100, 40],
  ];
  const at = (point: Point): Point => [A[0] + (point[0] - A[0]) * 0.6, A[1] + (point[1] - A[1]) * 0.6];
  const [D, E] = [at(C), at(B)];
  const whole = agreed('similar triangles', (9 * 5) / 3, rounded((9 * distance(A, B)) / distance(A, E)));
  const choices = ['12', '13.5', '15', '18'] as const;
  const sheet = new Sheet(320, 250).polygon([A, B, C]).line(D, E);
  nameCorners(sheet, { A, B, C }, centreOf([A, B, C]));
  sheet.text([D[0] - 12, D[1] - 4], 'D', { size: 12 }).text([E[0], E[1] + 14], 'E', { size: 12 });
  return {
    text: '$D E$ is parallel to $C B$, $A D: A C=3: 5$ and $A E=9$. Find $A B$.',
    choices: [...choices],
    answer: letterOf(choices, (choice) => Number(choice) === whole),
    graph: 'Triangle',
    goal: 'Length',
    sheet,
  };
}

export const triangleProblems = [
  baseAngle(),
  rightTriangle([6, 8], ['7', '10', '12', '14']),
  halfOfEquilateral(),
  similarTriangles(),
];
