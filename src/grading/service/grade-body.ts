import type { IncomingMessage } from 'node:http';
import type { Grader } from '../grader.ts';
import { type GradedItem, reward } from './grade-item.ts';
import type { ReadGradingItem } from './grading-item.ts';
import { problemOfItem } from './problem-of-item.ts';
import { readItems } from './read-items.ts';

/** Batches of one request that may be with the grader; then its body is not read on until the first of them is done. */
const maxAhead = 4;

/**
 * Grades a request's body while it arrives; verdicts come in the order of the items.
 *
 * @throws {RequestError} for a body that is refused, and what the grader throws
 */
export async function gradeBody(
  request: IncomingMessage,
  options: { grader: Grader; maxBytes: number },
): Promise<GradedItem[]> {
  const jobs: Promise<GradedItem[]>[] = [];
  for await (const items of readItems(request, options.maxBytes)) {
    const job = gradeItems(items, options.grader);
    // Awaited below, or no longer wanted.
    job.catch(() => undefined);
    jobs.push(job);
    await jobs[jobs.length - maxAhead];
  }
  return (await Promise.all(jobs)).flat();
}

async function gradeItems(items: readonly ReadGradingItem[], grader: Grader): Promise<GradedItem[]> {
  const grades = await grader.grade(
    items.map((item) => ({ problem: problemOfItem(item), sample: 0, text: item.response })),
  );
  return items.map(({ response }, index) => {
    const graded = grades[index];
    if (graded === undefined) throw new Error(`the grader ${grader.version} left a reply without a verdict`);
    return reward(graded, response);
  });
}
