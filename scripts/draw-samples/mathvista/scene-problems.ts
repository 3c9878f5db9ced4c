import { agreed } from '../agreed.ts';
import type { Point } from '../drawing/sheet.ts';
import { polar, Sheet } from '../drawing/sheet.ts';
import { at } from '../seeded-random.ts';
import type { MathvistaProblem } from './mathvista-problem.ts';
import { problem } from './mathvista-problem.ts';

const scene: Pick<MathvistaProblem, 'source' | 'category' | 'task'> = {
  source: 'DrawnScenes',
  category: 'general-vqa',
  task: 'visual question answering',
};

function housesOnHill() {
  const houses: readonly (readonly [number, number, string])[] = [
    [60, 190, '#c9765c'],
    [130, 170, '#d9b36a'],
    [205, 185, '#8fa7c4'],
    [285, 165, '#c9765c'],
    [345, 195, '#d9b36a'],
  ];
  const sheet = new Sheet(420, 280, '#cfe4f5');
  sheet.circle([350, 55], 26, { fill: '#f7d560', stroke: '#e0b93a' });
  sheet.path('M0 200C90 150 180 190 260 165C330 145 380 170 420 160V280H0Z', { fill: '#8fbf7a', stroke: '#6f9f5c' });
  for (const [x, y] of [
    [25, 230],
    [110, 245],
    [240, 240],
    [390, 245],
  ] as const) {
    sheet
      .line([x, y], [x, y + 20], { width: 5, stroke: '#6b4a2f' })
      .circle([x, y - 8], 17, { fill: '#4f8a4a', stroke: '#3c6d38' });
  }
  let roofs = 0;
  for (const [x, y, wall] of houses) {
    sheet.rectangle([x - 22, y], 44, 34, { fill: wall }).polygon(
      [
        [x - 28, y],
        [x + 28, y],
        [x, y - 26],
      ],
      { fill: '#7a3b34' },
    );
    sheet
      .rectangle([x - 5, y + 14], 10, 20, { fill: '#5a4636', width: 1 })
      .rectangle([x + 9, y + 8], 9, 9, { fill: '#fdf6d8', width: 1 });
    roofs++;
  }
  return problem({
    ...scene,
    question: 'How many houses are in the picture?',
    answer: String(agreed('houses', houses.length, roofs)),
    answerType: 'integer',
    context: 'natural image',
    skills: ['numeric commonsense'],
    sheet,
  });
}

function ageGap() {
  const born = { Ida: 1974, Jon: 1987 };
  const today = 2020;
  const gap = agreed('age gap', born.Jon - born.Ida, today - born.Ida - (today - born.Jon));
  const sheet = new Sheet(360, 260, '#f3ede2');
  Object.entries(born).forEach(([name, year], index) => {
    const x = 100 + index * 160;
    sheet.circle([x, 74], 32, { fill: index === 0 ? '#f0cfae' : '#d8a982' });
    sheet.path(`M${x - 33} 68C${x - 30} 30 ${x + 30} 30 ${x + 33} 68C${x + 14} 54 ${x - 14} 54 ${x - 33} 68Z`, {
      fill: index === 0 ? '#6b3f28' : '#2f2a28',
    });
    sheet
      .dot([x - 11, 76], 2.6)
      .dot([x + 11, 76], 2.6)
      .path(`M${x - 10} 90C${x - 5} 96 ${x + 5} 96 ${x + 10} 90`, { width: 2 });
    sheet.path(`M${x - 52} 172C${x - 50} 118 ${x + 50} 118 ${x + 52} 172Z`, {
      fill: index === 0 ? '#b9484e' : '#3b6fb6',
    });
    sheet
      .rectangle([x - 62, 178], 124, 56, { fill: '#ffffff' })
      .text([x, 196], name, { size: 12 })
      .text([x, 218], `born ${year}`, { size: 11 });
  });
  return problem({
    ...scene,
    question: 'What is the age gap between the two people in the picture?',
    unit: 'years',
    answer: String(gap),
    answerType: 'integer',
    context: 'natural image',
    skills: ['numeric commonsense', 'arithmetic'],
    sheet,
  });
}

