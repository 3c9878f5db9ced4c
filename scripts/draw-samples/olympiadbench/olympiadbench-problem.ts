import type { Sheet } from '../drawing/sheet.ts';

/** A row of the metadata; members that only the authors' release has may be left out. */
export interface OlympiadbenchProblem {
  readonly source: string;
  readonly subject: string;
  readonly context?: string;
  readonly question: string;
  readonly answer: string;
  readonly answer_type: string;
  readonly is_multiple_answer?: boolean;
  readonly unit?: string | null;
  readonly error?: string | null;
  readonly sheets: readonly Sheet[];
}
