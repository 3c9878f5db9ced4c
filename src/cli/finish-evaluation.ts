import { exitStatusOf } from '../core/error-codes.ts';
import { SynthrlError } from '../core/errors.ts';
import type { CheckpointSummary } from '../core/summary.ts';
import { unjudgedSentence } from './judge-report.ts';
import type { EvaluationResult } from './run-evaluation.ts';
import { showResults, writeRunReport } from './show-results.ts';
import type { Terminal } from './terminal.ts';

/**
 * Writes the report, prints the results, and says what is missing.
 *
 * @returns 0 when everything was answered, 3 when the run is incomplete
 * @throws {SynthrlError} the first failure when no checkpoint could be evaluated at all and there is no answer of before
 */
export async function finishEvaluation(result: EvaluationResult, json: boolean, terminal: Terminal): Promise<number> {
  const summaries = result.swept.flatMap(({ summary }) => summary ?? []);
  const failures = result.swept.flatMap(({ failure }) => failure ?? []);
  const [first] = failures;
  const isEmpty = summaries.every(({ benchmarks }) =>
    Object.values(benchmarks).every((one) => one.failed === one.asked),
  );
  if (first && failures.length === result.swept.length && isEmpty) throw first;
  const unjudged = unjudgedSentence(result.judge);
  const answered = failures.length === 0 && summaries.every(({ benchmarks }) => isAnswered(benchmarks));
  const complete = answered && unjudged === undefined && summaries.every((summary) => summary.complete);
  const report = await writeRunReport(result.run);
  await showResults({ run: result.run, summaries, complete, json, report, judge: result.judge, terminal });
  if (complete) return 0;
  if (unjudged !== undefined) terminal.note(`INCOMPLETE: ${unjudged} The same command asks the judge again.`);
  if (answered) return exitStatusOf('INCOMPLETE');
  const missing = summaries
    .flatMap(({ benchmarks }) => Object.values(benchmarks))
    .reduce((sum, { failed }) => sum + failed, 0);
  const unopened =
    failures.length === 0 ? '' : ` ${failures.length} of ${result.swept.length} checkpoints could not be evaluated.`;
  const reason = new SynthrlError(
    'INCOMPLETE',
    `The run is incomplete: ${missing} samples have no response.${unopened}`,
    {
      hint: 'The same command again asks only for these. The accuracies above count them as not correct; the upper bounds count them as correct.',
    },
  );
  terminal.note(`${reason.code}: ${reason.message}\n${reason.hint ?? ''}`);
  return reason.exitStatus;
}

function isAnswered(benchmarks: CheckpointSummary['benchmarks']): boolean {
  return Object.values(benchmarks).every(({ failed }) => failed === 0);
}
