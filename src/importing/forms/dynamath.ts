import { hasColumns, type ImportForm } from '../import-form.ts';
import type { ImportRow } from '../import-row.ts';
import { type ForeignRecord, isRecord, type PlacedRecord, textOf, truthOf } from '../records.ts';
import { evidenceOf } from './references.ts';

const variants = Array.from({ length: 10 }, (_, index) => index + 1);

/**
 * The authors' report of one trial: an object by seed, each with question, `Ground truth`, `response` and `result`. It
 * does not say which of the ten variants it is about: the questions and answers have to tell.
 *
 * @see DynaMath/DynaMath@65a346ac:evaluation/gpt4o/gpt_4o_json_eval.py
 */
export const dynamathReport: ImportForm = {
  name: 'dynamath-report',
  title: 'DynaMath report of one trial (an object by seed, with Ground truth and response: .json)',
  recognises: (content) =>
    content.kind === 'object' &&
    Object.values(content.value)
      .slice(0, 5)
      .some((row) => isRecord(row) && 'Ground truth' in row && 'response' in row),
  read: (content) => ({ rows: content.kind === 'object' ? readReport(content.value, content.path) : [] }),
};

function* readReport(value: ForeignRecord, path: string): Generator<ImportRow> {
  for (const [seed, row] of Object.entries(value)) {
    // The total stands beside the rows in some reports.
    if (!isRecord(row)) continue;
    const text = replyText(row['response']);
    const truth = truthOf(row['result']);
    yield {
      where: `${path}, key "${seed}"`,
      ids: variants.map((variant) => `${seed}@${variant}`),
      idsAreOwn: false,
      model: undefined,
      replies: row['response'] === null ? null : text === undefined ? undefined : [{ text }],
      verdict: truth === undefined ? undefined : truth ? 'correct' : 'incorrect',
      evidence: evidenceOf(row),
    };
  }
}

/** The model was asked for JSON; its two members are kept as it was asked to write them. */
function replyText(response: unknown): string | undefined {
  return isRecord(response) ? JSON.stringify(response) : textOf(response);
}

/**
 * The authors' result tables: one line per seed, ten columns of `correct` or `fail`. Verdicts only.
 *
 * @see DynaMath/DynaMath@65a346ac:samples and result/GPT4o-result.csv
 */
export const dynamathTable: ImportForm = {
  name: 'dynamath-table',
  title: 'DynaMath result table (Question ID, Variant 1 to Variant 10: .csv; verdicts)',
  recognises: (content) => hasColumns(content, 'Question ID', 'Variant 1', 'Variant 10'),
  read: (content) => ({ rows: content.kind === 'records' ? readTable(content.rows()) : [] }),
};

async function* readTable(rows: AsyncIterable<PlacedRecord> | Iterable<PlacedRecord>): AsyncGenerator<ImportRow> {
  for await (const { value, where } of rows) {
    const seed = /^Q?(\d+)$/.exec(textOf(value['Question ID'])?.trim() ?? '')?.[1];
    // The averages stand below the seeds.
    if (seed === undefined) continue;
    for (const variant of variants) {
      const truth = truthOf(value[`Variant ${variant}`]);
      yield {
        where: `${where}, Variant ${variant}`,
        ids: [`${seed}@${variant}`],
        idsAreOwn: true,
        model: undefined,
        replies: undefined,
        verdict: truth === undefined ? undefined : truth ? 'correct' : 'incorrect',
      };
    }
  }
}
