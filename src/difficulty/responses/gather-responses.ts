import type { Verdict } from '../../core/grade.ts';
import type { Problem } from '../../core/problem.ts';
import { ratingKeyOf } from '../../problems/ratings/rating-key.ts';
import { keepTakers, type ResponseMatrix, type Taker } from './response-matrix.ts';

/** What one checkpoint of one run got on one benchmark. */
export interface CheckpointAnswers {
  readonly run: string;
  readonly checkpoint: string;
  /** SHA-256 of the weights; null where that is not known. */
  readonly fingerprint: string | null;
  readonly problems: readonly Problem[];
  /** By sampleKey. */
  readonly verdicts: ReadonlyMap<string, Verdict>;
}

/** A matrix with what people should know of it, in whole sentences. */
export interface GatheredResponses {
  /** Only takers and items with a settled sample. */
  readonly matrix: ResponseMatrix;
  /** Rating keys without a settled sample. */
  readonly unanswered: readonly string[];
  readonly notes: readonly string[];
}

/** Verdicts that say whether a sample is right; the others leave it open. */
const settledVerdicts: ReadonlySet<Verdict> = new Set(['correct', 'incorrect', 'no_answer']);

/**
 * Puts the verdicts of checkpoints of one or several runs into one matrix. The same weights count once, also under two
 * names or in two runs: their later answers only fill cells that the earlier ones leave empty.
 *
 * @param answers - problems of one benchmark; those with one id are the same problem
 */
export function gatherResponses(benchmark: string, answers: readonly CheckpointAnswers[]): GatheredResponses {
  const items = [...new Set(answers.flatMap(({ problems }) => problems.map(ratingKeyOf)))];
  const rows = new Map(items.map((item, row) => [item, row]));
  const groups = groupByWeights(answers);
  const takers = groups.map(takerOf);
  const settled = new Float64Array(items.length * takers.length);
  const right = new Float64Array(settled.length);
  for (const [column, group] of groups.entries()) {
    for (const one of group) {
      const counts = countByItem(one, rows, items.length);
      for (let row = 0; row < items.length; row += 1) {
        const cell = row * takers.length + column;
        if (settled[cell] !== 0) continue;
        settled[cell] = counts.settled[row] as number;
        right[cell] = counts.right[row] as number;
      }
    }
  }
  const whole = { benchmark, items, takers, settled, right };
  const answering = (taker: Taker) => {
    const column = takers.indexOf(taker);
    return items.some((_, row) => (settled[row * takers.length + column] as number) > 0);
  };
  const matrix = keepTakers(whole, answering);
  const kept = new Set(matrix.items);
  const unanswered = items.filter((item) => !kept.has(item));
  return { matrix, unanswered, notes: notesOf(takers, matrix, unanswered) };
}

function groupByWeights(answers: readonly CheckpointAnswers[]): CheckpointAnswers[][] {
  const groups = new Map<string, CheckpointAnswers[]>();
  for (const one of answers) {
    const key = one.fingerprint ?? `${one.run}\n${one.checkpoint}`;
    const group = groups.get(key);
    if (group) group.push(one);
    else groups.set(key, [one]);
  }
  return [...groups.values()];
}

function takerOf(group: readonly CheckpointAnswers[]): Taker {
  return {
    name: group[0]?.checkpoint ?? '',
    checkpoints: group.map(({ run, checkpoint }) => ({ run, checkpoint })),
    fingerprint: group[0]?.fingerprint ?? null,
  };
}

function countByItem(
  { problems, verdicts }: CheckpointAnswers,
  rows: ReadonlyMap<string, number>,
  length: number,
): { settled: Float64Array; right: Float64Array } {
  const [settled, right] = [new Float64Array(length), new Float64Array(length)];
  const rowOfProblem = new Map(problems.map((problem) => [problem.id, rows.get(ratingKeyOf(problem))]));
  for (const [key, verdict] of verdicts) {
    const row = rowOfProblem.get(key.slice(key.indexOf('/') + 1));
    if (row === undefined || !settledVerdicts.has(verdict)) continue;
    settled[row] = (settled[row] as number) + 1;
    if (verdict === 'correct') right[row] = (right[row] as number) + 1;
  }
  return { settled, right };
}

function notesOf(takers: readonly Taker[], matrix: ResponseMatrix, unanswered: readonly string[]): string[] {
  const notes: string[] = [];
  for (const { checkpoints } of takers.filter((taker) => taker.checkpoints.length > 1)) {
    const names = checkpoints.map(({ run, checkpoint }) => `${checkpoint} in ${run}`).join(', ');
    notes.push(`These are the same weights and count once: ${names}.`);
  }
  const unknown = takers.filter(({ fingerprint }) => fingerprint === null);
  for (const name of new Set(unknown.map((taker) => taker.name))) {
    const named = unknown.filter((taker) => taker.name === name);
    if (named.length < 2) continue;
    const runs = named.flatMap(({ checkpoints }) => checkpoints.map(({ run }) => run)).join(', ');
    notes.push(`${name} is in ${runs}; whether they are the same weights is not known, and they count separately.`);
  }
  const silent = takers.filter((taker) => !matrix.takers.includes(taker)).map(({ name }) => name);
  if (silent.length > 0) notes.push(`Without a settled answer, and left out: ${silent.join(', ')}.`);
  if (unanswered.length > 0) {
    const have = unanswered.length === 1 ? '1 problem has' : `${unanswered.length} problems have`;
    notes.push(`${have} no settled answer and no rating.`);
  }
  return notes;
}
