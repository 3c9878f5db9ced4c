import type { ImportForm } from '../import-form.ts';
import type { ImportRow } from '../import-row.ts';
import { type ForeignRecord, idOf, isRecord, textOf, truthOf } from '../records.ts';
import { evidenceOf, ownId } from './references.ts';

/** Rows of DynaMath.tsv, whose `index` this program takes as the id. */
const seeds = 501;
const variants = 10;

/**
 * `<dataset>.json` of SynthRL's evaluation: `results` (rows with prediction, accuracy, correct), `metrics`, `config`.
 *
 * @see NUS-TRAIL/SynthRL@ea242b54:evaluation/main.py, evaluation/utils/processing.py, evaluation/utils/data_loaders.py
 */
export const synthrlResults: ImportForm = {
  name: 'synthrl',
  title: "SynthRL's <dataset>.json (results, metrics, config)",
  recognises: (content) =>
    content.kind === 'object' && Array.isArray(content.value['results']) && isRecord(content.value['config']),
  read(content) {
    const value = content.kind === 'object' ? content.value : {};
    const model = isRecord(value['config']) ? textOf(value['config']['model']) : undefined;
    const rows: unknown[] = Array.isArray(value['results']) ? value['results'] : [];
    const path = content.kind === 'object' ? content.path : '';
    return {
      rows: readRows(rows, path),
      program: `SynthRL evaluation${model === undefined ? '' : ` of ${model}`}`,
    };
  },
};

function* readRows(rows: readonly unknown[], path: string): Generator<ImportRow> {
  for (const [index, row] of rows.entries()) {
    if (!isRecord(row)) continue;
    const text = textOf(row['prediction']);
    const truth = truthOf(row['correct']);
    yield {
      where: `${path}: results[${index}]`,
      ...idsOf(row),
      model: undefined,
      replies: row['prediction'] === null ? null : text === undefined ? undefined : [{ text }],
      verdict: truth === undefined ? undefined : truth ? 'correct' : 'incorrect',
      evidence: evidenceWithoutChatMarks(row),
    };
  }
}

/** DynaMath's rows state their place in the table, of which it is not known here whether it goes by variant or by seed. */
function idsOf(row: ForeignRecord): Pick<ImportRow, 'ids' | 'idsAreOwn'> {
  const own = ownId(row);
  if (own !== undefined) return { ids: [own], idsAreOwn: true };
  const id = idOf(row['id']);
  const place = row['index'] === undefined ? Number.NaN : Number(row['index']) - 1;
  if (!Number.isInteger(place) || place < 0) return { ids: [id], idsAreOwn: false };
  const byVariant = `${(place % seeds) + 1}@${Math.floor(place / seeds) + 1}`;
  const bySeed = `${Math.floor(place / variants) + 1}@${(place % variants) + 1}`;
  return { ids: [byVariant, bySeed, id], idsAreOwn: false };
}

/** The prompt in these rows is the whole chat; the question stands in it as it was asked. */
function evidenceWithoutChatMarks(row: ForeignRecord): ImportRow['evidence'] & object {
  const { prompt: _, ...rest } = row;
  return evidenceOf(rest);
}
