import { loadExpressionLibrary } from '../values/compile-expression.ts';
import { answerBatches } from './answer-batches.ts';
import { type GradingSettings, loadGrading } from './load-grading.ts';

/** Entry of the pool's worker threads. */
await answerBatches(async (settings) => {
  const { mode, gradeOne } = await loadGrading(settings as GradingSettings);
  // Its time is not to count as that of the first response that needs it.
  if (mode === 'rules') loadExpressionLibrary();
  return gradeOne;
});
