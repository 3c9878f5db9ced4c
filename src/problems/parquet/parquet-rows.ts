import type { RowGroup } from 'hyparquet';
import { assembleNested } from 'hyparquet/src/assemble.js';
import { errorMessage, SynthrlError } from '../../core/errors.ts';
import type { ImageSource } from '../../core/problem.ts';
import type { KeepImage } from '../embedded-images.ts';
import type { SourceRow } from '../read-rows.ts';
import { ColumnChunk } from './column-chunk.ts';
import { imageCell } from './image-cell.ts';
import type { WantedColumn } from './leaf.ts';
import { listNames, ParquetFault } from './parquet-fault.ts';
import { ParquetFile, wholeNumber } from './parquet-file.ts';
import { parsers } from './parsers.ts';
import { plainValue } from './plain-value.ts';
import { ReadBudget } from './read-budget.ts';
import { KeptImage, readImageLeaf } from './read-image-leaf.ts';
import { readValueLeaf } from './read-value-leaf.ts';
import { wantedColumns } from './wanted-columns.ts';

/** What to read; see `readParquet`. */
export interface ParquetOptions {
  readonly images: readonly string[];
  readonly keepImage?: KeepImage;
  readonly columns?: readonly string[];
}

/** See `parquetColumns`. */
export async function parquetShape(path: string): Promise<{ columns: readonly string[]; rows: number }> {
  return within(path, async (file) => {
    const { tree, rows } = await file.footer();
    return { columns: tree.children.map(({ element }) => element.name), rows };
  });
}

/** See `readParquet`. */
export async function parquetRows(path: string, options: ParquetOptions): Promise<SourceRow[]> {
  return within(path, async (file) => {
    const { metadata, tree, rows, dataEnd } = await file.footer();
    const { images, keepImage, columns } = options;
    const wanted = wantedColumns(tree, { images, columns, readsImages: keepImage !== undefined });
    const budget = new ReadBudget();
    budget.rows(rows);
    if (rows === 0) throw new ParquetFault('holds no rows');
    const read: SourceRow[] = [];
    for (const group of metadata.row_groups) {
      const reader = new GroupReader({ path, file, group, dataEnd, budget, firstRow: read.length, keepImage });
      for (const row of await reader.rows(wanted, images)) read.push(row);
    }
    return read;
  });
}

/** Opens the file, and makes whatever its bytes cause an error that names it. */
async function within<Result>(path: string, read: (file: ParquetFile) => Promise<Result>): Promise<Result> {
  let file: ParquetFile | undefined;
  try {
    file = await ParquetFile.open(path);
    return await read(file);
  } catch (error) {
    throw error instanceof NotKept ? error.cause : placed(path, error);
  } finally {
    await file?.close();
  }
}

/** A coded error for whatever reading threw; one that is coded stays as it is. */
function placed(place: string, error: unknown): unknown {
  if (error instanceof SynthrlError || error instanceof NotKept) return error;
  const what = whatIsWrong(error);
  return new SynthrlError('DATA_INVALID', `${place} ${what}.`, {
    hint: 'Name another file with --data, or restore the published one.',
    cause: error,
  });
}

/** The library meets damage with errors of many kinds, whose words say nothing to people. */
function whatIsWrong(error: unknown): string {
  if (error instanceof ParquetFault) return error.message;
  const isOfSystem = error instanceof Error && 'syscall' in error;
  return isOfSystem ? `cannot be read: ${errorMessage(error)}` : 'is damaged';
}

/** Carries what `keepImage` threw past what turns damage into errors. */
class NotKept extends Error {}

interface GroupOptions {
  readonly path: string;
  readonly file: ParquetFile;
  readonly group: RowGroup;
  readonly dataEnd: number;
  readonly budget: ReadBudget;
  /** Rows before this group. */
  readonly firstRow: number;
  readonly keepImage: KeepImage | undefined;
}

/** Reads the rows of one row group. */
class GroupReader {
  readonly #options: GroupOptions;
  readonly #count: number;

  constructor(options: GroupOptions) {
    this.#options = options;
    this.#count = wholeNumber(options.group.num_rows);
  }

  async rows(wanted: readonly WantedColumn[], images: readonly string[]): Promise<SourceRow[]> {
    const columns = new Map<string, unknown[]>();
    for (const column of wanted) columns.set(column.name, await this.#column(column));
    return Array.from({ length: this.#count }, (_, index) => this.#row(index, columns, images));
  }

  #row(index: number, columns: ReadonlyMap<string, unknown[]>, imageColumns: readonly string[]): SourceRow {
    const place = this.#place(index);
    const value: [string, unknown][] = [];
    const images = new Map<string, readonly ImageSource[]>();
    for (const [name, cells] of columns) {
      const cell = plainValue(cells[index]);
      if (!imageColumns.includes(name)) {
        value.push([name, cell]);
        continue;
      }
      try {
        const held = imageCell(cell);
        if (held.images.length > 0) images.set(name, held.images);
        else value.push([name, held.value]);
      } catch (error) {
        throw placed(`${place}, column "${name}"`, error);
      }
    }
    const row = { value: Object.fromEntries(value), key: undefined, place };
    return images.size === 0 ? row : { ...row, images: imageColumns.flatMap((name) => images.get(name) ?? []) };
  }

  async #column(column: WantedColumn): Promise<unknown[]> {
    const { path, firstRow } = this.#options;
    try {
      const leaves = new Map<string, unknown[]>();
      for (const leaf of column.leaves) leaves.set(leaf.path.at(-1)?.path.join('.') ?? '', await this.#leaf(leaf));
      if (column.tree.children.length > 0) assembleNested(leaves, column.tree, parsers);
      const cells = leaves.get(column.name);
      if (cells?.length !== this.#count) throw new ParquetFault(`is damaged: it has another number of rows`);
      return cells;
    } catch (error) {
      throw placed(
        `${path}, column "${listNames([column.name])}" in rows ${firstRow + 1} to ${firstRow + this.#count}`,
        error,
      );
    }
  }

  async #leaf(leaf: WantedColumn['leaves'][number]): Promise<unknown[]> {
    const { file, group, dataEnd, budget } = this.#options;
    const chunk = new ColumnChunk(file, group, leaf, dataEnd);
    budget.values(chunk.count, leaf.path.length - 1);
    const rows = leaf.isImage
      ? await readImageLeaf(chunk, (bytes, row) => this.#keep(bytes, row))
      : await readValueLeaf(chunk, budget);
    if (rows.length !== this.#count) throw new ParquetFault('is damaged: it has another number of rows');
    return rows;
  }

  async #keep(bytes: Uint8Array, row: number): Promise<KeptImage> {
    const { keepImage } = this.#options;
    if (keepImage === undefined) throw new ParquetFault('holds images, which are not read here');
    try {
      return new KeptImage(await keepImage(bytes, this.#place(row)));
    } catch (error) {
      throw error instanceof SynthrlError ? error : new NotKept('An image was not kept.', { cause: error });
    }
  }

  #place(index: number): string {
    return `${this.#options.path}, row ${this.#options.firstRow + index + 1}`;
  }
}
