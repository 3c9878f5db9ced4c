import type { Sheet } from '../drawing/sheet.ts';

export type Skill = 'inductive' | 'deductive' | 'numerical' | 'spatial' | 'mechanical';

export interface LogicvistaProblem {
  readonly question: string;
  /** A letter, several with commas between them, or a number. */
  readonly answer: string;
  readonly reasoning: string;
  readonly skill: Skill;
  readonly capability: readonly ('diagram' | 'ocr')[];
  readonly sheet: Sheet;
}
