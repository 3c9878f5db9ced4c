import type { Reply } from '../import-row.ts';

/**
 * The texts in `resps` of the harnesses: a list per request of a list of samples, or flattened where one request was made.
 * Undefined where they are no texts, as where a task compares likelihoods.
 */
export function repliesIn(responses: unknown): Reply[] | undefined {
  if (typeof responses === 'string') return [{ text: responses }];
  if (!Array.isArray(responses) || responses.length === 0) return undefined;
  const texts = responses.flat(2) as unknown[];
  return texts.every((text) => typeof text === 'string') ? texts.map((text) => ({ text })) : undefined;
}

/** Every text inside a value, to some depth. */
export function textsWithin(value: unknown, depth = 4): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null || depth === 0) return [];
  return Object.values(value).flatMap((member) => textsWithin(member, depth - 1));
}
