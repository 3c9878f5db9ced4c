import type { ImageForm } from '../drawing/encode.ts';
import type { Sheet } from '../drawing/sheet.ts';

export type Skill =
  | 'arithmetic'
  | 'statistical'
  | 'algebraic'
  | 'geometry'
  | 'scientific'
  | 'logical'
  | 'numeric commonsense';

export interface MathvistaProblem {
  readonly question: string;
  readonly choices: readonly string[] | null;
  readonly unit: string | null;
  /** Decimals of a float answer. */
  readonly precision: 1 | 2 | null;
  /** The text of the right choice, or the value. */
  readonly answer: string;
  readonly answerType: 'text' | 'integer' | 'float' | 'list';
  readonly language: 'english' | 'chinese' | 'persian';
  readonly source: string;
  readonly category: 'math-targeted-vqa' | 'general-vqa';
  readonly task:
    | 'figure question answering'
    | 'geometry problem solving'
    | 'math word problem'
    | 'visual question answering'
    | 'textbook question answering';
  readonly context: string;
  readonly grade: 'elementary school' | 'high school' | 'college' | 'not applicable';
  readonly skills: readonly Skill[];
  readonly sheet: Sheet;
  readonly form: ImageForm;
}

type Defaulted = 'choices' | 'unit' | 'precision' | 'language' | 'form' | 'grade';

export function problem(fields: Omit<MathvistaProblem, Defaulted> & Partial<MathvistaProblem>): MathvistaProblem {
  return {
    choices: null,
    unit: null,
    precision: null,
    language: 'english',
    grade: 'not applicable',
    form: { kind: 'jpeg' },
    ...fields,
  };
}

/** What every question about a drawn chart has in common. */
export function chartProblem(
  fields: Omit<MathvistaProblem, Defaulted | 'source' | 'category' | 'task'> & Partial<MathvistaProblem>,
): MathvistaProblem {
  return problem({ source: 'DrawnCharts', category: 'general-vqa', task: 'figure question answering', ...fields });
}

/** The text of the one choice that is right. */
export function choiceText(choices: readonly string[], letter: string): string {
  return choices['ABCDEFGH'.indexOf(letter)] ?? '';
}
