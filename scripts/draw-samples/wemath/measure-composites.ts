import type { Point } from '../drawing/sheet.ts';
import { Sheet } from '../drawing/sheet.ts';
import { angleAt, labelSegment, markAngle, polygonArea } from '../figures/geometry-marks.ts';
import type { Composite } from './composite.ts';
import { jpegInPng, letterIn, multiStep, step } from './composite.ts';

/** A rectangle with its length below and its width on the right. */
function labelledRectangle(width: number, height: number, lengthText: string, widthText: string): Sheet {
  const sheet = new Sheet(width + 120, height + 80);
  const [A, B, C, D]: [Point, Point, Point, Point] = [
    [30, height + 30],
    [width + 30, height + 30],
    [width + 30, 30],
    [30, 30],
  ];
  sheet.polygon([A, B, C, D], { fill: '#eef3fb', width: 2 });
  if (lengthText !== '') labelSegment(sheet, A, B, lengthText, C);
  if (widthText !== '') labelSegment(sheet, B, C, widthText, A);
  return sheet;
}

function fieldInCentimetres(): Composite {
  const conversion = 'A. 30;B. 300; C. 3000;    D. No correct answer';
  const around = 'A. 550;B. 75000; C. 1100; D. 1200; E. No correct answer';
  const both = 'A. 1100;B. 506;C. 550;D. 1200; E. No correct answer';
  const [length, width] = [3 * 100, 250];
  const steps = [
    step({
      concept: 'Conversion Rates and Calculations Between Length Units',
      question: 'The board in the picture is 3 m long. 3 m = ( ) cm.',
      option: conversion,
      answer: letterIn(conversion, length, 3 * 10 * 10),
      sheet: labelledRectangle(240, 26, '3 m', ''),
    }),
    step({
      concept: 'Perimeter of Rectangles',
      question: 'The rectangle is 300 cm long and 250 cm wide. Its perimeter is ( ) cm.',
      option: around,
      answer: letterIn(
        around,
        2 * (length + width),
        [300, 250, 300, 250].reduce((sum, side) => sum + side),
      ),
      sheet: labelledRectangle(180, 150, '300 cm', '250 cm'),
      form: jpegInPng,
    }),
  ];
  return multiStep(steps, {
    question: 'How many centimetres of fence are needed around the flower bed? ( )',
    option: both,
    answer: letterIn(both, 2 * (length + width), 2 * length + 2 * width),
    sheet: labelledRectangle(180, 150, '3 m', '250 cm'),
  });
}

function triangleOnLine(third: string, exterior: string, withTriangle: boolean): Sheet {
  const [A, B]: [Point, Point] = [
    [50, 190],
    [230, 190],
  ];
  const height = 180 / (1 / Math.tan((50 * Math.PI) / 180) + 1 / Math.tan((70 * Math.PI) / 180));
  const C: Point = [50 + height / Math.tan((50 * Math.PI) / 180), 190 - height];
  if (Math.abs(angleAt(C, A, B) - 60) > 1e-6)
    throw new Error('The drawn triangle does not have 60 degrees at its top.');
  const sheet = new Sheet(340, 230);
  sheet.line(B, C, { width: 2 }).line([withTriangle ? 50 : 150, 190], [310, 190], { width: 2 });
  if (withTriangle) {
    sheet.line(A, C, { width: 2 });
    markAngle(sheet, A, B, C, '50°');
    markAngle(sheet, C, A, B, '60°', 20, 38);
  }
  if (third !== '') markAngle(sheet, B, A, C, third, 20, 38);
  if (exterior !== '') markAngle(sheet, B, [310, 190], C, exterior, 26, 40);
  return sheet;
}

function exteriorAngle(): Composite {
  const inner = 'A. 70° B. 60° ;C. 80°; D. No correct answer';
  const beside = 'A. 20°; B. 110°; C. 70°; D. 100°; E. No correct answer';
  const outer = 'A. 70°;B. 120°;C. 110°;  D. No correct answer';
  const steps = [
    step({
      concept: 'Sum of Interior Angles of Triangles',
      question: 'Two angles of the triangle are 50° and 60°. The third angle ∠1 = ( ).',
      option: inner,
      answer: letterIn(inner, 180 - 50 - 60, 70, '°'),
      sheet: triangleOnLine('1', '', true),
    }),
    step({
      concept: 'Calculation and Comparison of Angles',
      question: '∠1 and ∠2 lie side by side on a straight line and ∠1 = 70°. ∠2 = ( ).',
      option: beside,
      answer: letterIn(beside, 180 - 70, 90 + 20, '°'),
      sheet: triangleOnLine('1', '2', false),
    }),
  ];
  return multiStep(steps, {
    question: 'One side of the triangle is extended as shown. ∠2 = ( ).',
    option: outer,
    // An exterior angle equals the two remote interior angles together.
    answer: letterIn(outer, 50 + 60, 180 - (180 - 50 - 60), '°'),
    sheet: triangleOnLine('', '2', true),
    form: jpegInPng,
  });
}

