/** How able one taker is, in log-odds. */
export interface Ability {
  readonly theta: number;
  /** Fisher information of the responses at θ, without the prior's. */
  readonly information: number;
  readonly se: number;
}

/** Answers of one taker to items whose parameters are known. */
export interface AnsweredItems {
  /** a_i, above 0. */
  readonly slopes: ArrayLike<number>;
  /** b_i. */
  readonly difficulties: ArrayLike<number>;
  /** Right samples of each item, and samples of each; one of each where that is left out. */
  readonly right: ArrayLike<number>;
  readonly samples?: ArrayLike<number>;
  /** Standard deviation of the normal prior on θ, around 0. */
  readonly priorSd: number;
}

/**
 * The ability θ with the highest posterior in the two-parameter logistic model, by Newton's method; information
 * I = Σ n a² p(1 − p) and standard error 1 / √(I + 1/σ²).
 *
 * @see Birnbaum (1968), in Lord, Novick, Statistical Theories of Mental Test Scores
 */
export function estimateAbility(answered: AnsweredItems): Ability {
  const prior = 1 / (answered.priorSd * answered.priorSd);
  let theta = 0;
  for (let step = 0; step < 200; step += 1) {
    const { gradient, information } = slopeAt(answered, theta);
    // The posterior is concave: bounded steps always come closer.
    const move = Math.max(-1, Math.min(1, (gradient - prior * theta) / (information + prior)));
    theta += move;
    if (Math.abs(move) < 1e-12) break;
  }
  const { information } = slopeAt(answered, theta);
  return { theta, information, se: 1 / Math.sqrt(information + prior) };
}

function slopeAt({ slopes, difficulties, right, samples }: AnsweredItems, theta: number) {
  let [gradient, information] = [0, 0];
  for (let item = 0; item < slopes.length; item += 1) {
    const slope = slopes[item] ?? 1;
    const n = samples?.[item] ?? 1;
    const chance = 1 / (1 + Math.exp(-slope * (theta - (difficulties[item] ?? 0))));
    gradient += slope * ((right[item] ?? 0) - n * chance);
    information += n * slope * slope * chance * (1 - chance);
  }
  return { gradient, information };
}
