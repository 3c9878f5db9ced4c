import { agreed, letterOf } from '../agreed.ts';
import { Sheet } from '../drawing/sheet.ts';
import { barChart } from '../figures/charts.ts';
import { regularPolygon } from '../figures/shapes.ts';
import { wrapText, writeLines } from '../figures/text-block.ts';
import { at } from '../seeded-random.ts';
import type { LogicvistaProblem } from './logicvista-problem.ts';

function lettered(options: readonly (string | number)[]): string {
  return options.map((option, index) => `(${'ABCDE'.charAt(index)}) ${option}`).join(' ');
}

function note(text: string): Sheet {
  const sheet = new Sheet(420, 150, '#fffdf5');
  writeLines(sheet, 20, 28, wrapText(text, 380, 11), 11);
  return sheet;
}

function riddle(question: string, options: readonly string[], answer: string, text: string): LogicvistaProblem {
  return {
    question: `${question} Select from A, B and C. ${lettered(options)}`,
    answer,
    reasoning: 'Only what is written counts.',
    skill: 'deductive',
    capability: ['ocr'],
    sheet: note(text),
  };
}

function conclusion(): LogicvistaProblem {
  return {
    question: 'Which conclusion follows, according to the image? Select from 1-4',
    answer: '3',
    reasoning: 'Every tram is red, and what is red is loud.',
    skill: 'deductive',
    capability: ['ocr'],
    sheet: note(
      'All trams are red. All red things are loud.\n1 All loud things are trams\n2 No tram is loud\n3 All trams are loud\n4 Some trams are not red',
    ),
  };
}

function soldTickets(): LogicvistaProblem {
  const sold = { May: [30, 45], June: [50, 20] };
  const more = agreed('May over June', 30 + 45 - (50 + 20), 75 - 70);
  const options = [5, 15, 25, 75, 145];
  const sheet = new Sheet(420, 270);
  barChart(sheet, { title: 'Tickets sold', labels: ['North', 'South'], top: 60, step: 10, series: sold });
  return {
    question: `How many more tickets were sold in May than in June? Select from A, B, C, D and E. ${lettered(options)}`,
    answer: letterOf(options, (option) => option === more),
    reasoning: '30 + 45 is 75, 50 + 20 is 70.',
    skill: 'numerical',
    capability: ['diagram', 'ocr'],
    sheet,
  };
}

function cogs(): LogicvistaProblem {
  const turns = ['clockwise', 'counter-clockwise', 'clockwise'];
  const sheet = new Sheet(420, 170, '#fdfdfb');
  turns.forEach((_, index) => {
    const x = 85 + index * 118;
    sheet
      .polygon(regularPolygon([x, 85], 60, 24), { fill: '#e3e7ee' })
      .circle([x, 85], 48)
      .dot([x, 85], 5);
    sheet.text([x, 60], String(index + 1), { size: 13 });
  });
  const options = ['clockwise', 'counter-clockwise', 'it does not turn'];
  const last = agreed('third cog', at(turns, 2), at(turns, 0));
  return {
    question: `Cog 1 turns clockwise. Which way does cog 3 turn? Select from A, B and C. ${lettered(options)}`,
    answer: letterOf(options, (option) => option === last),
    reasoning: 'Neighbours turn in opposite directions.',
    skill: 'mechanical',
    capability: ['diagram', 'ocr'],
    sheet,
  };
}

function balance(): LogicvistaProblem {
  const [left, right] = [4 * 2, 3 * 3];
  const options = ['the left one', 'the right one', 'neither'];
  const falls = agreed('torque', left < right ? 1 : 0, Math.sign(right - left));
  const sheet = new Sheet(420, 190);
  sheet.line([40, 90], [380, 90], { width: 5 }).polygon(
    [
      [190, 150],
      [210, 90],
      [230, 150],
    ],
    { fill: '#c9ccd3' },
  );
  sheet.rectangle([120, 50], 40, 40, { fill: '#9db8d8' }).text([140, 70], '4 kg', { size: 10 });
  sheet.rectangle([300, 55], 34, 34, { fill: '#e0b58a' }).text([317, 72], '3 kg', { size: 9 });
  sheet.text([175, 112], '2 m', { size: 10 }).text([265, 112], '3 m', { size: 10 });
  return {
    question: `Which end of the beam goes down? Select from A, B and C. ${lettered(options)}`,
    answer: 'ABC'.charAt(falls),
    reasoning: '3 times 3 is more than 4 times 2.',
    skill: 'mechanical',
    capability: ['diagram', 'ocr'],
    sheet,
  };
}

export const reasoningProblems = [
  riddle(
    'The green box is heavier than the red box.',
    ['True', 'False', 'Insufficient Information'],
    'A',
    'The green box is heavier than the blue box. The blue box is heavier than the red box.',
  ),
  riddle(
    'The white box is empty.',
    ['True', 'False', 'Insufficient Information'],
    'C',
    'The green box is full. The red box is half full. Nobody has looked into the white box.',
  ),
  conclusion(),
  soldTickets(),
  cogs(),
  balance(),
];
