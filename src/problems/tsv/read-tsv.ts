import type { ImageSource } from '../../core/problem.ts';
import type { KeepImage } from '../embedded-images.ts';
import type { SourceRow } from '../read-rows.ts';
import { readRecords } from './read-records.ts';
import { resolveReferences, type SharingRow } from './resolve-references.ts';
import { indexNaming } from './row-index.ts';
import { type TableField, TableFields } from './table-fields.ts';
import { tsvError } from './tsv-error.ts';
import type { TsvRecord } from './tsv-splitter.ts';

/**
 * The column names of a tab-separated file. Reads its beginning only.
 *
 * @throws {SynthrlError} `DATA_INVALID` where it does not begin with a row of at least two unique names
 */
export async function tsvColumns(path: string): Promise<readonly string[]> {
  for await (const header of readRecords(path, new TableFields(path))) return columnsOf(path, header);
  throw tsvError(path, 'is empty', 'Download it again.');
}

/**
 * Reads all rows of a tab-separated file with images in one of its columns, in file order, as pandas would. Values are
 * texts as written, '' for an empty field; the image column is left out of them. `index` names the row: whole numbers
 * lose their decimals where the whole column is such.
 *
 * A cell of the image column holds base64, a list of base64 texts as Python or JSON writes it, or, in up to 64
 * characters, the `index` of a row whose images are shared. Rows where it is empty, and files without it, have no images;
 * other columns may name some. Memory holds the texts of all rows and the images of one.
 *
 * @param options.images - name of the column with images
 * @param options.keepImage - gets each image once, in order; absent, the image column is passed over
 * @throws {SynthrlError} `DATA_INVALID` naming file and line
 */
export async function readTsv(
  path: string,
  options: { readonly images: string; readonly keepImage?: KeepImage },
): Promise<SourceRow[]> {
  const { keepImage } = options;
  const fields = new TableFields(path, options.images, keepImage !== undefined);
  let columns: readonly string[] | undefined;
  const rows: TableRow[] = [];
  for await (const record of readRecords(path, fields)) {
    if (columns === undefined) {
      columns = columnsOf(path, record);
      fields.columns = columns;
    } else rows.push(await readRow(path, record, columns, fields.imageAt, keepImage));
  }
  if (columns === undefined) throw tsvError(path, 'is empty', 'Download it again.');
  if (rows.length === 0) throw tsvError(path, 'holds no rows', 'Download it again.');
  return withIndexes(rows, keepImage !== undefined);
}

/** A row whose references to other rows are still to be followed. */
interface TableRow {
  readonly place: string;
  readonly values: Record<string, string>;
  readonly own: SharingRow<ImageSource>['own'];
}

async function readRow(
  path: string,
  { line, fields }: TsvRecord<TableField>,
  columns: readonly string[],
  imageAt: number,
  keepImage: KeepImage | undefined,
): Promise<TableRow> {
  const place = `${path}:${line}`;
  if (fields.length < columns.length) {
    throw tsvError(place, `has ${fields.length} of the ${columns.length} fields that the header names`);
  }
  const cell = fields[imageAt];
  let own: TableRow['own'] = { images: [] };
  if (typeof cell === 'object' && 'reference' in cell) own = cell;
  else if (typeof cell === 'object' && keepImage !== undefined) {
    const images: ImageSource[] = [];
    for (const bytes of cell.images) images.push(await keepImage(bytes, place));
    own = { images };
  }
  const texts = columns.map((column, at) => [column, fields[at]]).filter(([, text]) => typeof text === 'string');
  return { place, values: Object.fromEntries(texts), own };
}

/** Names the rows by their `index`, and gives each its images. */
function withIndexes(rows: readonly TableRow[], hasImages: boolean): SourceRow[] {
  const nameOf = indexNaming(rows.map(({ values }) => values['index'] ?? ''));
  const named = rows.map(({ values, place, own }) => ({
    index: nameOf(values['index'] ?? ''),
    values,
    place,
    own: 'reference' in own ? { reference: nameOf(own.reference) } : own,
  }));
  const images = hasImages ? resolveReferences(named) : [];
  return named.map(({ index, values, place }, at) => ({
    value: 'index' in values ? { ...values, index } : values,
    key: undefined,
    place,
    ...(hasImages ? { images: images[at] ?? [] } : {}),
  }));
}

function columnsOf(path: string, { line, fields }: TsvRecord<TableField>): readonly string[] {
  const columns = fields.map(String);
  const place = `${path}:${line}`;
  const hint = `The first row has to name the columns. It begins with ${JSON.stringify(columns.join('\t').slice(0, 50))}.`;
  if (columns.length < 2) throw tsvError(place, 'is no row of column names between tabs', hint);
  for (const [at, name] of columns.entries()) {
    if (name.trim() === '') throw tsvError(place, `has no name for column ${at + 1}`, hint);
    if (columns.indexOf(name) < at) throw tsvError(place, `names the column ${JSON.stringify(name)} twice`, hint);
  }
  return columns;
}
