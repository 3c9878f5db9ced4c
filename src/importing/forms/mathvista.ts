import type { ImportForm } from '../import-form.ts';
import type { ImportRow } from '../import-row.ts';
import { type ForeignRecord, idOf, isRecord, textOf, truthOf } from '../records.ts';
import { evidenceOf } from './references.ts';

/**
 * The authors' results: an object of the data set's rows by pid, each with `response` and, once scored, `extraction`,
 * `prediction` and `true_false`.
 *
 * @see lupantech/MathVista@f036866d:results/bard/output_bard.json
 */
export const mathvista: ImportForm = {
  name: 'mathvista',
  title: 'MathVista results (an object by pid, each with response: .json)',
  recognises: (content) =>
    content.kind === 'object' &&
    Object.values(content.value)
      .slice(0, 5)
      .some((row) => isRecord(row) && 'pid' in row && 'response' in row),
  read: (content) => ({ rows: content.kind === 'object' ? readRows(content.value, content.path) : [] }),
};

function* readRows(value: ForeignRecord, path: string): Generator<ImportRow> {
  for (const [key, row] of Object.entries(value)) {
    if (!isRecord(row)) continue;
    const text = textOf(row['response']);
    const truth = truthOf(row['true_false']);
    yield {
      where: `${path}, key "${key}"`,
      ids: [idOf(row['pid']) ?? key],
      idsAreOwn: true,
      model: undefined,
      // Its script leaves the response out or empty and says why in `error` where a request failed.
      replies: isFailed(row) ? null : text === undefined ? undefined : [{ text }],
      verdict: truth === undefined ? undefined : truth ? 'correct' : 'incorrect',
      evidence: evidenceOf(row),
    };
  }
}

function isFailed(row: ForeignRecord): boolean {
  const error = textOf(row['error']) ?? '';
  return row['response'] === null || (error !== '' && (textOf(row['response']) ?? '') === '');
}
