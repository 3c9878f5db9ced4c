/** How long and how often is tried. The defaults suit servers that take minutes to answer or to come back. */
export interface Patience {
  /** Attempts for one sample, those that a server asked to put off not counted. From 1. */
  readonly attempts: number;
  /** Attempts that a server asked to put off (429, 503), for one sample, and in a row for one endpoint. From 1. */
  readonly throttledAttempts: number;
  /** Failed rounds of connecting, one after another, after which an endpoint counts as gone. From 1. */
  readonly refusals: number;
  /** Rounds of requests that broke (lost connections, status 500 and the like) without an answer, until the same. */
  readonly brokenRounds: number;
  /** First wait before another attempt; it doubles each time. */
  readonly firstDelayMs: number;
  /** Longest wait before another attempt. */
  readonly longestDelayMs: number;
  /** Longest time from sending a request to the end of its reply. */
  readonly deadlineMs: number;
}

export const defaultPatience: Patience = {
  attempts: 5,
  throttledAttempts: 20,
  refusals: 3,
  brokenRounds: 20,
  firstDelayMs: 1000,
  longestDelayMs: 60_000,
  deadlineMs: 20 * 60_000,
};

/**
 * Wait before another attempt. Up to half of it is random, so that what failed together does not come back together.
 *
 * @param failures - failures so far, from 1
 */
export function delayMs(patience: Pick<Patience, 'firstDelayMs' | 'longestDelayMs'>, failures: number): number {
  const fullMs = Math.min(patience.longestDelayMs, patience.firstDelayMs * 2 ** Math.min(failures - 1, 30));
  return fullMs * (0.5 + Math.random() / 2);
}
