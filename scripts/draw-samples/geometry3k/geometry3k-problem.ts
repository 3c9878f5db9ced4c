import type { Sheet } from '../drawing/sheet.ts';

/** A problem as the data set keeps it, one folder each. */
export interface Geometry3kProblem {
  /** With formulas between dollar signs. */
  readonly text: string;
  readonly choices: readonly [string, string, string, string];
  readonly answer: string;
  readonly graph: 'Triangle' | 'Quad' | 'Circle' | 'Line' | 'Other';
  readonly goal: 'Angle' | 'Length' | 'Area' | 'Ratio';
  readonly sheet: Sheet;
}
