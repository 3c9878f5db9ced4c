import { relative, resolve } from 'node:path';
import type { Command } from './command.ts';
import { resolveOptions } from './resolve-options.ts';

const options = ['runs-root', 'json'] as const;

export const report: Command = {
  usage: 'report <runs..>',
  describe: 'Write the HTML report of one or several runs from their summaries',
  options,
  async run(flags, terminal) {
    const { RunDirectory } = await import('../core/run-directory.ts');
    const { writeRunReport } = await import('./show-results.ts');
    const settings = resolveOptions(options, flags, process.env);
    const names = (flags['runs'] as readonly unknown[]).map(String);
    const pages: { run: string; page: string }[] = [];
    for (const name of names) {
      const run = new RunDirectory(resolve(settings['runs-root']), name);
      pages.push({ run: name, page: await writeRunReport(run) });
    }
    if (settings.json) terminal.print(JSON.stringify({ reports: pages }));
    else for (const { page } of pages) terminal.print(relative(process.cwd(), page));
    return 0;
  },
};
