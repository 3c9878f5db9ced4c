import type { Session } from '../core/session.ts';
import type { CheckpointSummary } from '../core/summary.ts';
import { countOf, countText } from './percent.ts';
import { printableText } from './printable-text.ts';

/** What a reader must know before any figure. */
export interface Banner {
  readonly kind: 'simulated' | 'incomplete';
  readonly title: string;
  readonly text: string;
}

const mostListed = 8;

/**
 * Says that answers were simulated, and that a run is incomplete.
 *
 * @param expected - the benchmarks that every checkpoint is to be asked
 * @param titleOf - a benchmark's title for people, printable
 */
export function banners(
  sessions: readonly Session[],
  checkpoints: readonly CheckpointSummary[],
  expected: readonly string[],
  titleOf: (benchmark: string) => string,
): Banner[] {
  return [...simulatedBanner(sessions), ...incompleteBanner(sessions, checkpoints, expected, titleOf)];
}

const simulatedJudge: Banner = {
  kind: 'simulated',
  title: 'Simulated judge',
  text: 'The judge was played by the built-in simulator. What it decided or corrected says nothing about any model.',
};

function simulatedBanner(sessions: readonly Session[]): Banner[] {
  const engines = sessions.flatMap(({ engine }) => engine ?? []);
  if (!engines.some(({ simulated }) => simulated))
    return sessions.some(({ judge }) => judge?.simulated) ? [simulatedJudge] : [];
  const what = engines.every(({ simulated }) => simulated) ? 'The answers' : 'Some of the answers';
  const text = `${what} come from the built-in simulator. The figures below show that the machinery works; they say nothing about any model.`;
  return [{ kind: 'simulated', title: 'Simulated', text }];
}

function incompleteBanner(
  sessions: readonly Session[],
  checkpoints: readonly CheckpointSummary[],
  expected: readonly string[],
  titleOf: (benchmark: string) => string,
): Banner[] {
  const places = checkpoints.flatMap(({ name, benchmarks }) =>
    Object.entries(benchmarks).flatMap(([benchmark, { failed }]) =>
      failed === 0 ? [] : [`${countText(failed)} of ${printableText(name)} on ${titleOf(benchmark)}`],
    ),
  );
  const tallies = checkpoints.flatMap(({ benchmarks }) => Object.values(benchmarks));
  const failed = tallies.reduce((sum, tally) => sum + tally.failed, 0);
  const asked = tallies.reduce((sum, tally) => sum + tally.asked, 0);
  const absent = checkpoints.reduce(
    (sum, { benchmarks }) => sum + expected.filter((benchmark) => benchmarks[benchmark] === undefined).length,
    0,
  );
  const imported = sessions.some((session) => session.imported !== undefined);
  const sentences: string[] = [];
  if (failed > 0) {
    const more = places.length > mostListed ? `, and ${places.length - mostListed} more` : '';
    const share = `${countText(failed)} of ${countOf(asked, 'sample')} ${failed === 1 ? 'has' : 'have'}`;
    sentences.push(`${share} no response: ${places.slice(0, mostListed).join(', ')}${more}.`);
    sentences.push('Each lowers its accuracy and stands in what the accuracy may still rise to.');
  }
  if (absent > 0) sentences.push(`${countOf(absent, 'benchmark')} not asked yet, shown as a dash.`);
  const unjudged = checkpoints.reduce((sum, checkpoint) => sum + (checkpoint.unjudged ?? 0), 0);
  if (unjudged > 0) {
    const share = `${countText(unjudged)} ${unjudged === 1 ? 'answer is' : 'answers are'}`;
    sentences.push(`${share} undecided because the judge could not be asked; grading again asks it.`);
  }
  if (sentences.length === 0 && checkpoints.some(({ complete }) => !complete)) {
    sentences.push('Not everything that this run asks has been asked yet.');
  }
  if (sentences.length === 0) return [];
  if (failed === 0 && absent === 0 && unjudged > 0)
    return [{ kind: 'incomplete', title: 'Incomplete', text: sentences.join(' ') }];
  sentences.push(
    imported
      ? 'The files that were imported have nothing for these.'
      : 'Evaluating the run again asks only for what is missing.',
  );
  return [{ kind: 'incomplete', title: 'Incomplete', text: sentences.join(' ') }];
}
