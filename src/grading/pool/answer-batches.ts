import { parentPort, workerData } from 'node:worker_threads';
import type { Problem } from '../../core/problem.ts';
import type { Graded } from '../grader.ts';
import { type GradeOne, gradeSafely } from './grade-safely.ts';
import type { WorkerBatch, WorkerReply, WorkerStart } from './worker-messages.ts';

/**
 * The worker's side of the pool: grades each batch that comes and sends the grades back. Called once by a worker's entry.
 *
 * @param load - makes the function that grades, from the settings that the pool was given
 */
export async function answerBatches(load: (settings: unknown) => GradeOne | Promise<GradeOne>): Promise<void> {
  const port = parentPort;
  if (port === null) throw new Error('a grading worker runs as a worker thread only');
  const { progress, settings } = workerData as WorkerStart;
  const place = new Int32Array(progress);
  const gradeOne = await load(settings);
  const problems = new Map<number, Problem>();
  port.on('message', (batch: WorkerBatch) => {
    if (batch.forget) problems.clear();
    for (const [number, problem] of batch.problems) problems.set(number, problem);
    const grades = batch.texts.map((text, index): Graded => {
      const problem = problems.get(batch.asked[index] ?? -1);
      if (problem === undefined) throw new Error(`the problem of item ${index} was not sent`);
      Atomics.store(place, 0, index + 1);
      return gradeSafely(gradeOne, problem, text);
    });
    Atomics.store(place, 0, 0);
    port.postMessage({ grades } satisfies WorkerReply);
  });
  port.postMessage({ ready: true } satisfies WorkerReply);
}
