import { passAtK } from '../statistics/pass-at-k.ts';
import type { Figures } from './figure.ts';
import { figureOf } from './figure-of.ts';
import { mayBeRight, type Outcomes, verdictOn } from './outcomes.ts';
import { sampleShare } from './sample-share.ts';

/**
 * Figures of several samples per problem: `mean`, the share of samples that are right, and `pass_at_k` for each k from
 * 1 to the number of samples, averaged over problems. Null where nothing was asked.
 */
export function repeatMetrics(outcomes: Outcomes): Figures {
  const { problems, repeat } = outcomes;
  const counted = problems.map((problem) => {
    const verdicts = Array.from({ length: repeat }, (_, sample) => verdictOn(outcomes, problem, sample));
    const right = verdicts.filter((verdict) => verdict === 'correct').length;
    return { group: problem.group, right, possible: verdicts.filter(mayBeRight).length };
  });
  const passes = Array.from({ length: repeat }, (_, at) => {
    const units = counted.map(({ group, right, possible }) => {
      const value = passAtK(repeat, right, at + 1);
      return { group, value, least: value, most: passAtK(repeat, possible, at + 1) };
    });
    // A problem is worth as many observations as it has samples: so pass@1 has the interval of the mean.
    return [String(at + 1), figureOf(units, repeat)] as const;
  });
  return { mean: sampleShare(outcomes), pass_at_k: Object.fromEntries(passes) };
}
