import type { Point } from '../drawing/sheet.ts';
import { Sheet } from '../drawing/sheet.ts';
import { labelSegment, markRightAngle, nameCorners, polygonArea } from '../figures/geometry-marks.ts';
import { drawCuboid } from '../figures/solids.ts';
import type { Composite } from './composite.ts';
import { jpegInPng, letterIn, multiStep, step } from './composite.ts';

function squareSheet(
  label: string,
  parts: { readonly disc?: boolean; readonly shaded?: boolean; readonly square?: boolean },
): Sheet {
  const sheet = new Sheet(280, 270);
  const [A, B, C, D]: [Point, Point, Point, Point] = [
    [40, 225],
    [240, 225],
    [240, 25],
    [40, 25],
  ];
  if (parts.square !== false)
    sheet.polygon([A, B, C, D], { fill: parts.shaded === true ? '#9db8e0' : '#ffffff', width: 2 });
  if (parts.disc === true) sheet.circle([140, 125], 100, { fill: '#ffffff', width: 2 }).dot([140, 125]);
  if (parts.disc === true && parts.shaded !== true) sheet.line([140, 125], [240, 125]).text([190, 112], label);
  else if (label !== '') labelSegment(sheet, A, B, label, C);
  return sheet;
}

function squareAroundDisc(): Composite {
  const side = 'A. 160;B. 20;C. 10;D. 4; E. No correct answer';
  const square = 'A. 40;B. 20; C. 1000;D. 100; E. No correct answer';
  const circle = 'A. 78.5;B. 31.4;C. 314; D. No correct answer';
  const corners = 'A. 78.5;B. 21.5;  C. 8.6;D. 68.6; E. No correct answer';
  const discArea = 3.14 * 5 * 5;
  const steps = [
    step({
      concept: 'Perimeter of Squares',
      question: 'The perimeter of the square is 40 cm. Each side is ( ) cm long.',
      option: side,
      answer: letterIn(side, 40 / 4, [10, 10, 10, 10].reduce((sum, length) => sum + length) / 4),
      sheet: squareSheet('?', {}),
    }),
    step({
      concept: 'Area of Squares',
      question: 'The side of the square is 10 cm. Its area is ( ) cm².',
      option: square,
      answer: letterIn(
        square,
        10 ** 2,
        polygonArea([
          [0, 0],
          [10, 0],
          [10, 10],
          [0, 10],
        ]),
      ),
      sheet: squareSheet('10 cm', {}),
      form: jpegInPng,
    }),
    step({
      concept: 'Area of Circles',
      question: 'The radius of the circle is 5 cm. Its area is ( ) cm². (π = 3.14)',
      option: circle,
      answer: letterIn(circle, discArea, (314 * 25) / 100),
      sheet: squareSheet('5 cm', { disc: true, square: false }),
    }),
  ];
  return multiStep(steps, {
    question:
      'A square has a perimeter of 40 cm. The largest possible circle is cut out of it. The shaded rest is ( ) cm². (π = 3.14)',
    option: corners,
    answer: letterIn(corners, 100 - discArea, (10000 - 314 * 25) / 100),
    sheet: squareSheet('', { disc: true, shaded: true }),
  });
}

function tankSheet(length: string, depth: string, height: string): Sheet {
  const sheet = new Sheet(350, 240);
  const { below, above } = drawCuboid(sheet, [35, 200], 190, 115, 110, '#d8ecf7');
  if (length !== '') labelSegment(sheet, below[0], below[1], length, above[0]);
  if (depth !== '') labelSegment(sheet, below[1], below[2], depth, above[0], 6);
  if (height !== '') labelSegment(sheet, below[2], above[2], height, above[0]);
  return sheet;
}

function waterTank(): Composite {
  const base = 'A. 9;B. 20;C. 18;    D. 40; E. No correct answer';
  const volume = 'A. 23;B. 12; C. 94; D. 60; E. No correct answer';
  const litres = 'A. 60;B. 0.6;C. 600; D. No correct answer';
  const both = 'A. 6;B. 94;C. 60;D. 600; E. No correct answer';
  const unitCubes = Array.from({ length: 5 * 4 * 3 }, () => 1).reduce((sum, cube) => sum + cube, 0);
  const steps = [
    step({
      concept: 'Area of Rectangles',
      question: 'The base of the tank is a rectangle of 5 dm by 4 dm. The area of the base is ( ) dm².',
      option: base,
      answer: letterIn(
        base,
        5 * 4,
        polygonArea([
          [0, 0],
          [5, 0],
          [5, 4],
          [0, 4],
        ]),
      ),
      sheet: tankSheet('5 dm', '4 dm', ''),
    }),
    step({
      concept: 'Volume and Capacity of Rectangular Cuboids',
      question: 'The base of the tank has an area of 20 dm² and the tank is 3 dm high. Its volume is ( ) dm³.',
      option: volume,
      answer: letterIn(volume, 20 * 3, unitCubes),
      sheet: tankSheet('', '', '3 dm'),
    }),
    step({
      concept: 'Conversion Rates and Calculations Between Volume Units (Including Liters and Milliliters)',
      question: 'The tank has a volume of 60 dm³. That is ( ) liters.',
      option: litres,
      answer: letterIn(litres, 60, (60 * 1000) / 1000),
      sheet: tankSheet('', '', ''),
      form: jpegInPng,
    }),
  ];
  return multiStep(steps, {
    question: 'How many liters of water does the full tank hold? ( )',
    option: both,
    answer: letterIn(both, 5 * 4 * 3, unitCubes),
    sheet: tankSheet('5 dm', '4 dm', '3 dm'),
  });
}

