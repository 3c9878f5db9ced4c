import { resolve } from 'node:path';
import { benchmarks as registry } from '../../benchmarks/index.ts';
import { SynthrlError } from '../core/errors.ts';
import type { AskedQuestion } from '../core/run-record.ts';
import { type LoadedBenchmark, loadProblems } from '../problems/load-problems.ts';
import { parseSelections } from '../problems/selection.ts';
import type { BenchmarkUnderTest } from '../sweep/grade-and-summarise.ts';
import type { Settings } from './options.ts';
import type { questionOptions } from './question-options.ts';

type DataSettings = Settings<'data-root' | 'data'>;

/**
 * Loads what a selection such as `mathvision:testmini,wemath` names; every benchmark's default where there is none.
 *
 * @param options.cacheRoot - where images that stand in the rows are kept; absent, they are not read
 */
export async function loadSelections(
  selections: string | undefined,
  settings: DataSettings,
  options: { requireImages: boolean; cacheRoot?: string; note?: (sentence: string) => void },
): Promise<LoadedBenchmark[]> {
  const named = parseNamedData(settings.data ?? []);
  const unnamed = registry.filter(({ onlyWhenNamed }) => onlyWhenNamed !== true);
  const selected = parseSelections(selections ?? unnamed.map(({ name }) => name).join(','), registry);
  const loaded: LoadedBenchmark[] = [];
  for (const { benchmark, selection } of selected) {
    const own = named.get(benchmark.name);
    const one = await loadProblems(benchmark, selection, {
      dataRoot: resolve(settings['data-root']),
      requireImages: options.requireImages,
      registry,
      ...(own === undefined ? {} : { named: own }),
      ...(options.cacheRoot === undefined ? {} : { cacheRoot: resolve(options.cacheRoot) }),
    });
    for (const note of one.notes) options.note?.(note);
    loaded.push(one);
  }
  return loaded;
}

/** Cuts each benchmark to its first `limit` problems. */
export function limitProblems(loaded: readonly LoadedBenchmark[], limit: number | undefined): BenchmarkUnderTest[] {
  return loaded.map((one) => ({
    loaded: one,
    problems: limit === undefined ? one.problems : one.problems.slice(0, limit),
  }));
}

/** The run's question; `--limit` is no part of it. */
export function buildQuestion(
  loaded: readonly LoadedBenchmark[],
  settings: Settings<(typeof questionOptions)[number]>,
): AskedQuestion {
  if (settings.repeat > 1 && settings.temperature === 0) {
    throw new SynthrlError('USAGE', '`--repeat` above 1 needs a temperature above 0: greedy samples are all alike.', {
      hint: 'Add --temperature 0.7, for example.',
    });
  }
  if (settings['min-pixels'] > settings['max-pixels']) {
    throw new SynthrlError('USAGE', 'Expected `--min-pixels` to be at most `--max-pixels`.');
  }
  return {
    kind: 'asked',
    benchmarks: loaded.map((one) => ({
      name: one.benchmark.name,
      selection: one.selection,
      problems: one.problems.length,
      dataHash: one.dataHash,
    })),
    prompt: { layout: settings.layout === 'train' ? 'train' : 'original-eval', instruction: settings.instruction },
    images: {
      minPixels: settings['min-pixels'],
      maxPixels: settings['max-pixels'],
      maxImages: settings['max-images'],
    },
    sampling: {
      temperature: settings.temperature,
      topP: settings['top-p'],
      repetitionPenalty: settings['repetition-penalty'],
      maxTokens: settings['max-tokens'],
      maxModelLen: settings['max-model-len'],
      seed: settings.seed,
    },
    repeat: settings.repeat,
  };
}

/** Reads `--data mathverse=path` settings into paths by benchmark. */
export function parseNamedData(entries: readonly string[]): Map<string, string> {
  return new Map(
    entries.map((entry) => {
      const at = entry.indexOf('=');
      const name = entry.slice(0, at).trim();
      if (at < 1 || entry.length === at + 1) {
        throw new SynthrlError('USAGE', `Expected \`--data\` to be <benchmark>=<file or folder>, got \`${entry}\`.`);
      }
      if (!registry.some((benchmark) => benchmark.name === name)) {
        throw new SynthrlError('BENCHMARK_UNKNOWN', `\`--data ${entry}\` names the unknown benchmark ${name}.`, {
          hint: `Known benchmarks: ${registry.map((benchmark) => benchmark.name).join(', ')}.`,
        });
      }
      return [name, resolve(entry.slice(at + 1))];
    }),
  );
}
