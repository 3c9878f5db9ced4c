import type { KeepImage } from '../embedded-images.ts';
import type { SourceRow } from '../read-rows.ts';

/**
 * The names of a Parquet file's columns and its number of rows. Reads its footer only.
 *
 * @throws {SynthrlError} `DATA_INVALID` naming the file where it is not Parquet, is cut off, damaged or encrypted
 */
export async function parquetColumns(path: string): Promise<{ columns: readonly string[]; rows: number }> {
  const { parquetShape } = await import('./parquet-rows.ts');
  return parquetShape(path);
}

/**
 * Reads the rows of a Parquet file, row group after row group. Values are as JSON would say them: whole numbers beyond
 * 2^53 are strings, times are ISO 8601, NaN is null. Columns of bare bytes that are no image columns are left out.
 *
 * An image column holds `{bytes, path}`, bytes, or a list of either. Its images go through `keepImage` one at a time,
 * so that memory stays flat however large row groups are, and stand in the row's `images`, in the order of
 * `options.images`; the column is then absent from the row's value. Where a row has a path and no bytes, or plain
 * text, the value has that (a list of it for a list). Pages packed with ZSTD or LZ4 must be below 128 MiB.
 *
 * @param options.images - image columns
 * @param options.keepImage - absent: the image columns are not read from disk, and not in the rows
 * @param options.columns - the other columns to read; absent: all
 * @throws {SynthrlError} `DATA_INVALID` naming the file, and the column and rows where there are such, where the file
 * is not Parquet, is cut off, damaged, encrypted or without rows, lacks a column, has other things than images in an
 * image column, or would take more memory than its kind may; and whatever `keepImage` throws
 */
export async function readParquet(
  path: string,
  options: { images: readonly string[]; keepImage?: KeepImage; columns?: readonly string[] },
): Promise<SourceRow[]> {
  const { parquetRows } = await import('./parquet-rows.ts');
  return parquetRows(path, options);
}
