import { agreed } from '../agreed.ts';
import { Sheet } from '../drawing/sheet.ts';
import { barChart } from '../figures/charts.ts';
import { drawTable } from '../figures/table.ts';
import { writeLines } from '../figures/text-block.ts';

/** One figure of a set, with what is true on it of each question; no sheet where it is asked without a picture. */
export interface DrawnFigure {
  readonly sheet: Sheet | undefined;
  readonly answers: readonly boolean[];
}

/** Questions that are asked of several figures, of which all but the first are edited. */
export interface FigureSet {
  readonly category: 'VD' | 'VS';
  readonly subcategory: string;
  readonly note: string;
  readonly questions: readonly string[];
  readonly figures: readonly DrawnFigure[];
}

function circles(right: number): DrawnFigure {
  const left = 34;
  const sheet = new Sheet(420, 220, '#fbfbf7');
  sheet.circle([110, 110], left, { fill: '#e08a2e' }).circle([300, 110], right, { fill: '#e08a2e' });
  for (let index = 0; index < 6; index += 1) {
    const turn = (index * Math.PI) / 3;
    sheet.circle([110 + 78 * Math.cos(turn), 110 + 78 * Math.sin(turn)], 24, { fill: '#c3cad6', width: 1 });
    sheet.circle([300 + 62 * Math.cos(turn), 110 + 62 * Math.sin(turn)], 8, { fill: '#c3cad6', width: 1 });
  }
  return {
    sheet,
    answers: [agreed('same size', Number(left === right), Number(left - right === 0)) === 1, right > left],
  };
}

function sales(values: readonly [number, number, number]): DrawnFigure {
  const sheet = new Sheet(380, 260);
  barChart(sheet, {
    title: 'Books lent',
    labels: ['May', 'June', 'July'],
    top: 40,
    step: 10,
    series: { lent: values },
  });
  const [may, june, july] = values;
  return { sheet, answers: [june > may && june > july, july === Math.min(...values)] };
}

function sign(word: string): DrawnFigure {
  const sheet = new Sheet(300, 140, '#2c5d8f');
  sheet.text([150, 70], word, { size: 34, colour: '#ffffff', weight: 5 });
  return { sheet, answers: [word === 'OPEN', word === 'OVEN'] };
}

function corners(rows: readonly (readonly [string, number])[] | undefined): DrawnFigure {
  // Without a table the questions are of what everybody knows.
  const table = new Map(
    rows ?? [
      ['Triangle', 3],
      ['Square', 4],
      ['Hexagon', 6],
    ],
  );
  const most = [...table].toSorted((one, two) => two[1] - one[1])[0]?.[0];
  const answers = [most === 'Hexagon', (table.get('Triangle') ?? 0) > (table.get('Square') ?? 0)];
  if (rows === undefined) return { sheet: undefined, answers };
  const sheet = new Sheet(320, 200);
  drawTable(sheet, [['Shape', 'Corners'], ...rows.map(([name, count]) => [name, String(count)])]);
  return { sheet, answers };
}

function seasons(lines: readonly string[] | undefined, summerFirst: boolean): DrawnFigure {
  const answers = [!summerFirst, summerFirst];
  if (lines === undefined) return { sheet: undefined, answers };
  const sheet = new Sheet(320, 150, '#fffdf5');
  writeLines(sheet, 24, 34, lines, 13);
  return { sheet, answers };
}

export const figureSets: readonly FigureSet[] = [
  {
    category: 'VD',
    subcategory: 'illusion',
    note: 'circles',
    questions: [
      'Is the right orange circle the same size as the left orange circle?',
      'Is the right orange circle larger than the left orange circle?',
    ],
    figures: [circles(34), circles(46)],
  },
  {
    category: 'VD',
    subcategory: 'chart',
    note: 'lending',
    questions: ['Were the most books lent in June?', 'Were the fewest books lent in July? Look at the bars.'],
    figures: [sales([20, 35, 10]), sales([20, 15, 30])],
  },
  {
    category: 'VD',
    subcategory: 'ocr',
    note: 'door',
    questions: ['Does the sign say OPEN?', 'Does the sign say OVEN?'],
    figures: [sign('OPEN'), sign('OVEN')],
  },
  {
    category: 'VS',
    subcategory: 'table',
    note: 'corners',
    questions: [
      'Does a hexagon have the most corners of triangle, square and hexagon?',
      'Does a triangle have more corners than a square?',
    ],
    figures: [
      corners(undefined),
      corners([
        ['Triangle', 5],
        ['Square', 4],
        ['Hexagon', 6],
      ]),
    ],
  },
  {
    category: 'VS',
    subcategory: 'ocr',
    note: 'seasons',
    questions: ['Does spring come before summer?', 'Does summer come before spring?'],
    figures: [seasons(undefined, false), seasons(['Of the seasons on this card', '1 summer', '2 spring'], true)],
  },
];