function kitchenScale() {
  const grams = 350;
  const centre: Point = [150, 165];
  const direction = (value: number): number => 225 - (value / 500) * 270;
  const sheet = new Sheet(300, 300, '#eef1f4');
  sheet.rectangle([70, 28], 160, 14, { fill: '#c8ced9' }).circle(centre, 112, { fill: '#ffffff', width: 3 });
  for (let value = 0; value <= 500; value += 10) {
    const long = value % 50 === 0;
    sheet.line(polar(centre, long ? 92 : 99, direction(value)), polar(centre, 106, direction(value)), {
      width: long ? 2 : 1,
    });
    if (value % 100 === 0) sheet.text(polar(centre, 76, direction(value)), String(value), { size: 10 });
  }
  sheet
    .line(centre, polar(centre, 90, direction(grams)), { width: 3, stroke: '#b3261e' })
    .dot(centre, 6, '#b3261e')
    .text([centre[0], centre[1] + 42], 'g', { size: 13 });
  const tip = polar([0, 0], 1, direction(grams));
  const read = Math.round(((225 - (((Math.atan2(-tip[1], tip[0]) * 180) / Math.PI + 360) % 360)) / 270) * 500);
  return problem({
    ...scene,
    question: 'Which weight does the scale show?',
    unit: 'g',
    answer: String(agreed('scale', grams, read < 0 ? read + Math.round((360 / 270) * 500) : read)),
    answerType: 'integer',
    context: 'natural image',
    skills: ['numeric commonsense'],
    sheet,
  });
}

function changeOnReceipt() {
  const cents: readonly (readonly [string, number])[] = [
    ['bread', 285],
    ['milk', 129],
    ['apples', 241],
  ];
  const paid = 1000;
  const total = cents.reduce((sum, [, price]) => sum + price, 0);
  const leftOver = cents.reduce((rest, [, price]) => rest - price, paid);
  const money = (value: number): string => (value / 100).toFixed(2);
  const sheet = new Sheet(260, 300, '#e9e9e4');
  sheet.rectangle([30, 15], 200, 270, { fill: '#ffffff', width: 1 }).text([130, 40], 'CORNER SHOP', { size: 12 });
  sheet.line([45, 58], [215, 58], { dash: '3 4', width: 1 });
  const lines: readonly (readonly [string, string])[] = [
    ...cents.map(([name, price]) => [name, money(price)] as const),
    ['TOTAL', money(total)],
    ['CASH', money(paid)],
    ['CHANGE', '?'],
  ];
  lines.forEach(([name, value], index) => {
    const y = 80 + index * 28 + (index >= cents.length ? 16 : 0);
    sheet.text([48, y], name, { size: 10.5, anchor: 'start' }).text([212, y], value, { size: 10.5, anchor: 'end' });
  });
  sheet.line([45, 160], [215, 160], { dash: '3 4', width: 1 });
  return problem({
    ...scene,
    question: 'How much change does the customer get back?',
    precision: 2,
    answer: money(agreed('change', paid - total, leftOver)),
    answerType: 'float',
    context: 'document image',
    skills: ['arithmetic', 'numeric commonsense'],
    sheet,
  });
}

function booksOnShelves() {
  const shelves = [6, 4, 5];
  const sheet = new Sheet(380, 280, '#f7f2ea');
  shelves.forEach((count, shelf) => {
    const y = 88 + shelf * 82;
    sheet.rectangle([30, y], 320, 9, { fill: '#a9794a' });
    for (let index = 0; index < count; index++) {
      const height = at([52, 44, 58, 48, 55, 50], (index + shelf) % 6);
      sheet.rectangle([48 + index * 34, y - height], 26, height, {
        fill: at(['#3b6fb6', '#b9484e', '#4f9d5d', '#e08a2e'], (index + shelf) % 4),
      });
    }
  });
  return problem({
    ...scene,
    question: 'How many books stand on the shelf that holds the fewest books?',
    answer: String(
      agreed(
        'books',
        Math.min(...shelves),
        at(
          [...shelves].sort((a, b) => a - b),
          0,
        ),
      ),
    ),
    answerType: 'integer',
    context: 'synthetic scene',
    skills: ['numeric commonsense', 'statistical'],
    sheet,
  });
}

export const sceneProblems = [housesOnHill(), ageGap(), kitchenScale(), changeOnReceipt(), booksOnShelves()];
