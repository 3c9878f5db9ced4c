import { gradingOptions } from './grading-options.ts';
import { dataOptions, questionOptions } from './question-options.ts';
import { servingOptions } from './serving-options.ts';

/** Options of every command that asks checkpoints. */
export const evaluationOptions = [
  ...questionOptions,
  ...dataOptions,
  ...servingOptions,
  ...gradingOptions,
  'runs-root',
  'cache-root',
  'limit',
  'fresh',
  'json',
] as const;
