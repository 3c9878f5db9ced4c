import { afterAll, describe, expect, test } from 'vitest';
import type { Benchmark, DataForm, ProblemFields, RowContext } from '../../../src/problems/define-benchmark.ts';
import { describeShared } from '../../shared-data.ts';
import { type Comparison, compareProblems, comparisonTable } from './compare-problems.ts';
import { type FormSource, rowsOf, sampleSources, sharedFiles, sharedSources } from './form-sources.ts';
import { type Lost, lostInPublished, lostInSamples } from './lost-fields.ts';
import { parquetTable } from './to-parquet.ts';
import { tsvTable } from './to-tsv.ts';

/** What stays equal of the fields that differ. */
const loosened: Readonly<Record<string, (fields: ProblemFields) => ProblemFields>> = {
  'mathvista:testmini tsv': (fields) => ({ ...fields, question: fields.question.trimEnd(), facets: {} }),
  'wemath:testmini tsv': (fields) => ({
    ...fields,
    prompt: fields.prompt.replaceAll('．', '.').replace(/[;\s]+/g, ''),
  }),
};

const compared: { name: string; form: string; comparison: Comparison }[] = [];
afterAll(() => console.log(comparisonTable(compared)));

describe.for(sampleSources)('the sample of $name', (source) => describeForms(source, lostInSamples, 'sample'));
describeShared('published rows', sharedFiles, () => {
  describe.for(sharedSources)('of $name', (source) => describeForms(source, lostInPublished, 'published'));
});

function describeForms(source: FormSource, lost: Readonly<Record<string, Lost>>, which: string): void {
  test('in Parquet give the same problems, field by field', async () => {
    expect(await compareForm(source, 'parquet', which)).toEqual(lost[`${source.name} parquet`] ?? {});
  });
  test.skipIf(source.split === 'text-only')(
    'in TSV give the same problems but for what it does not carry',
    async () => {
      expect(await compareForm(source, 'tsv', which)).toEqual(lost[`${source.name} tsv`] ?? {});
    },
  );
}

async function compareForm(source: FormSource, kind: 'parquet' | 'tsv', which: string): Promise<Lost> {
  const { benchmark } = source;
  const rows = await rowsOf(source, false);
  const official = readAll(
    benchmark,
    rows.map(({ value, context }) => [value, context]),
  );
  const form = formOf(benchmark, kind);
  const table = kind === 'parquet' ? parquetTable(source.layout, rows) : tsvTable(benchmark.name, rows);
  const translated = table.rows.map((row, index): [unknown, RowContext] => {
    const told = Object.entries(row).filter(([column]) => !form.images.includes(column));
    // A file in Parquet holds one variant of DynaMath, the table in TSV all of them.
    const facets = kind === 'parquet' ? (rows[index]?.context.facets ?? {}) : {};
    const context = { key: undefined, facets };
    return [form.toOfficial(Object.fromEntries(told), context), context];
  });
  const read = readAll(benchmark, translated);
  const comparison = compareProblems(official, read);
  compared.push({ name: `${source.name} ${which}`, form: kind, comparison });
  const loosen = loosened[`${source.name} ${kind}`];
  if (loosen) expect(compareProblems(official.map(loosen), read.map(loosen)).differing).toEqual({});
  return comparison.differing;
}

function formOf(benchmark: Benchmark, kind: string): DataForm {
  const form = benchmark.forms?.find((known) => known.kind === kind);
  if (form === undefined) throw new Error(`${benchmark.name} has no form ${kind}`);
  return form;
}

function readAll(benchmark: Benchmark, rows: readonly (readonly [unknown, RowContext])[]): readonly ProblemFields[] {
  const fields = rows.map(([row, context], index) => {
    const result = benchmark.read(row, context);
    if ('invalid' in result) throw new Error(`row ${index + 1}: ${result.invalid.field}: ${result.invalid.reason}`);
    return result.fields;
  });
  return benchmark.complete?.(fields) ?? fields;
}
