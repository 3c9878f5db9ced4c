import { createRandom } from '../../statistics/random.ts';
import type { ClusterScores } from './cluster-scores.ts';

/** Parts that the problems are dealt into; each is held out once. */
const mostParts = 5;
/** How often they are dealt anew. */
const deals = 20;

/**
 * The accuracy of the highest checkpoint without what picking it added: groups of problems are dealt into five parts, the
 * highest checkpoint is picked on four of them and counted on the fifth, which had no say in picking; each part in turn,
 * over twenty deals. Without bias for a pick on four fifths of the problems, which may choose slightly worse than a pick
 * on all. (In simulations two parts err more on that side, and ten parts scatter more.)
 *
 * @param base - whose accuracy on the same parts the gain is over
 * @returns null where a benchmark has a single group
 * @see Varma, Simon (2006), https://doi.org/10.1186/1471-2105-7-91
 * @see Tibshirani, Tibshirani (2009), https://doi.org/10.1214/08-AOAS224
 */
export function heldOutEstimate(
  scores: readonly ClusterScores[],
  options: { readonly base: number; readonly seed: string },
): { readonly accuracy: number; readonly gain: number } | null {
  const parts = Math.min(mostParts, ...scores.map(({ sizes }) => sizes.length));
  if (parts < 2) return null;
  const random = createRandom(options.seed);
  let [accuracy, gain] = [0, 0];
  for (let deal = 0; deal < deals; deal += 1) {
    const dealt = scores.map((one) => dealOut(one, parts, random));
    for (let part = 0; part < parts; part += 1) {
      const pick = highestWithout(dealt, part);
      for (const { held, n } of dealt) {
        const right = held[part]?.right;
        accuracy += (right?.[pick] ?? 0) / n;
        gain += ((right?.[pick] ?? 0) - (right?.[options.base] ?? 0)) / n;
      }
    }
  }
  const counted = deals * scores.length;
  return { accuracy: accuracy / counted, gain: gain / counted };
}

interface Dealt {
  readonly n: number;
  /** Right ones of each checkpoint, over all parts. */
  readonly right: Float64Array;
  /** By part: its problems, and the right ones of each checkpoint. */
  readonly held: readonly { readonly size: number; readonly right: Float64Array }[];
}

function dealOut({ n, sizes, right }: ClusterScores, parts: number, random: () => number): Dealt {
  const partOf = new Int32Array(sizes.length);
  for (const [place, cluster] of shuffledOrder(sizes.length, random).entries()) partOf[cluster] = place % parts;
  const held = Array.from({ length: parts }, () => ({ size: 0, right: new Float64Array(right.length) }));
  for (const [cluster, part] of partOf.entries()) {
    const into = held[part];
    if (into !== undefined) into.size += sizes[cluster] ?? 0;
  }
  const total = right.map((sums, checkpoint) => {
    const byPart = new Float64Array(parts);
    for (let cluster = 0; cluster < sizes.length; cluster += 1) {
      const part = partOf[cluster] ?? 0;
      byPart[part] = (byPart[part] ?? 0) + (sums?.[cluster] ?? 0);
    }
    for (const [part, sum] of byPart.entries()) held[part]?.right.set([sum], checkpoint);
    return byPart.reduce((sum, one) => sum + one, 0);
  });
  return { n, right: Float64Array.from(total), held };
}

/** The checkpoint with the highest average accuracy outside a part; the first of equals. */
function highestWithout(dealt: readonly Dealt[], part: number): number {
  const count = dealt[0]?.right.length ?? 0;
  let [pick, highest] = [0, Number.NEGATIVE_INFINITY];
  for (let checkpoint = 0; checkpoint < count; checkpoint += 1) {
    let sum = 0;
    for (const { n, right, held } of dealt) {
      const out = held[part];
      sum += ((right[checkpoint] ?? 0) - (out?.right[checkpoint] ?? 0)) / (n - (out?.size ?? 0));
    }
    if (sum > highest) [pick, highest] = [checkpoint, sum];
  }
  return pick;
}

/** @see Fisher and Yates's shuffle in Durstenfeld's form (1964), https://doi.org/10.1145/364520.364540 */
function shuffledOrder(length: number, random: () => number): Int32Array {
  const order = Int32Array.from({ length }, (_, index) => index);
  for (let last = length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    const moved = order[last] ?? 0;
    order[last] = order[other] ?? 0;
    order[other] = moved;
  }
  return order;
}
