import { gradeResponse, graderVersion } from '../../src/grading/grade-response.ts';
import type { Grader } from '../../src/grading/grader.ts';

/** Our rules in this thread, with nothing to close. */
export function createRulesGrader(): Grader {
  return {
    mode: 'rules',
    version: graderVersion,
    batchSize: 1,
    grade: async (items) => items.map(({ problem, text }) => gradeResponse(problem, text)),
    close: async () => undefined,
  };
}
