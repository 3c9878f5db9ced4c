import { SynthrlError } from '../../core/errors.ts';
import type { Verdict } from '../../core/grade.ts';
import type { Content } from '../content.ts';
import { columnsOf, type ImportForm } from '../import-form.ts';
import type { ImportRow, Reply } from '../import-row.ts';
import type { ForeignRecord, PlacedRecord } from '../records.ts';

const idMembers = ['id', 'problem', 'pid', 'question_id'];

/** Rows of an id and a response, or an id and a verdict: what people write themselves, and our own journals and grades. */
export const plainRows: ImportForm = {
  name: 'rows',
  title: 'rows with `id` and `response` (or `correct`): JSON Lines, a JSON list, CSV or TSV',
  recognises: (content) => {
    const columns = columnsOf(content);
    // A single row on one line is one JSON object.
    return content.kind === 'object' ? isSingleRow(content.value) : idMembers.some((name) => columns.has(name));
  },
  read: (content) => ({ rows: readRows(content) }),
};

async function* readRows(content: Content): AsyncGenerator<ImportRow> {
  if (content.kind === 'archive') throw new SynthrlError('IMPORT_INVALID', `${content.path} holds no rows.`);
  const rows: AsyncIterable<PlacedRecord> | Iterable<PlacedRecord> =
    content.kind === 'object' ? [{ value: content.value, where: `${content.path}:1` }] : content.rows();
  for await (const { value, where } of rows) {
    const id = firstOf(value, idMembers, true);
    if (typeof id !== 'string' && typeof id !== 'number') {
      throw new SynthrlError('IMPORT_INVALID', `${where} has no id.`, {
        hint: 'Each row needs `id` and `response` (or `correct`, for verdicts).',
      });
    }
    const { model } = value;
    yield {
      where,
      ids: [String(id)],
      idsAreOwn: true,
      model: typeof model === 'string' ? model : undefined,
      replies: repliesOf(value),
      verdict: verdictOf(firstOf(value, ['correct', 'official_correct', 'verdict'])),
    };
  }
}

function isSingleRow(value: ForeignRecord): boolean {
  const id = firstOf(value, idMembers, true);
  return typeof id === 'string' || typeof id === 'number';
}

function repliesOf(value: ForeignRecord): readonly Reply[] | null | undefined {
  const text = firstOf(value, ['response', 'text', 'prediction']);
  if (text === null) return null;
  return typeof text === 'string' || typeof text === 'number' ? [{ text: String(text) }] : undefined;
}

/** A row that its maker could not judge stays undecided rather than wrong. */
function verdictOf(value: unknown): Verdict | undefined {
  if (value === null) return 'undecided';
  if (value === true || value === 1 || value === 'true' || value === '1') return 'correct';
  return value === false || value === 0 || value === 'false' || value === '0' ? 'incorrect' : undefined;
}

/** The first member that is there; null counts, unless it is passed over. */
function firstOf(value: ForeignRecord, names: readonly string[], passOverNull = false): unknown {
  return names
    .map((name) => value[name])
    .find((member) => (passOverNull ? (member ?? undefined) : member) !== undefined);
}
