import { writeFileSync } from 'node:fs';
import { buildQuery } from '../../../benchmarks/mathvista/build-query.ts';
import { splitInlineOptions } from '../../../src/problems/options/split-inline-options.ts';
import type { OfficialRow } from './official-rows.ts';
import { pythonRepr } from './python-repr.ts';

/** Cells as they are written, '' where empty; the image column apart. */
export interface TsvTable {
  readonly columns: readonly string[];
  readonly rows: readonly Readonly<Record<string, string>>[];
  /** Bytes of each row's picture. */
  readonly pictures: readonly (Buffer | undefined)[];
}

type Cells = Readonly<Record<string, unknown>>;

/** How VLMEvalKit's tables hold the official rows, by benchmark; without index and image. */
const layouts: Readonly<Record<string, (row: OfficialRow) => Cells>> = {
  mathverse: ({ value }) => ({ ...value, image: '', metadata: pythonRepr(value['metadata']) }),
  mathvision: ({ value }) => ({
    question: value['question'],
    answer: value['answer'],
    choices: pythonRepr(value['options']),
    category: value['subject'],
  }),
  mathvista: ({ value }) => {
    const row = value as unknown as Parameters<typeof buildQuery>[0] & { answer: string; metadata: Cells };
    const place = row.choices?.indexOf(row.answer) ?? -1;
    return {
      question: buildQuery(row),
      answer: row.answer,
      answer_option: place < 0 ? '' : String.fromCharCode(65 + place),
      choices: row.choices === null ? '' : pythonRepr(row.choices),
      question_type: row.question_type,
      answer_type: row.answer_type,
      task: row.metadata['task'],
      skills: pythonRepr(row.metadata['skills']),
    };
  },
  wemath: ({ value }) => {
    const options = splitInlineOptions(String(value['option']));
    return {
      question: value['question'],
      ...Object.fromEntries([...'ABCDEFGH'].map((letter, index) => [letter, options[index] ?? ''])),
      hint: '',
      answer: value['answer'],
      ID: value['ID'],
      key: value['key'],
      'knowledge concept': value['knowledge concept'],
    };
  },
  dynamath: ({ value, context }) => ({
    qid: context.key,
    varid: context.facets['variant'],
    question: value['question'],
    answer: value['answer'],
    answer_type: value['answer_type'],
    subject: value['subject'],
    knowledge_level: value['level'],
  }),
};

/** The official number of a row, where the table has one; else rows are counted from 1. */
const indexOf: Readonly<Record<string, (row: OfficialRow, place: number) => string>> = {
  mathvision: ({ value }) => String(value['id']),
  mathvista: ({ value }) => String(value['pid']),
};

/** The official rows as VLMEvalKit's table holds them. */
export function tsvTable(benchmark: string, rows: readonly OfficialRow[]): TsvTable {
  const layout = layouts[benchmark];
  if (layout === undefined) throw new Error(`no layout ${benchmark}`);
  const cells = rows.map((row, place) => {
    const index = indexOf[benchmark]?.(row, place) ?? String(place + 1);
    const entries = Object.entries({ index, image: '', ...layout(row) });
    return Object.fromEntries(entries.map(([name, value]) => [name, String(value ?? '')]));
  });
  return { columns: Object.keys(cells[0] ?? {}), rows: cells, pictures: rows.map(({ picture }) => picture) };
}

/**
 * Writes the table. A picture that an earlier row has is written as that row's index; of the others most are written
 * bare, some as a list in Python's manner, some as one in JSON's.
 */
export function writeTsv(path: string, { columns, rows, pictures }: TsvTable): void {
  const known = new Map<string, string>();
  const lines = rows.map((row, place) => {
    const base64 = pictures[place]?.toString('base64') ?? '';
    const before = known.get(base64);
    if (before === undefined) known.set(base64, row['index'] ?? '');
    const image = before ?? [base64, base64, pythonRepr([base64]), JSON.stringify([base64])][place % 4] ?? '';
    return columns.map((column) => quoted(column === 'image' ? image : (row[column] ?? ''))).join('\t');
  });
  writeFileSync(path, `${[columns.map(quoted).join('\t'), ...lines].join('\n')}\n`);
}

/** As pandas writes: quotes only where they are needed. */
function quoted(cell: string): string {
  return /[\t\n\r"]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
