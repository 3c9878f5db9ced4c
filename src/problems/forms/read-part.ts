import type { Benchmark, ProblemFields, RowProblem } from '../define-benchmark.ts';
import { RowError } from '../define-benchmark.ts';
import type { KeepImage } from '../embedded-images.ts';
import { type OnInvalid, parseRow, parseRows, readRow, readRows, type SourceRow } from '../read-rows.ts';
import type { LocatedPart, RowsFile } from './located-data.ts';

/** Rows of JSON in a zip file; the official files are below 6 MB. */
const mostMemberBytes = 400_000_000;

/** One row as read, and what it says. */
export interface ReadRow {
  readonly row: SourceRow;
  readonly file: RowsFile;
  readonly result: { readonly fields: ProblemFields } | { readonly invalid: RowProblem };
}

/**
 * Reads a piece of the data, whatever its form; rows of other forms are translated to official ones first.
 *
 * @param keepImage - absent: images that stand in the rows are not read
 * @param onInvalid - gets lines of JSON Lines that are no JSON; absent, the first is thrown
 * @throws {SynthrlError} `DATA_INVALID` or `DATA_DUPLICATE_ID` naming file and row
 */
export async function readPart(
  benchmark: Benchmark,
  part: LocatedPart,
  keepImage: KeepImage | undefined,
  onInvalid?: OnInvalid,
): Promise<ReadRow[]> {
  const read: ReadRow[] = [];
  for (const file of part.files) {
    for (const row of await readFileRows(part, file, keepImage, onInvalid)) {
      read.push({ row, file, result: translate(benchmark, part, row) });
    }
  }
  return read;
}

async function readFileRows(
  { form, shape }: LocatedPart,
  file: RowsFile,
  keepImage: KeepImage | undefined,
  onInvalid: OnInvalid | undefined,
): Promise<SourceRow[]> {
  const keep = keepImage === undefined ? {} : { keepImage };
  if (form?.kind === 'parquet') {
    const { parquetColumns, readParquet } = await import('../parquet/read-parquet.ts');
    const needed = form.images.every((name) => form.columns.includes(name));
    const { columns } = needed ? form : await parquetColumns(file.path);
    // A table of text-only rows need not have a column for their pictures.
    return readParquet(file.path, { images: form.images.filter((name) => columns.includes(name)), ...keep });
  }
  if (form?.kind === 'tsv') {
    const { readTsv } = await import('../tsv/read-tsv.ts');
    return readTsv(file.path, { images: form.images[0] ?? 'image', ...keep });
  }
  if (file.member === undefined) {
    return shape === 'folder' ? [await readRow(file.path)] : readRows(file.path, shape, onInvalid);
  }
  const { ZipFile } = await import('../zip/zip-file.ts');
  const zip = await ZipFile.open(file.path);
  try {
    const place = `${file.path}: ${file.member}`;
    const bytes = await zip.read(file.member, mostMemberBytes);
    return shape === 'folder' ? [parseRow(place, bytes, file.member)] : parseRows(place, bytes, shape, onInvalid);
  } finally {
    zip.close();
  }
}

function translate(benchmark: Benchmark, { form, facets }: LocatedPart, row: SourceRow): ReadRow['result'] {
  const context = { key: row.key, facets };
  if (form === undefined) return benchmark.read(row.value, context);
  if (typeof row.value !== 'object' || row.value === null) {
    return { invalid: { field: '', reason: 'Expected a row with named columns' } };
  }
  try {
    return benchmark.read(form.toOfficial({ ...row.value }, context), context);
  } catch (error) {
    if (error instanceof RowError) return { invalid: { field: error.field, reason: error.message } };
    throw error;
  }
}
