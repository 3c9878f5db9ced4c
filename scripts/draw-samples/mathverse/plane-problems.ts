import { agreed, letterOf } from '../agreed.ts';
import type { Point } from '../drawing/sheet.ts';
import { Sheet } from '../drawing/sheet.ts';
import {
  angleAt,
  beyond,
  centreOf,
  labelSegment,
  markAngle,
  markEqual,
  markRightAngle,
  nameCorners,
  polygonArea,
} from '../figures/geometry-marks.ts';
import type { MathverseProblem } from './mathverse-problem.ts';

function isoscelesExterior(): MathverseProblem {
  const [A, B, C] = isoscelesTriangle(40, 130);
  const D = beyond(B, C, 90);
  const exterior = agreed('exterior angle', 180 - (180 - 40) / 2, Math.round(angleAt(C, A, D) * 1e6) / 1e6);
  const options = [70, 110, 140, 100];
  return {
    source: 'DrawnPlane',
    subject: 'Plane Geometry',
    subfield: 'Angle',
    questionType: 'multi-choice',
    answer: letterOf(options, (option) => option === exterior),
    choices: options.map((option, index) => `${'ABCD'.charAt(index)}:${option}°`),
    textDominant:
      'In triangle ABC the sides AB and AC are equal, and angle BAC measures 40°. Side BC is extended through C to point D. How large is angle ACD?',
    textLite: 'AB = AC and angle BAC measures 40°. How large is angle ACD?',
    visionIntensive: 'Angle BAC measures 40°. How large is angle ACD?',
    visionDominant: 'AB = AC. How large is angle ACD?',
    draw(withConditions) {
      const sheet = new Sheet(340, 260);
      sheet.polygon([A, B, C]).line(C, D);
      markEqual(sheet, [
        [A, B],
        [A, C],
      ]);
      nameCorners(sheet, { A, B, C }, centreOf([A, B, C]));
      sheet.text([D[0], D[1] + 15], 'D', { size: 12 }).dot(D, 2.4);
      if (withConditions) markAngle(sheet, A, B, C, '40°', 26, 44);
      return sheet;
    },
  };
}

/** Apex first; the angle there in degrees, the base in pixels. */
function isoscelesTriangle(apex: number, base: number): [Point, Point, Point] {
  const height = base / 2 / Math.tan((apex * Math.PI) / 360);
  return [
    [40 + base / 2, 225 - height],
    [40, 225],
    [40 + base, 225],
  ];
}

function boatBearing(): MathverseProblem {
  const H: Point = [90, 240];
  const P: Point = [270, 240];
  const Q: Point = [270, 60];
  const bearing = agreed('bearing of Q', (Math.atan2(5, 5) * 180) / Math.PI, 90 - angleAt(H, P, Q));
  return {
    source: 'DrawnPlane',
    subject: 'Plane Geometry',
    subfield: 'Applied',
    questionType: 'free-form',
    // The degree sign as it stands in several published golds: its bytes were once read in a Chinese encoding.
    answer: `${String(Math.round(bearing)).padStart(3, '0')}掳T`,
    choices: [],
    textDominant:
      'A boat leaves harbour H and sails 5 km due east to buoy P. There it turns and sails 5 km due north to the island Q. Find the true bearing of Q from H, with three digits.',
    textLite:
      'A boat sails from H to P, 5 km, and then to Q, 5 km. Find the true bearing of Q from H, with three digits.',
    visionIntensive:
      'A boat sails from H over P to Q, each time 5 km. Find the true bearing of Q from H, with three digits.',
    visionDominant: 'A boat sails from H over P to Q. Find the true bearing of Q from H, with three digits.',
    draw(withConditions) {
      const sheet = new Sheet(350, 290, withConditions ? '#ffffff' : 'none');
      sheet.line([90, 260], [90, 62], { dash: '5 4', width: 1.2 }).arrow([90, 80], [90, 50]);
      sheet.text([90, 34], 'N', { size: 12 });
      sheet
        .arrow(H, [264, 240], { width: 2.2, stroke: '#1f5fbf' })
        .arrow(P, [270, 66], { width: 2.2, stroke: '#1f5fbf' });
      sheet.line(H, Q, { dash: '3 4' });
      markRightAngle(sheet, P, H, Q);
      sheet
        .dot(H)
        .dot(P)
        .dot(Q)
        .text([70, 240], 'H', { size: 12 })
        .text([286, 252], 'P', { size: 12 })
        .text([288, 56], 'Q', { size: 12 });
      if (withConditions) {
        labelSegment(sheet, H, P, '5 km', Q);
        labelSegment(sheet, P, Q, '5 km', H);
      }
      return sheet;
    },
  };
}

function trapezoidArea(): MathverseProblem {
  const unit = 24;
  const [left, base, top] = [45, 215, 215 - 4 * unit];
  const A: Point = [left, base];
  const B: Point = [left + 10 * unit, base];
  const C: Point = [left + 8.5 * unit, top];
  const D: Point = [left + 2.5 * unit, top];
  const foot: Point = [D[0], base];
  const area = agreed('area of the trapezoid', ((10 + 6) / 2) * 4, polygonArea([A, B, C, D]) / unit ** 2);
  const options = [24, 40, 32, 64];
  return {
    source: 'DrawnPlane',
    subject: 'Plane Geometry',
    subfield: 'Area',
    questionType: 'multi-choice',
    answer: `(${letterOf(options, (option) => option === area)})`,
    choices: options.map((option, index) => `${'ABCD'.charAt(index)}:${option} cm²`),
    textDominant:
      'Quadrilateral ABCD is a trapezoid with AB parallel to DC. AB = 10 cm, DC = 6 cm, and DE, drawn from D at right angles to AB, is 4 cm long. Find the area of ABCD.',
    textLite: 'AB is parallel to DC, AB = 10 cm, DC = 6 cm and DE = 4 cm. Find the area of ABCD.',
    visionIntensive: 'AB = 10 cm, DC = 6 cm and DE = 4 cm. Find the area of ABCD.',
    visionDominant: 'AB is parallel to DC. Find the area of ABCD.',
    draw(withConditions) {
      const sheet = new Sheet(350, 260);
      sheet.polygon([A, B, C, D], { fill: '#eef3fb' }).line(D, foot, { dash: '5 4' });
      markRightAngle(sheet, foot, D, B);
      nameCorners(sheet, { A, B, C, D });
      sheet.text([foot[0], base + 15], 'E', { size: 12 });
      if (withConditions) {
        labelSegment(sheet, A, B, '10 cm', C, 10);
        labelSegment(sheet, C, D, '6 cm', A);
        labelSegment(sheet, D, foot, '4 cm', A);
      }
      return sheet;
    },
  };
}

export const planeProblems = [isoscelesExterior(), boatBearing(), trapezoidArea()];
