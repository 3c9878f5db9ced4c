import { letterOf } from '../agreed.ts';
import type { Point } from '../drawing/sheet.ts';
import { Sheet } from '../drawing/sheet.ts';
import { CoordinatePlane } from '../figures/coordinate-plane.ts';
import { labelSegment } from '../figures/geometry-marks.ts';
import type { Composite } from './composite.ts';
import { jpegInPng, letterIn, multiStep, step } from './composite.ts';

function positionSheet(withMove: boolean): Sheet {
  const sheet = new Sheet(300, 260);
  const plane = new CoordinatePlane(sheet, { x: [0, 8], y: [0, 6], margin: 30 });
  plane.point(2, 3, 'A', [-11, -11]);
  if (withMove)
    sheet.arrow(plane.at(2, 3), plane.at(6, 3), { dash: '5 4' }).arrow(plane.at(6, 3), plane.at(6, 4), { dash: '5 4' });
  return sheet;
}

function movedPoint(): Composite {
  const position = 'A. (3, 2);B. (2, 3);C. (2, 2); D. No correct answer';
  const moved = 'A. (6, 4); B. (6, 3); C. (2, 4); D. (4, 6).; E. No correct answer';
  const both = 'A. (6, 3);B. (4, 6);C. (3, 7);D. (6, 4); E. No correct answer';
  const target = `(${2 + 4}, ${3 + 1})`;
  const steps = [
    step({
      concept: 'Representing Positions Using Ordered Pairs',
      question: 'The position of point A is written as the ordered pair ( ).',
      option: position,
      answer: letterIn(position, '(2, 3)', `(${6 - 4}, ${4 - 1})`),
      sheet: positionSheet(false),
      form: jpegInPng,
    }),
    step({
      concept: 'Translation',
      question: 'Point A (2, 3) is moved 4 units to the right and 1 unit up. Its new position is ( ).',
      option: moved,
      answer: letterIn(moved, target, '(6, 4)'),
      sheet: positionSheet(true),
    }),
  ];
  return multiStep(steps, {
    question:
      'Point A is moved 4 units to the right and 1 unit up. Written as an ordered pair, its new position is ( ).',
    option: both,
    answer: letterIn(both, target, '(6, 4)'),
    sheet: positionSheet(false),
  });
}

const tinyTail: Point = [5, 21];
const tinyTip: Point = [20, 6];

/** An arrow on a stamp of 26 pixels. */
function tinyArrow(): Sheet {
  const [x, y] = tinyTip;
  return new Sheet(26, 26).line(tinyTail, tinyTip, { width: 2 }).polyline(
    [
      [x - 8, y],
      [x, y],
      [x, y + 8],
    ],
    { width: 2 },
  );
}

const home: Point = [50, 230];
const corner: Point = [230, 230];
const school: Point = [230, 70];

function routeSheet(): Sheet {
  const sheet = new Sheet(320, 280);
  sheet.line(home, corner, { width: 2.4 }).line(corner, school, { width: 2.4 });
  sheet.dot(home, 5).dot(corner, 5).dot(school, 5);
  sheet.text([34, 244], 'A').text([246, 244], 'B').text([246, 58], 'C');
  labelSegment(sheet, home, corner, '200 m', school);
  labelSegment(sheet, corner, school, '180 m', home);
  sheet.arrow([60, 110], [60, 50]).text([60, 34], 'N', { size: 12 });
  return sheet;
}

/** The direction from one drawn point to another, north being up. */
function compassDirection(from: Point, to: Point): string {
  const northSouth = Math.sign(from[1] - to[1]);
  const eastWest = Math.sign(to[0] - from[0]);
  const name = `${{ '1': 'North', '0': '', '-1': 'South' }[northSouth]}${{ '1': 'east', '0': '', '-1': 'west' }[eastWest]}`;
  return name.charAt(0).toUpperCase() + name.slice(1);
}

function schoolRoute(): Composite {
  const direction = 'A. Northwest;B. Northeast;C. Southeast; D. North; E. No correct answer';
  const first = 'A. East; B. South; C. West; D. North; E. No correct answer';
  // Published options of this kind break before a letter that only ends a sentence.
  const route =
    'A. Walk 200 m east to B, then 180 m north to ;C.  ;B. Walk 200 m west to B, then 180 m north to ;C.  ;C. Walk 180 m north to B, then 200 m east to ;C. ;D. No correct answer';
  const legs = `Walk 200 m ${compassDirection(home, corner).toLowerCase()} to B, then 180 m ${compassDirection(corner, school).toLowerCase()}`;
  const steps = [
    step({
      concept: 'Southeast, Southwest, Northeast, Northwest Directions',
      question: 'North is up. The arrow points to the ( ).',
      option: direction,
      answer: letterIn(direction, 'Northeast', compassDirection(tinyTail, tinyTip)),
      sheet: tinyArrow(),
    }),
    step({
      concept: 'Describing Simple Routes Based on Direction and Distance',
      question: 'Going from A to B in the picture, one walks to the ( ).',
      option: first,
      answer: letterIn(first, 'East', compassDirection(home, corner)),
      sheet: routeSheet(),
      form: jpegInPng,
    }),
  ];
  return multiStep(steps, {
    question: 'Home is A and school is C. Which route leads from home to school? ( )',
    option: route,
    answer: letterOf(route.split(/;(?=[B-D]\. (?:Walk|No))/), (text) => text.includes(legs)),
    sheet: routeSheet(),
  });
}

/** Two steps each: positions and directions. */
export const positionComposites = [movedPoint(), schoolRoute()];
