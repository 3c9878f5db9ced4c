import { columnsOf, hasColumns, type ImportForm } from '../import-form.ts';
import type { ImportRow, Reply } from '../import-row.ts';
import { type ForeignRecord, idOf, isRecord, type PlacedRecord, truthOf, usageOf } from '../records.ts';
import { evidenceOf, referenceOf } from './references.ts';
import { repliesIn, textsWithin } from './sampled-replies.ts';

/**
 * `<date>_samples_<task>.jsonl` of lmms-eval, and the `logs` of its first versions. The row of the data set is left out
 * of newer files: the task's own results may name the problem, else the row's place in its split does, which the prompt
 * has to confirm.
 *
 * @see EvolvingLMMs-Lab/lmms-eval 0.7.3, lmms_eval/loggers/evaluation_tracker.py (save_results_samples) and
 * lmms_eval/evaluator.py (logged_sample)
 */
export const lmmsEval: ImportForm = {
  name: 'lmms-eval',
  title: 'lmms-eval samples (doc_id, target, input, filtered_resps: .jsonl)',
  recognises: (content) =>
    content.kind === 'object'
      ? logsOf(content.value, content.path).length > 0
      : hasColumns(content, 'doc_id', 'filtered_resps') && !columnsOf(content).has('arguments'),
  read: (content) => ({
    rows: readRows(
      content.kind === 'object'
        ? logsOf(content.value, content.path)
        : content.kind === 'records'
          ? content.rows()
          : [],
    ),
  }),
};

function logsOf(value: ForeignRecord, path: string): PlacedRecord[] {
  const logs: unknown[] = Array.isArray(value['logs']) ? value['logs'] : [];
  return logs.flatMap((log, index) =>
    isRecord(log) && 'doc_id' in log && 'resps' in log ? [{ value: log, where: `${path}: logs[${index}]` }] : [],
  );
}

async function* readRows(rows: AsyncIterable<PlacedRecord> | Iterable<PlacedRecord>): AsyncGenerator<ImportRow> {
  for await (const { value, where } of rows) {
    const results = Object.values(value).filter(isRecord);
    const named = results.find((result) => 'true_false' in result || 'question_id' in result) ?? {};
    const doc = isRecord(value['doc']) ? value['doc'] : {};
    const position = value['doc_id'];
    const verdict = verdictOf(value);
    yield {
      where,
      ...referenceOf({ ...doc, ...named }, [idOf(named['question_id']) ?? idOf(doc['question_id']) ?? idOf(doc['id'])]),
      ...(typeof position === 'number' && Number.isInteger(position) ? { position } : {}),
      model: undefined,
      replies: repliesOf(value),
      verdict: verdict === undefined ? undefined : verdict ? 'correct' : 'incorrect',
      evidence: evidenceOf({ target: value['target'], ...doc, ...named }, textsWithin(value['input'])),
    };
  }
}

/** The raw responses; they are left out where filtering changed nothing. */
function repliesOf(value: ForeignRecord): Reply[] | undefined {
  const replies = repliesIn(value['resps'] ?? value['filtered_resps']) ?? repliesIn(value['filtered_resps']);
  const counts = Array.isArray(value['token_counts']) ? (value['token_counts'][0] as unknown) : undefined;
  const usage = isRecord(counts) ? usageOf(counts['input_tokens'], counts['output_tokens']) : undefined;
  if (usage === undefined || replies?.length !== 1) return replies;
  return replies.map((reply) => ({ ...reply, usage }));
}

/** Tasks record a yes or no under a name of their own, alone, in `true_false`, or as the only one of `scores`. */
function verdictOf(value: ForeignRecord): boolean | undefined {
  const metrics = Object.entries(value).filter(([name]) => !ownMembers.has(name));
  for (const [, metric] of metrics) {
    const scores = isRecord(metric) && Array.isArray(metric['scores']) ? (metric['scores'] as unknown[]) : [];
    const said = isRecord(metric) ? (metric['true_false'] ?? (scores.length === 1 ? scores[0] : undefined)) : metric;
    const truth = typeof said === 'string' ? undefined : truthOf(said);
    if (truth !== undefined) return truth;
  }
  return undefined;
}

/** Members that every sample has, whatever the task. */
const ownMembers = new Set([
  'doc_id',
  'doc',
  'target',
  'input',
  'input_media',
  'resps',
  'filtered_resps',
  'token_counts',
  'doc_hash',
]);
