import { resolve } from 'node:path';
import type { CheckedData } from '../checking/check-data.ts';
import type { Command } from './command.ts';
import { optionSpecs } from './options.ts';
import { dataOptions } from './question-options.ts';
import { resolveOptions } from './resolve-options.ts';
import type { Terminal } from './terminal.ts';

const options = [...dataOptions, 'cache-root', 'images', 'min-pixels', 'max-pixels', 'json'] as const;

export const dataCheck: Command = {
  usage: 'check [benchmark..]',
  describe:
    'Compare the data on this disk with what is published: rows, ids, golds, options, copies, images and ratings of the named benchmarks, or of the five of the default suite and what else is there',
  options,
  async run(flags, terminal) {
    const { benchmarks } = await import('../../benchmarks/index.ts');
    const { checkSelections, wantedData } = await import('../checking/check-selections.ts');
    const { gradeResponse } = await import('../grading/grade-response.ts');
    const { gradeSafely } = await import('../grading/pool/grade-safely.ts');
    const { CheckProgress } = await import('./check-progress.ts');
    const { createLooker } = await import('./image-looker.ts');
    const { parseNamedData } = await import('./load-question.ts');
    const settings = resolveOptions(options, flags, process.env);
    const wanted = wantedData(words(flags['benchmark']), benchmarks);
    const named = parseNamedData(settings.data ?? []);
    const progress = new CheckProgress(terminal);
    const cacheRoot = resolve(settings['cache-root']);
    const limits = { minPixels: settings['min-pixels'], maxPixels: settings['max-pixels'], maxImages: 1 };
    const onLooked = (done: number, total: number): void => progress.looked(done, total);
    const kind = settings.images === 'headers' ? 'headers' : 'decode';
    const looker = settings.images === 'none' ? undefined : createLooker(kind, cacheRoot, limits, onLooked);
    try {
      const checked = await checkSelections(
        wanted,
        ({ name }) => {
          const own = named.get(name);
          const where = { dataRoot: resolve(settings['data-root']), cacheRoot, registry: benchmarks };
          return own === undefined ? where : { ...where, named: own };
        },
        {
          grade: (problem, text) => gradeSafely(gradeResponse, problem, text),
          fetchOptions: fetchOptions(settings['data-root']),
          ...(looker === undefined ? {} : { looker }),
        },
        (name) => progress.begin(name),
      );
      progress.end();
      return await tell(checked, settings.json, terminal);
    } finally {
      progress.end();
    }
  },
};

function words(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

/** Names the data root where it is another than the usual one; quoted for a shell where it must be. */
function fetchOptions(dataRoot: string): string {
  if (dataRoot === optionSpecs['data-root'].default) return '';
  const isPlain = /^[\w./@%+=:,-]+$/.test(dataRoot);
  return ` --data-root ${isPlain ? dataRoot : `'${dataRoot.replaceAll("'", `'\\''`)}'`}`;
}

async function tell(checked: readonly CheckedData[], json: boolean, terminal: Terminal): Promise<number> {
  const { checkTable, isWrong } = await import('./check-table.ts');
  const wrong = checked.some(isWrong);
  terminal.print(json ? JSON.stringify({ ok: !wrong, checked }) : checkTable(checked));
  return wrong ? 2 : 0;
}
