import { hasColumns, type ImportForm } from '../import-form.ts';
import type { ImportRow } from '../import-row.ts';
import { type PlacedRecord, textOf } from '../records.ts';
import { evidenceOf, referenceOf } from './references.ts';

/**
 * What the authors' scripts score: the data set's rows, each with `response`.
 *
 * @see We-Math/We-Math@89a15bd1:evaluation/four_dimensional_metrics.py
 */
export const weMath: ImportForm = {
  name: 'wemath',
  title: 'We-Math outputs (a list with ID, key and response: .json)',
  recognises: (content) => hasColumns(content, 'ID', 'key', 'response'),
  read: (content) => ({ rows: content.kind === 'records' ? readRows(content.rows()) : [] }),
};

async function* readRows(rows: AsyncIterable<PlacedRecord> | Iterable<PlacedRecord>): AsyncGenerator<ImportRow> {
  for await (const { value, where } of rows) {
    const text = textOf(value['response']);
    yield {
      where,
      ...referenceOf(value, []),
      model: textOf(value['model']),
      replies: value['response'] === null ? null : text === undefined ? undefined : [{ text }],
      verdict: undefined,
      evidence: evidenceOf(value),
    };
  }
}
