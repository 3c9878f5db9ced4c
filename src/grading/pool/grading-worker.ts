import { answerBatches } from './answer-batches.ts';
import { type GradingSettings, loadGrading } from './load-grading.ts';

/** Entry of the pool's worker threads. */
await answerBatches(async (settings) => (await loadGrading(settings as GradingSettings)).gradeOne);
