import { SynthrlError } from '../core/errors.ts';
import type { Benchmark } from '../problems/define-benchmark.ts';
import type { HubSource } from '../problems/hub-source.ts';

/** Something that can be fetched: the data of a benchmark, or what goes with several. */
export interface DataSet {
  /** Also the name of its folder below the data root. */
  readonly name: string;
  readonly licence: string;
  readonly hub: HubSource;
}

/** Images, difficulty ratings and battles that the authors of SynthRL released with their evaluation: one zip of 1.2 GB. */
export const synthrlRatings: DataSet = {
  name: 'synthrl-ratings',
  licence: 'none stated; the images keep the licences of the five benchmarks',
  hub: {
    dataset: 'Jakumetsu/SynthRL_evaluation_data',
    revision: 'eddf687d0037b5bb499e6392aa7c2cc837904caa',
    files: ['data.zip'],
  },
};

/**
 * The data sets of these names; without names, those of all benchmarks that have one on the hub and need
 * not be named.
 *
 * @throws {SynthrlError} `BENCHMARK_UNKNOWN`, or `FETCH_NOT_FOUND` for a benchmark that is published elsewhere
 */
export function selectDataSets(names: readonly string[], registry: readonly Benchmark[]): DataSet[] {
  const known = [
    ...registry.flatMap(({ name, source }) => (source.hub ? [{ name, licence: source.license, hub: source.hub }] : [])),
    synthrlRatings,
  ];
  if (names.length === 0) {
    const unnamed = new Set(registry.flatMap(({ name, onlyWhenNamed }) => (onlyWhenNamed === true ? [] : [name])));
    return known.filter(({ name }) => unnamed.has(name));
  }
  return [...new Set(names)].map((name) => {
    const set = known.find((each) => each.name === name);
    if (set !== undefined) return set;
    const benchmark = registry.find((each) => each.name === name);
    if (benchmark === undefined) {
      throw new SynthrlError('BENCHMARK_UNKNOWN', `There is no data set named "${name}" to fetch.`, {
        hint: `Known: ${known.map((each) => each.name).join(', ')}. Splits need no naming: all are fetched.`,
      });
    }
    throw new SynthrlError('FETCH_NOT_FOUND', `The data of ${name} is not fetched by this program.`, {
      hint: `Get it from ${benchmark.source.url} into <data root>/${name}.`,
    });
  });
}