function trapezoidSheet(parts: 'both' | 'parallelogram' | 'triangle', labels: boolean): Sheet {
  const [A, B, C, D, E]: [Point, Point, Point, Point, Point] = [
    [35, 180],
    [305, 180],
    [275, 60],
    [95, 60],
    [215, 180],
  ];
  const sheet = new Sheet(340, 220);
  if (parts !== 'triangle') sheet.polygon([A, E, C, D], { fill: '#eef3fb', width: 2 });
  if (parts !== 'parallelogram') sheet.polygon([E, B, C], { fill: '#fbf2dc', width: 2 });
  const shown = { both: { A, E, B, C, D }, parallelogram: { A, E, C, D }, triangle: { E, B, C } }[parts];
  nameCorners(sheet, shown, [200, 120]);
  if (!labels) return sheet;
  if (parts !== 'triangle') labelSegment(sheet, A, E, '6 m', C);
  if (parts !== 'parallelogram') labelSegment(sheet, E, B, '3 m', C);
  const foot: Point = [275, 180];
  sheet.line(C, foot, { dash: '5 4' });
  if (parts === 'parallelogram') sheet.line(E, foot, { width: 1 });
  markRightAngle(sheet, foot, C, E, 9);
  sheet.text([parts === 'parallelogram' ? 294 : 256, 132], '4 m', { size: 10 });
  return sheet;
}

function dividedTrapezoid(): Composite {
  const parallel = 'A. Yes, AD and EC never meet.;B. No, AD and EC meet above the figure.; F. No correct answer';
  const left = 'A. 10;B. 12;C. 48;D. 24; E. No correct answer';
  const right = 'A. 6;B. 12; C. 7;  D. No correct answer';
  const both = 'A. 36;B. 24;C. 30; D. No correct answer';
  const whole = polygonArea([
    [0, 0],
    [9, 0],
    [8, 4],
    [2, 4],
  ]);
  const directions = [(60 - 180) / (95 - 35), (60 - 180) / (275 - 215)];
  const steps = [
    step({
      concept: 'Parallel',
      question: 'AECD is a parallelogram. Are AD and EC parallel? ( )',
      option: parallel,
      answer:
        directions[0] === directions[1]
          ? letterIn(parallel, 'Yes, AD and EC never meet.', 'Yes, AD and EC never meet.')
          : 'B',
      sheet: trapezoidSheet('parallelogram', false),
    }),
    step({
      concept: 'Area of Parallelograms',
      question: 'The base AE of the parallelogram is 6 m and its height is 4 m. Its area is ( ) m².',
      option: left,
      answer: letterIn(
        left,
        6 * 4,
        polygonArea([
          [0, 0],
          [6, 0],
          [8, 4],
          [2, 4],
        ]),
      ),
      sheet: trapezoidSheet('parallelogram', true),
      form: jpegInPng,
    }),
    step({
      concept: 'Area of Triangles',
      question: 'The base EB of the triangle is 3 m and its height is 4 m. Its area is ( ) m².',
      option: right,
      answer: letterIn(
        right,
        (3 * 4) / 2,
        polygonArea([
          [6, 0],
          [9, 0],
          [8, 4],
        ]),
      ),
      sheet: trapezoidSheet('triangle', true),
    }),
  ];
  return multiStep(steps, {
    question:
      'The line EC divides trapezoid ABCD into a parallelogram and a triangle. The area of the trapezoid is ( ) m².',
    option: both,
    answer: letterIn(both, 6 * 4 + (3 * 4) / 2, whole),
    sheet: trapezoidSheet('both', true),
    form: jpegInPng,
  });
}

export const threeStepComposites = [squareAroundDisc(), waterTank(), dividedTrapezoid()];
