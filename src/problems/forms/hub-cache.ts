import { readdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, join } from 'node:path';
import { SynthrlError } from '../../core/errors.ts';
import type { Benchmark } from '../define-benchmark.ts';
import { kindAt } from './list-files.ts';

/** Variables of the environment by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The folder of the Hugging Face tools' cache: `$HF_HUB_CACHE`, `$HF_HOME/hub` or `~/.cache/huggingface/hub`. */
export function hubCacheFolder(environment: Environment): string {
  const named = environment['HF_HUB_CACHE'] || environment['HUGGINGFACE_HUB_CACHE'];
  const caches = environment['XDG_CACHE_HOME'] || join(homedir(), '.cache');
  return expandHome(named || join(environment['HF_HOME'] || join(caches, 'huggingface'), 'hub'));
}

/** The folder where VLMEvalKit keeps its tables: `$LMUData` or `~/LMUData`. */
export function tablesFolder(environment: Environment): string {
  return expandHome(environment['LMUData'] || join(homedir(), 'LMUData'));
}

function expandHome(path: string): string {
  return path === '~' || path.startsWith('~/') ? join(homedir(), path.slice(1)) : path;
}

/** `datasets--<owner>--<name>`, as the cache calls a data set. */
export function cacheName(dataset: string): string {
  return `datasets--${dataset.replaceAll('/', '--')}`;
}

/**
 * The snapshot that a data set's folder in the hub cache stands for: that of `main`, else the only one. A folder of
 * another kind stands for itself.
 *
 * @throws {SynthrlError} `DATA_AMBIGUOUS` where there are several and none is `main`; `DATA_NOT_FOUND` where there is
 * none
 */
export function snapshotOf(benchmark: Benchmark, folder: string): string {
  const snapshots = join(folder, 'snapshots');
  const isCached = basename(folder).startsWith('datasets--') || kindAt(join(folder, 'refs')) === 'folder';
  if (!isCached || kindAt(snapshots) !== 'folder') return folder;
  const reference = join(folder, 'refs', 'main');
  const main = kindAt(reference) === 'file' ? readFileSync(reference, 'utf8').trim() : '';
  if (/^[0-9a-z._-]{1,100}$/i.test(main) && kindAt(join(snapshots, main)) === 'folder') return join(snapshots, main);
  const present = readdirSync(snapshots)
    .map((name) => join(snapshots, name))
    .filter((path) => kindAt(path) === 'folder')
    .sort();
  const [only] = present;
  if (only === undefined) {
    throw new SynthrlError('DATA_NOT_FOUND', `The hub cache ${folder} holds no snapshot.`, {
      hint: `Run synthrl data fetch ${benchmark.name}, or name the data with --data ${benchmark.name}=<file or folder>.`,
    });
  }
  if (present.length === 1) return only;
  throw new SynthrlError(
    'DATA_AMBIGUOUS',
    `The hub cache ${folder} holds ${present.length} snapshots and does not say which is main: ${present.join(', ')}.`,
    { hint: `Choose with ${present.map((path) => `--data ${benchmark.name}=${path}`).join(' or ')}.` },
  );
}
