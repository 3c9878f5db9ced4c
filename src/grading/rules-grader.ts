import { gradeResponse, graderVersion } from './grade-response.ts';
import type { Grader } from './grader.ts';

/** Our rules, in this thread. */
export function createRulesGrader(): Grader {
  return {
    mode: 'rules',
    version: graderVersion,
    batchSize: 1,
    grade: async (items) => items.map(({ problem, text }) => gradeResponse(problem, text)),
    close: async () => undefined,
  };
}
