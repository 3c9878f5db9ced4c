import { appendRows } from './assemble-rows.ts';
import type { ColumnChunk } from './column-chunk.ts';
import { openDataPage } from './data-page.ts';
import { largestPageBytes } from './page-bytes.ts';
import { isDictionaryEncoding, pageValues } from './page-values.ts';
import { ParquetFault } from './parquet-fault.ts';
import { wholeNumber } from './parquet-file.ts';
import type { ReadBudget } from './read-budget.ts';

/** Reads all values of a leaf in one row group, page by page: one item for each row, nested as `appendRows` says. */
export async function readValueLeaf(chunk: ColumnChunk, budget: ReadBudget): Promise<unknown[]> {
  const rows: unknown[] = [];
  let dictionary: unknown[] | undefined;
  for await (const page of chunk.pages()) {
    const { type, uncompressed_page_size: bytes } = page.header;
    if (type === 'INDEX_PAGE') continue;
    requireSmall(bytes);
    budget.bytes(bytes);
    if (type === 'DICTIONARY_PAGE') {
      const packed = chunk.packed(page);
      const unpacked = chunk.unpack(packed, page);
      const count = wholeNumber(page.header.dictionary_page_header?.num_values);
      dictionary = pageValues(await unpacked.take(bytes), 'PLAIN', count, chunk.leaf, undefined);
      await unpacked.drain();
      await packed.drain();
      continue;
    }
    const data = await openDataPage(chunk, page);
    const content = await data.values.take(data.bytes);
    await data.finish();
    if (isDictionaryEncoding(data.encoding) && dictionary === undefined && data.present > 0) {
      throw new ParquetFault('is damaged: a page refers to a dictionary that is not there');
    }
    appendRows(rows, data, pageValues(content, data.encoding, data.present, chunk.leaf, dictionary), chunk.leaf);
  }
  return rows;
}

function requireSmall(bytes: number): void {
  if (bytes > largestPageBytes) {
    throw new ParquetFault(`declares a page of ${bytes} bytes; ${largestPageBytes} are read at most beside images`);
  }
}
