import { agreed } from '../agreed.ts';
import { type Point, polar, Sheet } from '../drawing/sheet.ts';
import { drawShape, regularPolygon, type ShapeName } from '../figures/shapes.ts';
import { at } from '../seeded-random.ts';
import type { LogicvistaProblem } from './logicvista-problem.ts';

const letters = 'ABCDEFGH';
const fill = { fill: '#9db8d8' };

/** A row of lettered boxes with something drawn in each. */
function boxes(sheet: Sheet, y: number, count: number, draw: (centre: Point, index: number) => void): void {
  for (let index = 0; index < count; index += 1) {
    const centre: Point = [50 + index * 80, y];
    sheet.rectangle([centre[0] - 32, y - 32], 64, 64).text([centre[0], y + 46], letters.charAt(index), { size: 11 });
    draw(centre, index);
  }
}

function nextShape(): LogicvistaProblem {
  const cycle: ShapeName[] = ['circle', 'square', 'triangle'];
  const row = Array.from({ length: 5 }, (_, index) => at(cycle, index % 3));
  const choices: ShapeName[] = ['star', 'circle', 'triangle', 'square'];
  const next = agreed('cycle', at(cycle, 5 % 3), at(row, 2));
  const sheet = new Sheet(420, 240, '#fdfdfb');
  row.forEach((name, index) => {
    drawShape(sheet, name, [50 + index * 70, 50], 20, fill);
  });
  sheet.text([395, 50], '?', { size: 18 });
  boxes(sheet, 150, 4, (centre, index) => {
    drawShape(sheet, at(choices, index), centre, 18, fill);
  });
  return {
    question: 'What choice (A, B, C, or D) should be in place of the question mark that goes on with the row?',
    answer: letters.charAt(choices.indexOf(next)),
    reasoning: 'Three shapes come in turn.',
    skill: 'inductive',
    capability: ['diagram', 'ocr'],
    sheet,
  };
}

/** Two letters are right. */
function sideCounts(question: string, sides: readonly number[], wanted: number): LogicvistaProblem {
  const sheet = new Sheet(80 * sides.length + 20, 130, '#fdfdfb');
  boxes(sheet, 50, sides.length, (centre, index) => {
    sheet.polygon(regularPolygon(centre, 24, at(sides, index)), fill);
  });
  const right = sides.flatMap((count, index) => (count === wanted ? [letters.charAt(index)] : []));
  agreed('how many are right', right.length, 2);
  return {
    question,
    answer: right.join(', '),
    reasoning: `The polygons with ${wanted} corners are counted.`,
    skill: 'inductive',
    capability: ['diagram'],
    sheet,
  };
}

function growingDots(): LogicvistaProblem {
  const counts = [1, 3, 6];
  const next = agreed('dots', 6 + 4, (4 * 5) / 2);
  const options = [8, 9, 10, 12];
  const sheet = new Sheet(360, 130);
  counts.forEach((count, which) => {
    let drawn = 0;
    for (let line = 0; drawn < count; line += 1) {
      for (let column = 0; column <= line && drawn < count; column += 1, drawn += 1) {
        sheet.dot([70 + which * 110 + (column - line / 2) * 22, 30 + line * 22], 7, '#7d62a8');
      }
    }
  });
  return {
    question: `How many dots will be in the 4th shape? Select answers from A-D. \n ${options.map((option, index) => `${letters.charAt(index)}) ${option}`).join(' ')}`,
    answer: letters.charAt(options.indexOf(next)),
    reasoning: 'Each shape has one line more than the one before it.',
    skill: 'inductive',
    capability: ['diagram'],
    sheet,
  };
}

function oddOneOut(): LogicvistaProblem {
  const turns = [0, 90, 180, 270, 0, 90];
  const sheet = new Sheet(500, 130, '#fdfdfb');
  boxes(sheet, 50, 6, (centre, index) => {
    sheet.arrow(polar(centre, 20, at(turns, index) + 180), polar(centre, 20, at(turns, index)));
    if (index !== 4) sheet.dot(polar(centre, 22, at(turns, index) + 90), 4);
  });
  return {
    question: 'Which one is the odd one out? Select answers from A-F',
    answer: letters.charAt(agreed('without a dot', 4, letters.indexOf('E'))),
    reasoning: 'All others have a dot beside their arrow.',
    skill: 'spatial',
    capability: ['diagram'],
    sheet,
  };
}

function turnedArrow(): LogicvistaProblem {
  const options = [90, 180, 270, 45];
  const wanted = agreed('quarter turn clockwise', (0 - 90 + 360) % 360, 270);
  const sheet = new Sheet(360, 240, '#fdfdfb');
  sheet.arrow([140, 45], [200, 45]);
  boxes(sheet, 150, 4, (centre, index) => {
    sheet.arrow(polar(centre, 22, at(options, index) + 180), polar(centre, 22, at(options, index)));
  });
  return {
    question:
      'Which option shows the arrow above after a quarter turn clockwise? Select from A, B,  C, and D.  (A) A (B) B (C) C (D) D ',
    answer: letters.charAt(options.indexOf(wanted)),
    reasoning: 'An arrow to the right points down after a quarter turn clockwise.',
    skill: 'spatial',
    capability: ['diagram'],
    sheet,
  };
}

export const patternProblems = [
  nextShape(),
  sideCounts('Which choices in the image (A-D) have exactly four corners?', [4, 6, 4, 5], 4),
  growingDots(),
  oddOneOut(),
  turnedArrow(),
  sideCounts('Which two of the proposals A, B, C or D have five corners?', [3, 5, 6, 5], 5),
];
