import { relative, resolve } from 'node:path';
import { SynthrlError } from '../core/errors.ts';
import { printableText } from '../reports/printable-text.ts';
import type { Command } from './command.ts';
import { dataOptions } from './question-options.ts';
import { resolveOptions } from './resolve-options.ts';

const options = [...dataOptions, 'runs-root', 'format', 'out', 'live', 'port', 'json'] as const;

export const report: Command = {
  usage: 'report <runs..>',
  describe:
    'Write the HTML report of one or several runs from their summaries, export their results (--format), or show a run as it goes (--live)',
  options,
  async run(flags, terminal) {
    const { RunDirectory } = await import('../core/run-directory.ts');
    const { writeRunReport } = await import('./show-results.ts');
    const settings = resolveOptions(options, flags, process.env);
    const names = (flags['runs'] as readonly unknown[]).map(String);
    if (settings.live) {
      const { reportLive } = await import('./report-live.ts');
      const { port = 0, json } = settings;
      return reportLive(new RunDirectory(resolve(settings['runs-root']), oneOf(names)), { port, json }, terminal);
    }
    if (settings.format !== undefined) {
      const { exportRuns } = await import('./export.ts');
      const directories = [...new Set(names)].map((name) => new RunDirectory(resolve(settings['runs-root']), name));
      const { exports, notes } = await exportRuns(directories, { ...settings, format: settings.format });
      for (const note of notes) terminal.note(printableText(note));
      if (settings.json) terminal.print(JSON.stringify({ exports, notes }));
      else for (const file of exports.flatMap(({ files }) => files)) terminal.print(relative(process.cwd(), file));
      return 0;
    }
    const pages: { run: string; page: string }[] = [];
    for (const name of names) {
      const run = new RunDirectory(resolve(settings['runs-root']), name);
      pages.push({ run: name, page: await writeRunReport(run) });
    }
    const together = await writeTogether(names, resolve(settings['runs-root']));
    if (settings.json)
      terminal.print(JSON.stringify({ reports: pages, ...(together === undefined ? {} : { together }) }));
    else {
      const written = [...pages.map(({ page }) => page), ...(together === undefined ? [] : [together])];
      for (const page of written) terminal.print(relative(process.cwd(), page));
    }
    return 0;
  },
};

/** One page about several runs. @returns undefined where only one is named */
async function writeTogether(names: readonly string[], runsRoot: string): Promise<string | undefined> {
  const { RunDirectory } = await import('../core/run-directory.ts');
  const { writeRunsPage } = await import('./show-results.ts');
  const byPath = new Map(names.map((name) => new RunDirectory(runsRoot, name)).map((run) => [run.path, run]));
  return byPath.size < 2 ? undefined : writeRunsPage(runsRoot, [...byPath.values()]);
}

/** @throws {SynthrlError} `USAGE` */
function oneOf(names: readonly string[]): string {
  const [name, ...others] = names;
  if (name !== undefined && others.length === 0) return name;
  throw new SynthrlError('USAGE', `\`--live\` shows one run, and ${names.length} are named.`, {
    hint: 'Start it once for each; every one takes a port of its own.',
  });
}
