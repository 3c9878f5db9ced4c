import { SynthrlError } from '../core/errors.ts';
import type { Benchmark } from '../problems/define-benchmark.ts';
import type { LocatedData } from '../problems/forms/located-data.ts';
import type { DataLocation } from '../problems/load-problems.ts';
import { locateData } from '../problems/locate-data.ts';
import { parseSelections, type Selection } from '../problems/selection.ts';
import { type CheckedData, type CheckTools, checkData } from './check-data.ts';

/** Something to check. */
export interface Wanted {
  readonly benchmark: Benchmark;
  readonly selection: Selection;
  /** Nobody misses it where it is not there. */
  readonly isOptional: boolean;
}

/**
 * What a check looks at. A benchmark without split or facets stands for all its splits, of which only the default one
 * must be there; without words, so do all that the suite asks, and others where they are there.
 *
 * @param words - benchmarks or selections, e.g. `mathverse`, `mathvision:testmini`
 * @throws {SynthrlError} `BENCHMARK_UNKNOWN` or `SELECTION_UNKNOWN`
 */
export function wantedData(words: readonly string[], registry: readonly Benchmark[]): Wanted[] {
  const names = registry.map(({ name }) => name);
  return parseSelections((words.length === 0 ? names : words).join(','), registry).flatMap(
    ({ benchmark, selection }) => {
      if (selection.text !== '') return [{ benchmark, selection, isOptional: false }];
      const { defaultSplit, splits, onlyWhenNamed } = benchmark;
      const others = Object.keys(splits).filter((split) => split !== defaultSplit);
      const other = (split: string): Wanted => {
        return { benchmark, selection: { split, facets: {}, text: split }, isOptional: true };
      };
      const isMissed = words.length > 0 || onlyWhenNamed !== true;
      return [{ benchmark, selection, isOptional: !isMissed }, ...others.map(other)];
    },
  );
}

/**
 * Finds and checks data, one after the other.
 *
 * @param whereOf - where to look for each benchmark
 * @param begin - told which is looked at
 */
export async function checkSelections(
  wanted: readonly Wanted[],
  whereOf: (benchmark: Benchmark) => DataLocation,
  tools: CheckTools,
  begin: (name: string) => void,
): Promise<CheckedData[]> {
  const checked: CheckedData[] = [];
  const files = new Set<string>();
  const errors = new Set<string>();
  for (const { benchmark, selection, isOptional } of wanted) {
    const where = whereOf(benchmark);
    const located = await locate(benchmark, selection, where);
    if (located instanceof SynthrlError) {
      const known = `${benchmark.name} ${located.code}`;
      const isMissed = !isOptional || (located.code !== 'DATA_NOT_FOUND' && !errors.has(known));
      errors.add(known);
      if (isMissed) checked.push(notLocated(benchmark, selection, located));
      continue;
    }
    const own = located.parts.flatMap((part) => part.files.map(({ path, member }) => `${path}\n${member ?? ''}`));
    // A file of no telling name counts for any split; it was checked as the default one.
    if (isOptional && own.some((file) => files.has(file))) continue;
    for (const file of own) files.add(file);
    begin(selection.text === '' ? benchmark.name : `${benchmark.name}:${selection.text}`);
    checked.push(await checkData(benchmark, selection, located, where, tools));
  }
  return checked;
}

async function locate(
  benchmark: Benchmark,
  selection: Selection,
  where: DataLocation,
): Promise<LocatedData | SynthrlError> {
  try {
    return await locateData(benchmark, selection, where);
  } catch (error) {
    if (error instanceof SynthrlError) return error;
    throw error;
  }
}

function notLocated(benchmark: Benchmark, { text }: Selection, { code, message, hint }: SynthrlError): CheckedData {
  const detail = `${code}: ${message}`;
  return {
    benchmark: benchmark.name,
    selection: text === '' ? benchmark.defaultSplit : text,
    files: 0,
    rows: 0,
    findings: [
      {
        state: 'wrong',
        subject: 'data',
        detail,
        count: 1,
        examples: [],
        ...(hint === undefined ? {} : { mend: hint }),
      },
    ],
  };
}
