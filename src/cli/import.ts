import { resolve } from 'node:path';
import { SynthrlError } from '../core/errors.ts';
import type { Command } from './command.ts';
import { gradingOptions } from './grading-options.ts';
import type { ImportOutcome } from './import-into-run.ts';
import { dataOptions } from './question-options.ts';
import { resolveOptions } from './resolve-options.ts';

const options = [
  ...dataOptions,
  ...gradingOptions,
  'runs-root',
  'run',
  'checkpoint',
  'model',
  'verdicts',
  'form',
  'fresh',
  'json',
] as const;

export const importFile: Command = {
  usage: 'import <benchmark> <file>',
  describe:
    'Add responses or verdicts of another program to a run: results of VLMEvalKit, lmms-eval, lm-evaluation-harness, Inspect, SynthRL or a benchmark’s authors, or rows with id and response (or correct)',
  options,
  async run(flags, terminal) {
    const settings = resolveOptions(options, flags, process.env);
    const { run: runName, checkpoint } = settings;
    if (runName === undefined || checkpoint === undefined) {
      throw new SynthrlError(
        'USAGE',
        'An import needs --run and --checkpoint: where the responses go and whose they are.',
      );
    }
    const { planGrading } = await import('./build-grader.ts');
    const { importIntoRun } = await import('./import-into-run.ts');
    const { unjudgedSentence } = await import('./judge-report.ts');
    const { showResults, writeRunReport } = await import('./show-results.ts');
    const note = (sentence: string) => terminal.note(sentence);
    const grading = await planGrading(settings, { judgeMayBeAway: false, note });
    const outcome = await importIntoRun({
      grading,
      selection: String(flags['benchmark']),
      file: resolve(String(flags['file'])),
      runName,
      checkpoint,
      settings,
    });
    const { run, summaries, judge } = outcome;
    for (const sentence of sentencesOf(outcome)) note(sentence);
    const unjudged = unjudgedSentence(judge);
    const complete = unjudged === undefined && summaries.every((summary) => summary.complete);
    const report = await writeRunReport(run);
    await showResults({ run, summaries, complete, json: settings.json, report, judge, terminal });
    if (unjudged !== undefined) terminal.note(`INCOMPLETE: ${unjudged} \`synthrl grade\` asks the judge again.`);
    return complete ? 0 : 3;
  },
};

/** What was taken, what was not and why, and what the file is. */
function sentencesOf({ form, matched, unmatched, unmatchedFile, notes }: ImportOutcome): string[] {
  const ids = unmatched.slice(0, 20).map(({ id }) => id);
  const without = `${unmatched.length} without a problem: ${ids.join(', ')}${unmatched.length > 20 ? ', …' : ''}`;
  const [first] = unmatched;
  const reason = first === undefined ? '' : ` The first, ${first.where}: ${first.why}. All of them: ${unmatchedFile}`;
  return [`${matched} rows imported (form: ${form})${first === undefined ? '' : `, ${without}.${reason}`}`, ...notes];
}
