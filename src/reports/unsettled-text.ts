import type { Tally } from '../core/tally.ts';
import { countText } from './percent.ts';

/** What keeps a figure from being settled: `12 failed, 3 undecided`; empty where every sample has its verdict. */
export function unsettledText(tally: Pick<Tally, 'failed' | 'undecided' | 'timeout'>): string {
  const parts = [
    [tally.failed, 'failed'],
    [tally.undecided, 'undecided'],
    [tally.timeout, 'timed out'],
  ] as const;
  return parts
    .filter(([count]) => count > 0)
    .map(([count, what]) => `${countText(count)} ${what}`)
    .join(', ');
}