function disc(text: string, isDiameter: boolean, background = '#ffffff'): Sheet {
  const sheet = new Sheet(230, 220, background);
  const O: Point = [115, 110];
  sheet
    .circle(O, 88, { fill: '#fbf2dc', width: 2 })
    .dot(O)
    .line(isDiameter ? [27, 110] : O, [203, 110]);
  sheet.text([isDiameter ? 115 : 159, 96], text).text([115, 126], 'O');
  return sheet;
}

function discArea(): Composite {
  const radius = 'A. 16;B. 8;C. 4; D. No correct answer';
  const area = 'A. 12.56;B. 25.12; C. 50.24;D. 16; E. No correct answer';
  const both = 'A. 25.12;B. 200.96;C. 100.48;D. 64; E. No correct answer';
  const value = (3.14 * 4 * 4).toFixed(2);
  if (both.includes(value)) throw new Error('The right area must be missing from the options of the composite.');
  const steps = [
    step({
      concept: 'Understanding Circles',
      question: 'The diameter of the circle is 8 cm. Its radius is ( ) cm.',
      option: radius,
      answer: letterIn(radius, 8 / 2, 8 - 4),
      sheet: disc('8 cm', true),
    }),
    step({
      concept: 'Area of Circles',
      question: 'The radius of the circle is 4 cm. Its area is ( ) cm². (π = 3.14)',
      option: area,
      answer: letterIn(area, value, String((314 * 16) / 100)),
      sheet: disc('4 cm', false, 'none'),
      form: { kind: 'png-alpha' },
    }),
  ];
  return multiStep(steps, {
    question: 'The picture shows a round table top with its diameter. Its area is ( ) cm². (π = 3.14)',
    option: both,
    answer: letterIn(both, 'No correct answer', 'No correct answer'),
    sheet: disc('8 cm', true),
    form: jpegInPng,
  });
}

function rectangleWithTriangle(withRectangle: boolean, withTriangle: boolean): Sheet {
  const [A, B, C, D]: [Point, Point, Point, Point] = [
    [30, 185],
    [270, 185],
    [270, 35],
    [30, 35],
  ];
  const apex: Point = [120, 35];
  const sheet = new Sheet(330, 225);
  if (withRectangle) sheet.polygon([A, B, C, D], { fill: withTriangle ? '#a9cfa0' : '#eef3fb', width: 2 });
  if (withTriangle) sheet.polygon([A, B, apex], { fill: '#ffffff', width: 2 });
  if (withTriangle && !withRectangle) sheet.line(apex, [120, 185], { dash: '5 4' }).text([142, 130], '5 cm');
  labelSegment(sheet, A, B, '8 cm', C);
  if (withRectangle) labelSegment(sheet, B, C, '5 cm', A);
  return sheet;
}

function shadedCorners(): Composite {
  const rectangle = 'A. 13; B. 26; C. 20; D. 40; E. No correct answer';
  const triangle = 'A. 40;B. 20;C. 13;   D. No correct answer';
  const rest = 'A. 40;B. 10;C. 30;D. 20; E. No correct answer';
  const byShoelace = polygonArea([
    [0, 0],
    [8, 0],
    [3, 5],
  ]);
  const steps = [
    step({
      concept: 'Area of Rectangles',
      question: 'The rectangle is 8 cm long and 5 cm wide. Its area is ( ) cm².',
      option: rectangle,
      answer: letterIn(
        rectangle,
        8 * 5,
        polygonArea([
          [0, 0],
          [8, 0],
          [8, 5],
          [0, 5],
        ]),
      ),
      sheet: rectangleWithTriangle(true, false),
    }),
    step({
      concept: 'Area of Triangles',
      question: 'The base of the triangle is 8 cm and its height is 5 cm. Its area is ( ) cm².',
      option: triangle,
      answer: letterIn(triangle, (8 * 5) / 2, byShoelace),
      sheet: rectangleWithTriangle(false, true),
    }),
  ];
  return multiStep(steps, {
    question: 'A white triangle lies in the green rectangle as shown. The green area is ( ) cm².',
    option: rest,
    answer: letterIn(rest, 8 * 5 - byShoelace, (3 * 5) / 2 + (5 * 5) / 2),
    sheet: rectangleWithTriangle(true, true),
    form: jpegInPng,
  });
}

/** Two steps each: lengths, angles and areas. */
export const measureComposites = [fieldInCentimetres(), exteriorAngle(), discArea(), shadedCorners()];
