/** One set of weights that answered, under every name that it goes by in the runs put together. */
export interface Taker {
  /** The first of its names, for people. */
  readonly name: string;
  readonly checkpoints: readonly CheckpointName[];
  /** SHA-256 of the weights; null where that is not known. */
  readonly fingerprint: string | null;
}

export interface CheckpointName {
  readonly run: string;
  readonly checkpoint: string;
}

/** Who answered what, and how often right. A cell without settled samples is missing, not wrong. */
export interface ResponseMatrix {
  readonly benchmark: string;
  /** Rating keys (`ratingKeyOf`). */
  readonly items: readonly string[];
  readonly takers: readonly Taker[];
  /** Row after row, one cell per item and taker: settled samples, and those of them that are right. */
  readonly settled: Float64Array;
  readonly right: Float64Array;
}

/** Whether every item has settled samples of every taker, so that all were asked the same. */
export function isComplete({ settled, items, takers }: ResponseMatrix): boolean {
  return items.length > 0 && takers.length > 0 && settled.every((samples) => samples > 0);
}

/** The columns of some takers, and the rows that then have a settled sample. */
export function keepTakers(matrix: ResponseMatrix, keep: (taker: Taker) => boolean): ResponseMatrix {
  const width = matrix.takers.length;
  const columns = [...matrix.takers.keys()].filter((column) => keep(matrix.takers[column] as Taker));
  const rows = [...matrix.items.keys()].filter((row) =>
    columns.some((column) => (matrix.settled[row * width + column] as number) > 0),
  );
  const cut = (cells: Float64Array) =>
    Float64Array.from(rows.flatMap((row) => columns.map((column) => cells[row * width + column] as number)));
  return {
    benchmark: matrix.benchmark,
    items: rows.map((row) => matrix.items[row] as string),
    takers: columns.map((column) => matrix.takers[column] as Taker),
    settled: cut(matrix.settled),
    right: cut(matrix.right),
  };
}

/** Settled samples of all cells. */
export function settledSamples({ settled }: ResponseMatrix): number {
  return settled.reduce((sum, samples) => sum + samples, 0);
}
