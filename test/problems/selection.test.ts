import { expect, test } from 'vitest';
import { parseSelections } from '../../src/problems/selection.ts';
import { tinyBenchmark } from './tiny-benchmark.ts';

const tiny = tinyBenchmark();
const other = { ...tiny, name: 'other' };
const registry = [tiny, other];

function parse(text: string) {
  return parseSelections(text, registry).map(({ benchmark, selection }) => ({ name: benchmark.name, ...selection }));
}

test('names, splits and facets are read', () => {
  expect(parse('tiny')).toEqual([{ name: 'tiny', split: undefined, facets: {}, text: '' }]);
  expect(parse(' other : mini : topic = a | b , tiny:tags=x ')).toEqual([
    { name: 'other', split: 'mini', facets: { topic: ['a', 'b'] }, text: 'mini:topic = a | b' },
    { name: 'tiny', split: undefined, facets: { tags: ['x'] }, text: 'tags=x' },
  ]);
});

test('the recorded form with commas is read', () => {
  expect(parse('tiny:test,tags=e%2Cf|g,topic=a=b,other:mini')).toEqual([
    {
      name: 'tiny',
      split: 'test',
      facets: { tags: ['e,f', 'g'], topic: ['a=b'] },
      text: 'test:tags=e%2Cf|g:topic=a=b',
    },
    { name: 'other', split: 'mini', facets: {}, text: 'mini' },
  ]);
});

test.for([
  ['nope', 'BENCHMARK_UNKNOWN', 'There is no benchmark named "nope".', 'Known benchmarks: tiny, other.'],
  ['tiny,', undefined, '', ''],
  [' , ', 'BENCHMARK_UNKNOWN', 'No benchmark is selected.', 'Known benchmarks: tiny, other.'],
  ['topic=a', 'BENCHMARK_UNKNOWN', 'There is no benchmark named "topic=a".', 'tiny, other'],
  ['tiny:nope', 'SELECTION_UNKNOWN', 'has no split or facet "nope"', 'Splits of tiny: test (default), mini, keyed.'],
  ['tiny:constructor', 'SELECTION_UNKNOWN', 'has no split or facet "constructor"', 'Facets: topic, tags.'],
  ['tiny:test:mini', 'SELECTION_UNKNOWN', 'names two splits, "test" and "mini"', ''],
  ['tiny:level=3', 'SELECTION_UNKNOWN', 'has no facet "level"', 'Facets: topic, tags.'],
  ['tiny:topic=', 'SELECTION_UNKNOWN', 'names no value for the facet "topic"', ''],
  ['tiny:topic=a|', 'SELECTION_UNKNOWN', 'names no value for the facet "topic"', ''],
  ['tiny:topic=a:topic=b', 'SELECTION_UNKNOWN', 'names the facet "topic" twice', ''],
  ['tiny:mini,tiny:test', 'SELECTION_UNKNOWN', 'The benchmark tiny is selected twice', ''],
] as const)('%s', ([text, code, message, hint]) => {
  if (code === undefined) return expect(parse(text)).toHaveLength(1);
  expect(() => parse(text)).toThrow(
    expect.objectContaining({ code, message: expect.stringContaining(message), hint: expect.stringContaining(hint) }),
  );
});
