import { agreed, letterOf } from '../agreed.ts';
import { Sheet } from '../drawing/sheet.ts';
import { CoordinatePlane } from '../figures/coordinate-plane.ts';
import { at } from '../seeded-random.ts';
import { lettersOnly, problem } from './mathvision-problem.ts';

function numberWall() {
  const bottom = [4, 7, 5, 6];
  const rows = [bottom];
  while (at(rows, rows.length - 1).length > 1) {
    const below = at(rows, rows.length - 1);
    rows.push(below.slice(1).map((value, index) => value + at(below, index)));
  }
  const [a = 0, b = 0, c = 0, d = 0] = bottom;
  const answer = agreed('number wall', at(at(rows, 3), 0), a + 3 * b + 3 * c + d);
  const sheet = new Sheet(360, 220);
  rows.forEach((row, level) => {
    row.forEach((value, index) => {
      const x = 20 + index * 80 + level * 40;
      const y = 165 - level * 46;
      const text = level === 0 ? String(value) : level === 3 ? '?' : '';
      sheet
        .rectangle([x, y], 80, 46, { fill: level === 3 ? '#f7dfc4' : '#e8edf6' })
        .text([x + 40, y + 23], text, { size: 15 });
    });
  });
  return problem({
    subject: 'arithmetic',
    level: 2,
    question:
      'In this wall each brick holds the sum of the two bricks below it. Which number belongs in the brick with the question mark?\n<image1>',
    answer: String(answer),
    sheet,
  });
}

function fullestBasket() {
  const baskets = [
    [8, 9, 4],
    [12, 7],
    [5, 5, 6, 4],
    [11, 3, 9],
    [6, 14, 2],
  ];
  const totals = baskets.map((basket) => basket.reduce((sum, value) => sum + value, 0));
  const byMax = letterOf(totals, (total) => total === Math.max(...totals));
  const bySort =
    lettersOnly[
      totals.indexOf(
        at(
          [...totals].sort((a, b) => b - a),
          0,
        ),
      )
    ] ?? '';
  const sheet = new Sheet(560, 190);
  baskets.forEach((basket, index) => {
    const x = 14 + index * 108;
    sheet.path(`M${x} 78L${x + 14} 146H${x + 86}L${x + 100} 78Z`, { fill: '#ead7b0' });
    sheet.path(`M${x + 8} 78C${x + 12} 14 ${x + 88} 14 ${x + 92} 78`, { width: 3, stroke: '#8a6a33' });
    basket.forEach((value, place) => {
      const [px, py] = [
        x + 50 + ((place % 2) * 2 - 1) * (basket.length === 3 && place === 2 ? 0 : 20),
        94 + Math.floor(place / 2) * 30,
      ];
      sheet.circle([px, py], 13.5, { fill: '#ffffff', width: 1.2 }).text([px, py], String(value), { size: 10 });
    });
    sheet.text([x + 50, 170], at(lettersOnly, index), { size: 13 });
  });
  return problem({
    subject: 'arithmetic',
    level: 3,
    question: 'Each ball shows its points. Which basket holds the most points?\n<image1>',
    options: lettersOnly,
    answer: agreed('fullest basket', byMax, bySort),
    sheet,
    form: { kind: 'jpeg', sideways: true },
  });
}

function balancedCircles() {
  const answer = agreed('balance', (14 - 2) / 3, [1, 2, 3, 4, 5, 6].find((value) => 3 * value + 2 === 14) ?? 0);
  const sheet = new Sheet(360, 200);
  sheet.line([50, 110], [310, 110], { width: 4 }).polygon(
    [
      [180, 112],
      [156, 172],
      [204, 172],
    ],
    { fill: '#c8ced9' },
  );
  for (const x of [68, 100, 132]) sheet.circle([x, 93], 14, { fill: '#f3c14b' });
  sheet.rectangle([148, 82], 22, 26, { fill: '#dfe6f3' }).text([159, 95], '2', { size: 12 });
  sheet.rectangle([230, 66], 56, 42, { fill: '#dfe6f3' }).text([258, 87], '14', { size: 15 });
  return problem({
    subject: 'algebra',
    level: 2,
    question: 'The scale is in balance and the three balls weigh the same. How much does one ball weigh?\\n<image1>',
    answer: `${answer}`,
    solution: 'Three balls and 2 weigh as much as 14, so three balls weigh 12 and one ball weighs 4.',
    sheet,
  });
}

function parabolaFactor() {
  const f = (x: number): number => 0.75 * (x - 2) ** 2 - 3;
  const [above, below] = [3, 4];
  agreed('factor of the parabola', above / below, f(0) === 0 && f(4) === 0 ? (0 + 3) / (0 - 2) ** 2 : Number.NaN);
  const sheet = new Sheet(320, 320);
  const plane = new CoordinatePlane(sheet, { x: [-3, 6], y: [-4, 5] });
  plane.curve(f);
  plane.point(0, 0, 'O', [-11, 13]);
  plane.point(2, -3, 'V(2, −3)', [0, 16]);
  return problem({
    subject: 'algebra',
    level: 5,
    question:
      'The parabola $y = ax^2 + bx + c$ has its vertex at $V(2, -3)$ and passes through the origin $O$. Find $a$.\n<image1>',
    // A form feed where a published gold lost the backslash of \frac.
    answer: `$\frac{${above}}{${below}}$`,
    solution: '',
    sheet,
  });
}

export const numberProblems = [numberWall(), fullestBasket(), balancedCircles(), parabolaFactor()];
