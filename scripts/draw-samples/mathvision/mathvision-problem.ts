import type { ImageForm } from '../drawing/encode.ts';
import type { Sheet } from '../drawing/sheet.ts';

export interface MathvisionProblem {
  readonly subject: string;
  readonly level: 1 | 2 | 3 | 4 | 5;
  readonly question: string;
  /** Five option texts, or none for a free answer. */
  readonly options: readonly string[];
  /** As published data have it: dirt included. */
  readonly answer: string;
  readonly solution: string | null;
  readonly sheet: Sheet;
  readonly form: ImageForm;
}

/** Where every option stands in the picture. */
export const lettersOnly: readonly string[] = ['A', 'B', 'C', 'D', 'E'];

const jpeg: ImageForm = { kind: 'jpeg' };

export function problem(
  fields: Omit<MathvisionProblem, 'options' | 'solution' | 'form'> & Partial<MathvisionProblem>,
): MathvisionProblem {
  return { options: [], solution: null, form: jpeg, ...fields };
}
