import {
  type CellRow,
  cellInteger,
  cellList,
  cellName,
  cellStructure,
  cellText,
  requiredText,
} from '../../src/problems/cell-values.ts';
import { type DataForm, RowError } from '../../src/problems/define-benchmark.ts';
import { partsOfQuery } from './from-query.ts';

/** What stands for a label that the table does not have. */
const unknown = 'unknown';

/**
 * VLMEvalKit's table. Its question is the official query, from which question and unit are taken; `index` is the pid.
 * Of the labels it has task and skills only.
 */
export const mathvistaTsv: DataForm = {
  kind: 'tsv',
  columns: ['index', 'image', 'question', 'answer', 'choices', 'question_type', 'answer_type', 'task', 'skills'],
  images: ['image'],
  labels: [{ label: 'MathVista_MINI', split: 'testmini', rows: 1000 }],
  toOfficial: (row) => {
    const pid = cellName(row, 'pid') ?? cellName(row, 'index');
    if (pid === undefined) throw new RowError('index', 'The cell is empty');
    const listed = cellList(row, 'choices') ?? [];
    const choices = listed.length === 0 ? null : listed;
    const written = requiredText(row, 'question');
    const parts = partsOfQuery(written, choices);
    const answer = officialAnswer(row, choices);
    return {
      pid,
      question: parts?.question ?? written,
      image: `images/${pid}.jpg`,
      choices,
      unit: cellText(row, 'unit') ?? parts?.unit ?? null,
      precision: cellInteger(row, 'precision') ?? decimalsOf(row, answer),
      answer,
      question_type: cellText(row, 'question_type'),
      answer_type: cellText(row, 'answer_type'),
      query: cellText(row, 'query') ?? (parts === undefined ? undefined : written),
      metadata: labelsOf(row),
    };
  },
};

/** The option's text, also where only its letter is given; an integer without the decimals of a column of numbers. */
function officialAnswer(row: CellRow, choices: readonly string[] | null): string {
  const answer = cellText(row, 'answer');
  if (choices !== null && (answer === undefined || !choices.includes(answer))) {
    const letter = cellText(row, 'answer_option')?.trim() ?? '';
    const option = /^[A-Z]$/.test(letter) ? choices[letter.charCodeAt(0) - 65] : undefined;
    if (option !== undefined && (answer ?? letter).trim() === letter) return option;
  }
  if (answer === undefined) throw new RowError('answer', 'The cell is empty');
  return cellText(row, 'answer_type') === 'integer' ? answer.replace(/\.0+$/, '') : answer;
}

/** A number is asked with as many decimals as its gold has. */
function decimalsOf(row: CellRow, answer: string): number | null {
  if (cellText(row, 'answer_type') !== 'float') return null;
  return /^-?\d*\.(\d{1,10})$/.exec(answer.trim())?.[1]?.length ?? 0;
}

function labelsOf(row: CellRow): unknown {
  const metadata = cellStructure(row, 'metadata') ?? {};
  const label = (name: string): string => cellText(row, name) ?? cellText(metadata, name) ?? unknown;
  return {
    task: label('task'),
    context: label('context'),
    category: label('category'),
    grade: label('grade'),
    skills: cellList(row, 'skills') ?? cellList(metadata, 'skills') ?? [unknown],
    language: label('language'),
    source: label('source'),
  };
}
