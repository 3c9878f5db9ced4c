import { agreed, letterOf } from '../agreed.ts';
import type { Point } from '../drawing/sheet.ts';
import { Sheet } from '../drawing/sheet.ts';
import type { ShapeName } from '../figures/shapes.ts';
import { drawClock, drawShape } from '../figures/shapes.ts';
import { at, seededRandom } from '../seeded-random.ts';
import type { MathvistaProblem } from './mathvista-problem.ts';
import { choiceText, problem } from './mathvista-problem.ts';

const puzzle: Pick<MathvistaProblem, 'source' | 'category' | 'task' | 'grade'> = {
  source: 'DrawnPuzzles',
  category: 'math-targeted-vqa',
  task: 'math word problem',
  grade: 'elementary school',
};

function subtractShapes() {
  const random = seededRandom(5);
  const colours = { red: '#d9534f', blue: '#4a7fc1', green: '#5aa469' };
  const kinds = [
    'red',
    'red',
    'blue',
    'blue',
    'blue',
    'green',
    'green',
    'red',
    'blue',
    'green',
    'green',
    'red',
  ] as const;
  const items = kinds.map((colour, index) => ({
    colour,
    shape: at(['circle', 'square', 'circle'] as const, index % 3),
  }));
  const left = items.filter(({ colour }) => colour !== 'blue').filter(({ shape }) => shape !== 'square');
  const blue = items.filter(({ colour }) => colour === 'blue').length;
  const otherSquares = items.filter(({ colour, shape }) => shape === 'square' && colour !== 'blue').length;
  const sheet = new Sheet(400, 280, '#eceff3');
  random.shuffled(items).forEach(({ colour, shape }, index) => {
    const centre: Point = [
      60 + (index % 4) * 92 + random.between(-12, 12),
      55 + Math.floor(index / 4) * 84 + random.between(-10, 10),
    ];
    drawShape(sheet, shape, centre, random.between(18, 28), { fill: colours[colour] });
  });
  return problem({
    ...puzzle,
    question: 'Take away all blue objects. Then take away all squares. How many objects are left?',
    answer: String(agreed('objects left', left.length, items.length - blue - otherSquares)),
    answerType: 'integer',
    context: 'synthetic scene',
    skills: ['arithmetic', 'geometry'],
    sheet,
  });
}

function applesInBowls() {
  const bowls = [3, 5, 4];
  const choices = ['11', '12', '13', '12 apples and a pear', '15'];
  const total = String(agreed('apples', 3 + 5 + 4, bowls.map((count) => 'o'.repeat(count)).join('').length));
  const sheet = new Sheet(420, 180, '#fdfaf3');
  bowls.forEach((count, bowl) => {
    const x = 75 + bowl * 135;
    for (let index = 0; index < count; index++) {
      const [px, py] = [x + ((index % 3) - 1) * 27, 88 - Math.floor(index / 3) * 25];
      sheet
        .circle([px, py], 12.5, { fill: '#cf4a43', width: 1.3 })
        .line([px, py - 12], [px + 3, py - 18], { width: 2, stroke: '#5b3d22' });
    }
    sheet.path(
      `M${x - 54} 92H${x + 54}C${x + 50} 140 ${x + 24} 150 ${x} 150C${x - 24} 150 ${x - 50} 140 ${x - 54} 92Z`,
      { fill: '#9db8d8', width: 1.8 },
    );
  });
  return problem({
    ...puzzle,
    question: 'How many apples are in the bowls altogether? All of them can be seen.',
    choices,
    answer: choiceText(
      choices,
      letterOf(choices, (choice) => choice === total),
    ),
    answerType: 'text',
    context: 'abstract scene',
    skills: ['arithmetic', 'numeric commonsense'],
    sheet,
  });
}

function nextInSequence() {
  const sequence = [1, 2, 4, 7];
  const byGaps = at(sequence, 3) + (at(sequence, 3) - at(sequence, 2) + 1);
  const [n] = [sequence.length + 1];
  const choices = ['10', '11', '12', '12'];
  const next = String(agreed('sequence', byGaps, 1 + (n * (n - 1)) / 2));
  const sheet = new Sheet(460, 150);
  sequence.forEach((count, index) => {
    const x = 22 + index * 110;
    for (let dot = 0; dot < count; dot++)
      sheet.circle([x + 14 + (dot % 3) * 26, 42 + Math.floor(dot / 3) * 26], 9, { fill: '#7d62a8', width: 1.2 });
    sheet.text([x + 40, 128], `Step ${index + 1}`, { size: 9 });
  });
  return problem({
    ...puzzle,
    question: 'The dots grow by one rule from step to step. How many dots does step 5 have?',
    choices,
    answer: choiceText(
      choices,
      letterOf(choices, (choice) => choice === next),
    ),
    answerType: 'text',
    context: 'puzzle test',
    skills: ['logical', 'arithmetic'],
    sheet,
  });
}

function missingInPattern() {
  const cycle: ShapeName[] = ['star', 'circle', 'triangle'];
  const shapes = Array.from({ length: 8 }, (_, index) => at(cycle, index % 3));
  const choices = ['circle', 'square', 'star', 'triangle'];
  const sheet = new Sheet(440, 100);
  shapes.forEach((shape, index) => {
    const centre: Point = [40 + index * 51, 48];
    if (index === 6) sheet.rectangle([centre[0] - 20, 28], 40, 40, { dash: '5 4' }).text(centre, '?', { size: 14 });
    else drawShape(sheet, shape, centre, 16, { fill: '#f3c14b' });
  });
  return problem({
    ...puzzle,
    question: 'Which shape belongs at the question mark?',
    choices,
    // Every third shape is the same, so the one three places before and the one at the start must agree.
    answer: agreed('pattern', at(shapes, 6), at(shapes, 3)),
    answerType: 'text',
    context: 'puzzle test',
    skills: ['logical'],
    sheet,
  });
}

function readClock() {
  const [hour, minute] = [8, 45];
  const choices = ['half', 'quarter past', 'quarter to', "o'clock"];
  const byMinute = { 0: "o'clock", 15: 'quarter past', 30: 'half', 45: 'quarter to' }[minute] ?? '';
  const sheet = new Sheet(260, 260);
  drawClock(sheet, [130, 130], 115, hour, minute);
  return problem({
    ...puzzle,
    question: 'Which words complete the time: it is ( ) nine?',
    choices,
    answer: choiceText(
      choices,
      agreed(
        'clock',
        letterOf(choices, (choice) => choice === byMinute),
        letterOf(choices, (choice) => choice.includes('to') && minute > 30),
      ),
    ),
    answerType: 'text',
    category: 'general-vqa',
    task: 'visual question answering',
    context: 'abstract scene',
    skills: ['numeric commonsense'],
    sheet,
    form: { kind: 'png' },
  });
}

export const puzzleProblems = [subtractShapes(), applesInBowls(), nextInSequence(), missingInPattern(), readClock()];
