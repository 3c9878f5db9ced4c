import type { GradingMode } from '../../core/grade.ts';
import type { GradeOne } from './grade-safely.ts';

/** Which deterministic grading, in a form that can be sent to a worker. */
export interface GradingSettings {
  readonly kind: 'rules';
}

/** A deterministic way of grading, ready to be used in this thread. */
export interface Grading {
  readonly mode: GradingMode;
  /** Name and version, as in Grader. */
  readonly version: string;
  readonly gradeOne: GradeOne;
}

/** Loads the grading that the settings name. */
export async function loadGrading(_settings: GradingSettings): Promise<Grading> {
  const { gradeResponse, graderVersion } = await import('../grade-response.ts');
  return { mode: 'rules', version: graderVersion, gradeOne: gradeResponse };
}
