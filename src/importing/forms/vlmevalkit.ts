import { hasColumns, type ImportForm } from '../import-form.ts';
import type { ImportRow } from '../import-row.ts';
import { idOf, isRecord, type PlacedRecord, textOf, truthOf } from '../records.ts';
import { evidenceOf, referenceOf } from './references.ts';

/** What the program writes as the answer to a request that failed for good. */
const failedPrediction = /^\s*Failed to obtain answer/;

/**
 * `<model>_<dataset>.xlsx`, .tsv or .json of VLMEvalKit, and the judged files beside it (.xlsx, .csv, .json): the data
 * set's columns without the image, `prediction`, and after judging `hit` or `res` and `log`.
 *
 * @see open-compass/VLMEvalKit@00fff545:vlmeval/smp/file.py (file formats), @09818277:vlmeval/dataset/utils/mathvista.py
 * (columns)
 */
export const vlmevalkit: ImportForm = {
  name: 'vlmevalkit',
  title: 'VLMEvalKit predictions (columns index and prediction: .xlsx, .tsv, .csv, .json)',
  recognises: (content) =>
    content.kind === 'object'
      ? columnsByRow(content.value) !== undefined
      : hasColumns(content, 'index', 'prediction') && !hasColumns(content, 'accuracy', 'correct'),
  read(content) {
    const rows =
      content.kind === 'object'
        ? [...transposed(content.value, content.path)]
        : content.kind === 'records'
          ? content.rows()
          : [];
    return { rows: readRows(rows), ...(content.kind === 'records' && content.notes && { notes: content.notes }) };
  },
};

async function* readRows(rows: AsyncIterable<PlacedRecord> | Iterable<PlacedRecord>): AsyncGenerator<ImportRow> {
  for await (const { value, where } of rows) {
    const text = textOf(value['prediction']);
    const isFailed = value['prediction'] === null || (text !== undefined && failedPrediction.test(text));
    const hit = truthOf(value['hit'] ?? value['score'] ?? value['verdict']);
    yield {
      where,
      ...referenceOf(value, [idOf(value['index'])]),
      model: undefined,
      replies: isFailed ? null : text === undefined ? undefined : [{ text }],
      verdict: hit === undefined ? undefined : hit ? 'correct' : 'incorrect',
      evidence: evidenceOf(value),
    };
  }
}

/** The keys of the rows where an object holds columns, as pandas writes them by default. */
function columnsByRow(value: Readonly<Record<string, unknown>>): readonly string[] | undefined {
  const { index, prediction } = value;
  const isColumn = (column: unknown) => isRecord(column) || Array.isArray(column);
  return isColumn(index) && isColumn(prediction) ? Object.keys(index as object) : undefined;
}

function* transposed(value: Readonly<Record<string, unknown>>, path: string): Generator<PlacedRecord> {
  for (const key of columnsByRow(value) ?? []) {
    const cells = Object.entries(value).map(([name, column]) => [name, (column as Record<string, unknown>)?.[key]]);
    yield { value: Object.fromEntries(cells), where: `${path}, row "${key}"` };
  }
}
