import { resolve } from 'node:path';
import type { Command } from './command.ts';
import { dataOptions } from './question-options.ts';
import { resolveOptions } from './resolve-options.ts';

const options = [...dataOptions, 'runs-root', 'limit', 'json'] as const;

export const grade: Command = {
  usage: 'grade <run>',
  describe: 'Grade the responses of a run again and rebuild its summaries and report; asks nothing',
  options,
  async run(flags, terminal) {
    const { RunDirectory } = await import('../core/run-directory.ts');
    const { acquireRunLock } = await import('../core/run-lock.ts');
    const { createRulesGrader } = await import('../grading/rules-grader.ts');
    const { regradeRun } = await import('./regrade-run.ts');
    const { showResults, writeRunReport } = await import('./show-results.ts');
    const { readRunRecord } = await import('../core/run-record.ts');
    const settings = resolveOptions(options, flags, process.env);
    const run = new RunDirectory(resolve(settings['runs-root']), String(flags['run']));
    const record = readRunRecord(run);
    const lock = acquireRunLock(run.lock);
    try {
      const summaries = await regradeRun(run, record, settings, createRulesGrader());
      const complete = summaries.every((summary) => summary.complete);
      const report = await writeRunReport(run);
      await showResults({ run, summaries, complete, json: settings.json, report, terminal });
      return complete ? 0 : 3;
    } finally {
      lock.release();
    }
  },
};
