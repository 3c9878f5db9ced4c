import type { Problem } from '../core/problem.ts';

/** What is known of a split as its authors publish it, so that whole data can be told from a part or a mixture. */
export interface PublishedSplit {
  readonly rows: number;
  /** Every id that a row may have. Where these are as many as the rows, each of them is one. */
  readonly ids?: readonly string[];
  /** The id that the other members of a problem say. */
  readonly idOf?: (problem: Problem) => string;
  /** Rows by facet and value. A facet that is named has no other values. */
  readonly facets: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /**
   * Ids of rows that are published with equal question, answer and picture although their groups differ. Absent where
   * the pictures were never compared: such rows may then be the authors' own.
   */
  readonly copies?: readonly (readonly string[])[];
  /** Rows that are published with a slip, by id, and which: it is the authors' and stays. */
  readonly slips?: Readonly<Record<string, string>>;
}

/** `"1"` to `"count"`. */
export function numberedIds(count: number): string[] {
  return Array.from({ length: count }, (_, index) => String(index + 1));
}
