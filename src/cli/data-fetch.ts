import { resolve } from 'node:path';
import { SynthrlError } from '../core/errors.ts';
import type { SetOutcome } from '../fetching/fetch-data.ts';
import type { Command } from './command.ts';
import { listenForInterrupt } from './interrupt.ts';
import { resolveOptions } from './resolve-options.ts';
import type { Terminal } from './terminal.ts';

const options = ['data-root', 'revision', 'verify', 'json'] as const;

export const dataFetch: Command = {
  usage: 'fetch [name..]',
  describe:
    'Download the official data sets from the Hugging Face hub, verified and resumable: the named benchmarks, or the five of the default suite; synthrl-ratings (1.2 GB) only where it is named',
  options,
  async run(flags, terminal) {
    const { benchmarks } = await import('../../benchmarks/index.ts');
    const { selectDataSets } = await import('../fetching/data-sets.ts');
    const { fetchData } = await import('../fetching/fetch-data.ts');
    const { readHubSettings } = await import('../fetching/hub-settings.ts');
    const { FetchProgress } = await import('./fetch-progress.ts');
    const settings = resolveOptions(options, flags, process.env);
    const sets = selectDataSets(names(flags['name']), benchmarks);
    if (settings.revision !== undefined && settings.revision !== 'main' && sets.length !== 1) {
      throw new SynthrlError('USAGE', `The revision ${settings.revision} is one of a single data set; name it.`, {
        hint: `For example: synthrl data fetch ${sets[0]?.name ?? 'mathvista'} --revision ${settings.revision}`,
      });
    }
    const progress = new FetchProgress(terminal);
    const interrupt = listenForInterrupt((sentence) => progress.note(sentence), 'Stopping: what arrived is kept.');
    try {
      const outcomes = await fetchData({
        sets,
        dataRoot: resolve(settings['data-root']),
        settings: readHubSettings(process.env),
        revision: settings.revision,
        verify: settings.verify,
        listener: progress,
        signal: interrupt.signal,
      });
      progress.end();
      return await tell(outcomes, settings.json, terminal);
    } finally {
      progress.end();
      interrupt.end();
    }
  },
};

function names(value: unknown): string[] {
  return Array.isArray(value) ? value.flatMap((each) => String(each).split(',')).filter((name) => name !== '') : [];
}

async function tell(outcomes: readonly SetOutcome[], json: boolean, terminal: Terminal): Promise<number> {
  const errors = outcomes.flatMap(({ error }) => error ?? []);
  if (json) terminal.print(JSON.stringify(record(outcomes)));
  else await table(outcomes, terminal);
  for (const error of errors) {
    terminal.note(`${error.code}: ${error.message}`);
    if (error.hint !== undefined) terminal.note(error.hint);
  }
  // Where one thing is only not finished, the same command helps; so that is told.
  return Math.max(0, ...errors.map((error) => error.exitStatus));
}

function record(outcomes: readonly SetOutcome[]): object {
  const told = outcomes.map(({ error, revision, files, ...rest }) => ({
    ...rest,
    revision: revision ?? null,
    complete: error === undefined,
    bytes: sum(files),
    files,
    error: error === undefined ? null : { code: error.code, message: error.message, hint: error.hint ?? null },
  }));
  const error = told.find((each) => each.error !== null)?.error;
  return {
    complete: error === undefined,
    bytes: outcomes.reduce((total, { files }) => total + sum(files), 0),
    sets: told,
    ...(error ? { error } : {}),
  };
}

async function table(outcomes: readonly SetOutcome[], terminal: Terminal): Promise<void> {
  const { formatBytes } = await import('../fetching/format-bytes.ts');
  const width = Math.max(...outcomes.map(({ name }) => name.length));
  for (const { name, dataset, revision, files, folder, error } of outcomes) {
    const origins = (['downloaded', 'cache', 'present'] as const).flatMap((from) => {
      const count = files.filter((file) => file.from === from).length;
      return count === 0
        ? []
        : `${count} ${{ downloaded: 'downloaded', cache: 'from the hub cache', present: 'there already' }[from]}`;
    });
    const state = error === undefined ? 'complete' : 'INCOMPLETE';
    const figures = [formatBytes(sum(files)), ...origins].join(', ');
    terminal.print(
      `${name.padEnd(width)}  ${state}  ${figures}  ${dataset} @ ${revision?.slice(0, 8) ?? '?'}  ${folder}`,
    );
  }
}

function sum(files: readonly { bytes: number }[]): number {
  return files.reduce((total, { bytes }) => total + bytes, 0);
}
