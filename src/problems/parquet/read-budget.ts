import { ParquetFault } from './parquet-fault.ts';

/** Benchmarks have thousands of rows. */
const mostRows = 2_000_000;
/** Values of all columns, each as often as it is nested deep: what bounds the objects that rows become. */
const mostValues = 12_000_000;
/** Unpacked bytes of all columns but images. */
const mostBytes = 256 * 1024 * 1024;

/** What may still be read of one file. A small file can hold a billion equal values; they are counted before they are made. */
export class ReadBudget {
  #rows = mostRows;
  #values = mostValues;
  #bytes = mostBytes;

  rows(count: number): void {
    this.#rows -= count;
    if (this.#rows < 0) throw new ParquetFault(`has more than ${mostRows} rows, the most that are read`);
  }

  values(count: number, depth: number): void {
    this.#values -= count * depth;
    if (this.#values < 0) throw new ParquetFault(`has more than ${mostValues} values, the most that are read`);
  }

  bytes(count: number): void {
    this.#bytes -= count;
    if (this.#bytes < 0)
      throw new ParquetFault(`has more than ${mostBytes} bytes beside images, the most that are read`);
  }
}
