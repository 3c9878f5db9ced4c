import type { GradingMode } from '../../core/grade.ts';
import type { OfficialOptions } from '../official/official-rules.ts';
import type { GradeOne } from './grade-safely.ts';

/** Which deterministic grading, in a form that can be sent to a worker: our rules, or the benchmarks' published ones. */
export type GradingSettings = { readonly kind: 'rules' } | ({ readonly kind: 'official' } & OfficialOptions);

/** A deterministic way of grading, ready to be used in this thread. */
export interface Grading {
  readonly mode: GradingMode;
  /** Name and version, as in Grader. */
  readonly version: string;
  readonly gradeOne: GradeOne;
}

/** Loads the grading that the settings name, and not the other. */
export async function loadGrading(settings: GradingSettings): Promise<Grading> {
  if (settings.kind === 'official') {
    const { gradeOfficially, officialVersion } = await import('../official/official-grader.ts');
    return {
      mode: 'official',
      version: officialVersion(settings),
      gradeOne: (problem, text) => gradeOfficially(problem, text, settings),
    };
  }
  const { gradeResponse, graderVersion } = await import('../grade-response.ts');
  return { mode: 'rules', version: graderVersion, gradeOne: gradeResponse };
}
