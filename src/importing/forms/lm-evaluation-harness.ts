import { hasColumns, type ImportForm } from '../import-form.ts';
import type { ImportRow } from '../import-row.ts';
import { type ForeignRecord, idOf, isRecord, type PlacedRecord, truthOf } from '../records.ts';
import { evidenceOf, referenceOf } from './references.ts';
import { repliesIn, textsWithin } from './sampled-replies.ts';

/**
 * `samples_<task>_<date>.jsonl` of lm-evaluation-harness. A task with several filters has each row once per filter, with
 * the same raw responses; the rows of the first one are read.
 *
 * @see EleutherAI/lm-evaluation-harness 0.4.13, lm_eval/evaluator.py and lm_eval/loggers/evaluation_tracker.py
 */
export const lmEvaluationHarness: ImportForm = {
  name: 'lm-eval',
  title: 'lm-evaluation-harness samples (doc_id, doc, target, arguments, resps: .jsonl)',
  recognises: (content) => hasColumns(content, 'doc_id', 'doc', 'arguments', 'resps'),
  read(content) {
    const skipped = new Set<string>();
    return {
      rows: content.kind === 'records' ? readRows(content.rows(), skipped) : [],
      notes: () =>
        skipped.size === 0 ? [] : [`Rows of further filters were passed over: ${[...skipped].slice(0, 5).join(', ')}.`],
    };
  },
};

async function* readRows(
  rows: AsyncIterable<PlacedRecord> | Iterable<PlacedRecord>,
  skipped: Set<string>,
): AsyncGenerator<ImportRow> {
  let filter: unknown;
  for await (const { value, where } of rows) {
    filter ??= value['filter'];
    if (value['filter'] !== filter) {
      skipped.add(String(value['filter']));
      continue;
    }
    const doc = isRecord(value['doc']) ? value['doc'] : {};
    const position = value['doc_id'];
    const verdict = verdictOf(value);
    yield {
      where,
      ...referenceOf(doc, [idOf(doc['id']) ?? idOf(doc['question_id']) ?? idOf(doc['index'])]),
      ...(typeof position === 'number' && Number.isInteger(position) ? { position } : {}),
      model: undefined,
      replies: repliesIn(value['resps']),
      verdict: verdict === undefined ? undefined : verdict ? 'correct' : 'incorrect',
      evidence: evidenceOf({ target: value['target'], ...doc }, textsWithin(value['arguments'])),
    };
  }
}

/** The first of the row's metrics that is a yes or no. */
function verdictOf(value: ForeignRecord): boolean | undefined {
  const names: unknown[] = Array.isArray(value['metrics']) ? value['metrics'] : ['exact_match', 'acc'];
  return names.map((name) => truthOf(value[String(name)])).find((truth) => truth !== undefined);
}
