import type { SchemaElement } from 'hyparquet';
import { parquetWriteFile } from 'hyparquet-writer';
import type { OfficialRow } from './official-rows.ts';

/** Column types of the data sets on the hub. */
export type ColumnType =
  | 'text'
  | 'int64'
  | 'double'
  | 'texts'
  | 'image'
  | { readonly structure: Readonly<Record<string, ColumnType>> };

/** Rows as a reader of Parquet gives them, images included. */
export interface ParquetTable {
  readonly columns: Readonly<Record<string, ColumnType>>;
  readonly rows: readonly Readonly<Record<string, unknown>>[];
}

type Convert = (row: OfficialRow) => Record<string, unknown>;

interface Layout {
  readonly columns: Readonly<Record<string, ColumnType>>;
  readonly convert: Convert;
}

const mathverseColumns: Readonly<Record<string, ColumnType>> = {
  sample_index: 'text',
  problem_index: 'text',
  problem_version: 'text',
  question: 'text',
  image: 'image',
  answer: 'text',
  question_type: 'text',
  metadata: { structure: { split: 'text', source: 'text', subject: 'text', subfield: 'text' } },
  query_wo: 'text',
  query_cot: 'text',
  question_for_eval: 'text',
};

/** How the hub's data sets hold the official rows, by benchmark; columns in their order there. */
const layouts: Readonly<Record<string, Layout>> = {
  mathverse: {
    columns: mathverseColumns,
    convert: ({ value, picture }) => ({ ...value, image: imageOf(picture, value['image']) }),
  },
  'mathverse:text-only': {
    columns: { ...mathverseColumns, image: 'text' },
    convert: ({ value }) => ({ ...value, image: '' }),
  },
  mathvision: {
    columns: {
      id: 'text',
      question: 'text',
      options: 'texts',
      image: 'text',
      decoded_image: 'image',
      answer: 'text',
      solution: 'text',
      level: 'int64',
      subject: 'text',
    },
    convert: ({ value, picture }) => ({ ...value, decoded_image: imageOf(picture, value['image']) }),
  },
  mathvista: {
    columns: {
      pid: 'text',
      question: 'text',
      image: 'text',
      decoded_image: 'image',
      choices: 'texts',
      unit: 'text',
      precision: 'double',
      answer: 'text',
      question_type: 'text',
      answer_type: 'text',
      metadata: {
        structure: {
          category: 'text',
          context: 'text',
          grade: 'text',
          img_height: 'int64',
          img_width: 'int64',
          language: 'text',
          skills: 'texts',
          source: 'text',
          split: 'text',
          task: 'text',
        },
      },
      query: 'text',
    },
    convert: ({ value, picture }) => ({ ...value, decoded_image: imageOf(picture, value['image']) }),
  },
  wemath: {
    columns: {
      ID: 'text',
      split: 'text',
      'knowledge concept': 'text',
      question: 'text',
      option: 'text',
      answer: 'text',
      image_path: 'image',
      key: 'text',
      'question number': 'int64',
      'knowledge concept description': 'text',
    },
    convert: ({ value, picture }) => ({ ...value, image_path: imageOf(picture, value['image_path']) }),
  },
  dynamath: {
    columns: {
      id: 'text',
      question: 'text',
      image: 'text',
      decoded_image: 'image',
      ground_truth: 'text',
      answer_type: 'text',
      subject: 'text',
      knowledge_level: 'text',
    },
    convert: ({ value, context, picture }) => ({
      id: context.key,
      question: value['question'],
      image: value['image'],
      decoded_image: imageOf(picture, value['image']),
      ground_truth: value['answer'],
      answer_type: value['answer_type'],
      subject: value['subject'],
      knowledge_level: value['level'],
    }),
  },
};

function imageOf(bytes: Buffer | undefined, name: unknown): unknown {
  return bytes === undefined ? null : { bytes: new Uint8Array(bytes), path: String(name).split('/').at(-1) };
}

/** The official rows as the hub's Parquet holds them: 64-bit integers, doubles, nulls for what is missing. */
export function parquetTable(layout: string, rows: readonly OfficialRow[]): ParquetTable {
  const found = layouts[layout];
  if (found === undefined) throw new Error(`no layout ${layout}`);
  return { columns: found.columns, rows: rows.map((row) => typed(found.columns, found.convert(row))) };
}

function typed(columns: Readonly<Record<string, ColumnType>>, row: Readonly<Record<string, unknown>>) {
  return Object.fromEntries(Object.entries(columns).map(([name, type]) => [name, valueAs(type, row[name])]));
}

function valueAs(type: ColumnType, value: unknown): unknown {
  if (value === undefined || value === null) return null;
  if (type === 'int64') return BigInt(value as number);
  return typeof type === 'object' ? typed(type.structure, value as Record<string, unknown>) : value;
}

/** Writes rows in row groups of at most `rowGroupSize`. */
export function writeParquet(path: string, { columns, rows }: ParquetTable, rowGroupSize: number): void {
  const names = Object.keys(columns);
  parquetWriteFile({
    filename: path,
    columnData: names.map((name) => ({ name, data: rows.map((row) => row[name]) })),
    schema: [
      { name: 'schema', num_children: names.length },
      ...names.flatMap((name) => schemaOf(name, columns[name] ?? 'text')),
    ],
    rowGroupSize,
  });
}

function schemaOf(name: string, type: ColumnType): SchemaElement[] {
  const optional = { name, repetition_type: 'OPTIONAL' } as const;
  if (type === 'text') return [{ ...optional, type: 'BYTE_ARRAY', converted_type: 'UTF8' }];
  if (type === 'int64') return [{ ...optional, type: 'INT64' }];
  if (type === 'double') return [{ ...optional, type: 'DOUBLE' }];
  if (type === 'texts') {
    return [
      { ...optional, num_children: 1, converted_type: 'LIST' },
      { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
      ...schemaOf('element', 'text'),
    ];
  }
  if (type === 'image') {
    const bytes = { name: 'bytes', repetition_type: 'OPTIONAL', type: 'BYTE_ARRAY' } as const;
    return [{ ...optional, num_children: 2 }, bytes, ...schemaOf('path', 'text')];
  }
  const members = Object.entries(type.structure);
  return [
    { ...optional, num_children: members.length },
    ...members.flatMap(([member, inner]) => schemaOf(member, inner)),
  ];
}
