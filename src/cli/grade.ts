import { resolve } from 'node:path';
import type { Command } from './command.ts';
import { gradingOptions } from './grading-options.ts';
import { dataOptions } from './question-options.ts';
import { resolveOptions } from './resolve-options.ts';

const options = [...dataOptions, ...gradingOptions, 'runs-root', 'limit', 'json'] as const;

export const grade: Command = {
  usage: 'grade <run>',
  describe: 'Grade the responses of a run again and rebuild its summaries and report; asks no checkpoint anything',
  options,
  async run(flags, terminal) {
    const { RunDirectory } = await import('../core/run-directory.ts');
    const { acquireRunLock } = await import('../core/run-lock.ts');
    const { gradeStored } = await import('./grade-stored.ts');
    const { planGrading } = await import('./build-grader.ts');
    const { unjudgedSentence } = await import('./judge-report.ts');
    const { showResults, writeRunReport } = await import('./show-results.ts');
    const { readRunRecord } = await import('../core/run-record.ts');
    const settings = resolveOptions(options, flags, process.env);
    const run = new RunDirectory(resolve(settings['runs-root']), String(flags['run']));
    const record = readRunRecord(run);
    const plan = await planGrading(settings, { judgeMayBeAway: true, note: (sentence) => terminal.note(sentence) });
    const lock = acquireRunLock(run.lock);
    try {
      const { summaries, judge } = await gradeStored(run, record, settings, plan);
      const unjudged = unjudgedSentence(judge);
      const complete = unjudged === undefined && summaries.every((summary) => summary.complete);
      const report = await writeRunReport(run);
      await showResults({ run, summaries, complete, json: settings.json, report, judge, terminal });
      if (unjudged !== undefined) terminal.note(`INCOMPLETE: ${unjudged} The same command asks the judge again.`);
      return complete ? 0 : 3;
    } finally {
      lock.release();
    }
  },
};
