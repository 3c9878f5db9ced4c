import type { RunComparison } from '../analysis/compare/run-comparison.ts';
import { intervalText, percentText } from './percent.ts';
import { pointsInterval, pointsText } from './points.ts';
import { printableText } from './printable-text.ts';

const mostNamed = 6;

/** Which checkpoint is best, in a sentence or two: over the base, and which others cannot be told apart from it. */
export function comparisonSentence(comparison: RunComparison): string {
  const { base, highest, bestSet, estimate, checkpoints } = comparison;
  const [top, bottom] = [printableText(highest), printableText(base)];
  const others = bestSet.filter((name) => name !== highest);
  const where = comparison.average.length === 1 ? `on ${printableText(comparison.average[0] ?? '')}` : 'on average';
  const all = others.length === checkpoints.length - 1 && others.length > 1;
  const apart = all
    ? `none of the ${checkpoints.length} can be told apart from it`
    : `${namedList(others, [highest, ...others])} cannot be told apart from it`;
  const standing = others.length === 0 ? 'every other one is worse' : apart;
  if (estimate.gain === null) return `The base ${top} is highest ${where}; ${standing}.`;
  const { measured, corrected, interval } = estimate.gain;
  const gain = `${pointsText(corrected ?? measured)} points ${pointsInterval(interval)}`.trimEnd();
  if (bestSet.includes(base) || (interval?.[0] ?? -1) <= 0) {
    const rest = all || others.some((name) => name !== base) ? `; ${apart}` : '';
    return `No checkpoint can be told to be better than ${bottom} ${where}: ${top} is highest, ${gain}${rest}.`;
  }
  return `${top} is best ${where}: ${gain} over ${bottom}; ${standing}.`;
}

/** What correction for having been picked does to the highest one's figures. */
export function estimateSentence({ estimate, highest, base }: RunComparison): string {
  const { accuracy, gain } = estimate;
  const name = printableText(highest);
  if (accuracy.corrected === null) return `There is too little data to correct ${name} for having been picked.`;
  const gained =
    gain === null || gain.corrected === null
      ? ''
      : `, its gain over ${printableText(base)} from ${pointsText(gain.measured)} to ${pointsText(gain.corrected)} points`;
  const limits = accuracy.interval === null ? '' : ` (95 %: ${intervalText(accuracy.interval)})`;
  return `Correction for having been picked takes the accuracy of ${name} from ${percentText(accuracy.measured)} to ${percentText(accuracy.corrected)}${limits}${gained}.`;
}

/** The beginning that all names share up to a separator is said once: `global_step_88, 112 and 128`. */
function namedList(names: readonly string[], all: readonly string[]): string {
  const prefix = sharedPrefix(all);
  const shown = names.slice(0, mostNamed).map((name, place) => printableText(place === 0 ? name : name.slice(prefix)));
  if (names.length > mostNamed) return `${shown.join(', ')} and ${names.length - mostNamed} more`;
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}

/** Length of the beginning of `global_step_16` and `global_step_32` before their numbers; 0 for any other names. */
function sharedPrefix(names: readonly string[]): number {
  const [first = ''] = names;
  const length = /^.*[_-](?=\d+$)/.exec(first.slice(0, 200))?.[0].length ?? 0;
  const same = names.every((name) => name.startsWith(first.slice(0, length)) && /^\d+$/.test(name.slice(length)));
  return same ? length : 0;
}
