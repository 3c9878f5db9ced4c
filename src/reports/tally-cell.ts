import type { Tally } from '../core/tally.ts';
import { countText, intervalText, percentText } from './percent.ts';
import type { Cell } from './table-model.ts';

/**
 * An accuracy with its interval, and how far it could still rise where that is not settled.
 *
 * @param tally - undefined where this was not asked
 * @param options.count - whether the cell must give its own n
 */
export function tallyCell(tally: Tally | undefined, options: { readonly count: boolean }): Cell {
  if (tally === undefined || tally.accuracy === null) return { main: '–' };
  const details = [intervalText(tally.interval), ...(options.count ? [`n = ${countText(tally.asked)}`] : [])];
  const unsettled = tally.upper !== null && tally.upper > tally.accuracy;
  return {
    main: percentText(tally.accuracy),
    detail: details.join(' · '),
    ...(unsettled ? { note: `up to ${percentText(tally.upper)}` } : {}),
  };
}
