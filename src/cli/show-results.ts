import { relative } from 'node:path';
import { benchmarks as registry } from '../../benchmarks/index.ts';
import { programVersion } from '../core/package-root.ts';
import type { RunDirectory } from '../core/run-directory.ts';
import { readRunRecord } from '../core/run-record.ts';
import { readSessions } from '../core/session.ts';
import type { CheckpointSummary, JudgeCost, RunSummary } from '../core/summary.ts';
import { summaryTable } from '../reports/terminal-table.ts';
import { readSummaries } from '../sweep/grade-and-summarise.ts';
import type { JudgeOutcome } from './grading-session.ts';
import { judgeLines } from './judge-report.ts';
import type { Terminal } from './terminal.ts';

const titles = Object.fromEntries(
  registry.map(({ name, title, source }) => [name, { title, license: source.license, url: source.url }]),
);

/**
 * Writes the run's report from its summaries and returns the page's path.
 *
 * @param options.withAnswers - whether every journal is read for what only answers tell, such as how many were cut
 */
export async function writeRunReport(
  run: RunDirectory,
  { withAnswers = true }: { withAnswers?: boolean } = {},
): Promise<string> {
  const { writeReport } = await import('../reports/write-report.ts');
  const { readComparisons } = await import('../analysis/compare/run-comparison.ts');
  const { countAnswers, readAudits } = await import('./read-trust.ts');
  const summaries = readSummaries(run);
  return writeReport({
    run,
    record: readRunRecord(run),
    sessions: await readSessions(run),
    summaries,
    comparisons: readComparisons(run, summaries),
    audits: readAudits(run),
    ...(withAnswers ? { answers: await countAnswers(run, summaries) } : {}),
    titles,
    generator: `synthrl ${programVersion}`,
  });
}

/** Writes one page about several runs and returns its path. */
export async function writeRunsPage(runsRoot: string, directories: readonly RunDirectory[]): Promise<string> {
  const { writeRunsReport } = await import('../reports/write-runs-report.ts');
  const { readComparisons } = await import('../analysis/compare/run-comparison.ts');
  const runs = await Promise.all(
    directories.map(async (directory) => {
      const summaries = readSummaries(directory);
      const [record, sessions] = [readRunRecord(directory), await readSessions(directory)];
      return { directory, record, sessions, summaries, comparisons: readComparisons(directory, summaries) };
    }),
  );
  return writeRunsReport({ runsRoot, runs, titles, generator: `synthrl ${programVersion}` });
}

/** The JSON form of a run's results. */
function runSummary(
  run: RunDirectory,
  summaries: readonly CheckpointSummary[],
  complete: boolean,
  judge?: JudgeCost,
): RunSummary {
  return {
    run: run.name,
    complete,
    ...(judge === undefined ? {} : { judge }),
    checkpoints: summaries.map(({ name, step, benchmarks }) => ({ name, step, benchmarks })),
  };
}

/** Prints results as a table with the report's place, or as one JSON object. */
export async function showResults(options: {
  run: RunDirectory;
  summaries: readonly CheckpointSummary[];
  complete: boolean;
  json: boolean;
  report: string | undefined;
  judge?: JudgeOutcome;
  terminal: Terminal;
}): Promise<void> {
  const { judge } = options;
  const summary = runSummary(options.run, options.summaries, options.complete, judge?.cost);
  if (options.json) {
    const audits = judge?.audits.map(({ differences: _, ...audit }) => audit) ?? [];
    const more = audits.length === 0 ? {} : { audits };
    options.terminal.print(JSON.stringify({ ...summary, ...more }));
    return;
  }
  const sessions = await readSessions(options.run);
  const simulated = sessions.some((session) => session.engine?.simulated === true);
  const { colour, width } = options.terminal;
  options.terminal.print(summaryTable(summary, { colour, simulated, width }));
  for (const line of judge ? judgeLines(judge) : []) options.terminal.print(`${line}\n`);
  if (options.report !== undefined) options.terminal.print(`report: ${relative(process.cwd(), options.report)}`);
}
