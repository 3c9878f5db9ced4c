import type { Evidence, ImportRow } from '../import-row.ts';
import { type ForeignRecord, idOf, textOf, textsOf } from '../records.ts';

/** Members that hold the question or the prompt in the data sets and the programs that repeat their rows. */
const questionMembers = ['question', 'question_for_eval', 'query', 'query_cot', 'query_wo', 'prompt'];

/** The id that a row states in its data set's own words; undefined where it does not. */
export function ownId(record: ForeignRecord): string | undefined {
  const pair = (first: unknown, second: unknown) => {
    const [left, right] = [idOf(first), idOf(second)];
    return left === undefined || right === undefined ? undefined : `${left}@${right}`;
  };
  const sample = idOf(record['sample_index']);
  return (
    pair(record['ID'], record['key']) ??
    pair(record['qid'], record['varid']) ??
    (sample !== undefined && record['problem_version'] === 'Text Only' ? `text-only-${sample}` : sample) ??
    idOf(record['pid'])
  );
}

/** Which problem a record is about: its own id, else what each of `foreign` says, in fixed places. */
export function referenceOf(
  record: ForeignRecord,
  foreign: readonly (string | undefined)[],
): Pick<ImportRow, 'ids' | 'idsAreOwn'> {
  const own = ownId(record);
  return own === undefined ? { ids: foreign, idsAreOwn: false } : { ids: [own], idsAreOwn: true };
}

/** What a record that repeats its data set's row says of the problem. */
export function evidenceOf(record: ForeignRecord, furtherTexts: readonly string[] = []): Evidence {
  const answer = textOf(record['answer']) ?? textOf(record['target']) ?? textOf(record['Ground truth']);
  const version = textOf(record['problem_version']);
  return {
    texts: [...textsOf(record, questionMembers), ...furtherTexts],
    ...(answer === undefined ? {} : { answer }),
    ...(version === undefined ? {} : { facets: { version } }),
  };
}
