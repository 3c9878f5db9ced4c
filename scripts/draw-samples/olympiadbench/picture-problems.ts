import { agreed } from '../agreed.ts';
import { type Point, Sheet } from '../drawing/sheet.ts';
import { labelSegment, markRightAngle, nameCorners } from '../figures/geometry-marks.ts';
import type { OlympiadbenchProblem } from './olympiadbench-problem.ts';

const maths = { source: 'OE_MM_maths_en_COMP', subject: 'Geometry' } as const;
const physics = { source: 'OE_MM_physics_en_COMP' } as const;

function circleInSquare(): OlympiadbenchProblem {
  const sheet = new Sheet(240, 240).rectangle([30, 30], 180, 180, { fill: '#cfe0f3' });
  sheet.circle([120, 120], 90, { fill: '#ffffff' }).text([120, 222], '4', { size: 12 });
  return {
    ...maths,
    question:
      'A circle touches all sides of a square of side $4$, as in <image_1>. Give the exact area of the shaded part.',
    answer: `$${4 * 4}-${agreed('area of the disc over pi', 2 * 2, (4 / 2) ** 2)} \\pi$`,
    answer_type: 'Numerical',
    is_multiple_answer: false,
    unit: null,
    error: null,
    sheets: [sheet],
  };
}

/** Two pictures: before and after. */
function foldedStrip(): OlympiadbenchProblem {
  const before = new Sheet(320, 110).rectangle([20, 30], 280, 50, { fill: '#fbe3c0' });
  before.line([160, 30], [160, 80], { dash: '5 4' }).text([160, 96], '14', { size: 11 });
  const after = new Sheet(200, 110).rectangle([30, 30], 140, 50, { fill: '#f3c98a' });
  after.text([100, 96], 'x', { size: 11 });
  return {
    ...maths,
    question:
      'The strip in <image_1> is folded once along the dotted line and then looks as in <image_2>. Determine $x$.',
    answer: String(agreed('half of the strip', 14 / 2, 7)),
    answer_type: 'Numerical',
    sheets: [before, after],
  };
}

function ladder(): OlympiadbenchProblem {
  const [A, B, C]: [Point, Point, Point] = [
    [50, 40],
    [200, 210],
    [50, 210],
  ];
  const sheet = new Sheet(250, 250).polygon([A, B, C]);
  markRightAngle(sheet, C, A, B);
  nameCorners(sheet, { A, B, C });
  labelSegment(sheet, A, B, '13', C, -22);
  labelSegment(sheet, C, B, '5', A);
  return {
    ...maths,
    question: 'Triangle $A B C$ has a right angle at $C$. Determine the length of $A C$.',
    answer: `$${agreed('leg', Math.sqrt(13 ** 2 - 5 ** 2), 12)}$`,
    answer_type: 'Numerical',
    sheets: [sheet],
  };
}

function resistors(): OlympiadbenchProblem {
  const sheet = new Sheet(320, 160)
    .polyline([
      [60, 130],
      [60, 40],
      [110, 40],
    ])
    .polyline([
      [170, 40],
      [200, 40],
    ]);
  sheet
    .rectangle([110, 28], 60, 24)
    .rectangle([200, 28], 60, 24)
    .polyline([
      [260, 40],
      [290, 40],
      [290, 130],
      [60, 130],
    ]);
  sheet.text([140, 14], '3 Ω', { size: 11 }).text([230, 14], '6 Ω', { size: 11 });
  return {
    ...physics,
    subject: 'Electromagnetism',
    context: 'Both resistors of the circuit are ideal.',
    question: 'What is the resistance of the two together?',
    answer: `$${agreed('in series', 3 + 6, 9)}$`,
    answer_type: 'Numerical',
    is_multiple_answer: false,
    unit: '$\\Omega$',
    error: null,
    sheets: [sheet],
  };
}

/** Three pictures of one spring. */
function springs(): OlympiadbenchProblem {
  const sheets = [0, 2, 4].map((weight) => {
    const length = 40 + 15 * weight;
    const sheet = new Sheet(110, 170).line([20, 14], [90, 14], { width: 4 });
    const points = Array.from(
      { length: 13 },
      (_, index): Point => [55 + (index % 2 === 0 ? -10 : 10), 14 + (length * index) / 12],
    );
    sheet.polyline(points).text([55, length + 40], weight === 0 ? 'free' : `${weight} N`, { size: 11 });
    return sheet.text([95, 14 + length / 2], `${20 + 3 * weight} cm`, { size: 8, rotate: -90 });
  });
  return {
    ...physics,
    subject: 'Mechanics',
    context: 'The pictures show one spring: free, with 2 N and with 4 N on it.',
    question: 'By how much does it become longer for each newton?',
    answer: `$${agreed('per newton', (26 - 20) / 2, (32 - 20) / 4)}$`,
    answer_type: 'Numerical',
    is_multiple_answer: false,
    unit: 'cm',
    error: '1e-2',
    sheets,
  };
}

export const pictureProblems: readonly OlympiadbenchProblem[] = [
  circleInSquare(),
  foldedStrip(),
  ladder(),
  resistors(),
  springs(),
];
