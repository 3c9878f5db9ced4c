import { SynthrlError } from '../core/errors.ts';
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
  const complete = failures.length === 0 && summaries.every((summary) => summary.complete);
  const report = await writeRunReport(result.run);
  await showResults({ run: result.run, summaries, complete, json, report, terminal });
  if (complete) return 0;
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
