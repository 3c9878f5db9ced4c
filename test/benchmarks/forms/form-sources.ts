import { join } from 'node:path';
import { benchmarks } from '../../../benchmarks/index.ts';
import type { Benchmark } from '../../../src/problems/define-benchmark.ts';
import { sharedPath } from '../../shared-data.ts';
import { type OfficialRow, officialRows } from './official-rows.ts';

/** Official rows that the forms are made of. */
export interface FormSource {
  /** For people, e.g. `mathvision:testmini`. */
  readonly name: string;
  readonly benchmark: Benchmark;
  readonly split: string;
  /** Key of the layout in Parquet. */
  readonly layout: string;
  readonly folder: string;
  /** The rows' file where it does not have its published name. */
  readonly file: string | undefined;
}

const splits: readonly (readonly [string, string])[] = [
  ['mathverse', 'testmini'],
  ['mathverse', 'text-only'],
  ['mathvision', 'test'],
  ['mathvision', 'testmini'],
  ['mathvista', 'testmini'],
  ['wemath', 'testmini'],
  ['dynamath', 'all'],
];

function source(name: string, split: string, folder: string, file?: string): FormSource {
  const benchmark = benchmarks.find((known) => known.name === name);
  if (benchmark === undefined) throw new Error(`no benchmark ${name}`);
  const layout = split === 'text-only' ? `${name}:${split}` : name;
  return { name: `${name}:${split}`, benchmark, split, layout, folder, file };
}

/** The samples that come with the product. */
export const sampleSources: readonly FormSource[] = splits.map(([name, split]) =>
  source(name, split, join(import.meta.dirname, '../../../benchmarks', name, 'sample')),
);

/**
 * The real rows, where they are at hand: of MathVerse a subset of 96 problems in the published form. MathVista's come
 * without pictures, MATH-V's with a tenth and DynaMath's with those of its first variant; the others are drawn.
 */
export const sharedSources: readonly FormSource[] = splits.map(([name, split]) =>
  source(
    name,
    split,
    sharedPath('data', name),
    name === 'mathverse' && split === 'testmini' ? sharedPath('data/mathverse/testmini_subset.json') : undefined,
  ),
);

/** Files that must be there for {@link sharedSources}. */
export const sharedFiles: readonly string[] = [
  'data/mathverse/testmini_subset.json',
  'data/mathvision/test.jsonl',
  'data/mathvista/testmini.json',
  'data/wemath/testmini.json',
  'data/dynamath/10trials/trial10/dataset.json',
];

/** The source's rows; reading and drawing their pictures takes most of the time. */
export function rowsOf({ benchmark, folder, split, file }: FormSource, pictures: boolean): Promise<OfficialRow[]> {
  return officialRows(benchmark, folder, split, { file, pictures });
}
