import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { benjaminiHochberg, benjaminiYekutieli, holm } from '../../src/statistics/adjust-p-values.ts';
import { alwaysValidReach, logEvidence } from '../../src/statistics/always-valid.ts';
import { auc } from '../../src/statistics/auc.ts';
import { betaQuantile } from '../../src/statistics/beta-distribution.ts';
import { binomialCdf } from '../../src/statistics/binomial-cdf.ts';
import { exactBootstrapSums } from '../../src/statistics/bootstrap.ts';
import { clopperPearsonInterval } from '../../src/statistics/clopper-pearson-interval.ts';
import { clusteredStandardError } from '../../src/statistics/clustered-interval.ts';
import { cohenKappa } from '../../src/statistics/cohen-kappa.ts';
import { detectableDifference } from '../../src/statistics/detectable-difference.ts';
import { nonInferiority } from '../../src/statistics/difference-tests.ts';
import { mcNemarTest } from '../../src/statistics/mcnemar.ts';
import { normalQuantile } from '../../src/statistics/normal-quantile.ts';
import { pairedDifference } from '../../src/statistics/paired-difference.ts';
import { kendallTauB, pearson, spearman } from '../../src/statistics/rank-correlation.ts';
import { studentTCdf } from '../../src/statistics/student-t.ts';
import { wilsonInterval } from '../../src/statistics/wilson-interval.ts';
import { describeShared, sharedPath } from '../shared-data.ts';
import { clustersOf } from './clusters-of.ts';

/** Made with scipy, statsmodels and scikit-learn; each names its source and the tolerance that it is good to. */
const file = 'corpus/stats_vectors.json';

interface Vector {
  kind: string;
  name: string;
  // biome-ignore lint/suspicious/noExplicitAny: every kind has its own members
  input: any;
  // biome-ignore lint/suspicious/noExplicitAny: every kind has its own members
  expected: any;
  tol: number;
}

/** What we say to the input, in the shape of the expected value; members that are not ours are left out. */
const answers: Record<string, (input: Vector['input']) => unknown> = {
  wilson: ({ successes, n, conf }) => wilsonInterval(successes / n, n, conf),
  clopper_pearson: ({ successes, n, conf }) => clopperPearsonInterval(successes, n, conf),
  mcnemar_exact: ({ b, c }) => {
    const test = mcNemarTest(b, c);
    return { p_exact: test.exact, p_mid: test.mid, chi2: test.chiSquare, p_chi2: test.asymptotic };
  },
  holm: ({ p }) => holm(p),
  bh: ({ p }) => benjaminiHochberg(p),
  by: ({ p }) => benjaminiYekutieli(p),
  paired_bootstrap_analytic: ({ a, b }) => {
    const { mean, standardError } = pairedDifference(differences(a, b), undefined, { corrected: false });
    return { boot_mean_expectation: mean, boot_se_exact: standardError };
  },
  paired_diff: ({ a, b }) => {
    const { mean, standardError: se, freedom } = pairedDifference(differences(a, b));
    const reach = normalQuantile(0.975) * se;
    const t = mean / se;
    return {
      mean,
      se,
      z95: [mean - reach, mean + reach],
      t,
      t_p: 2 * studentTCdf(-Math.abs(t), freedom),
      corr: pearson(a, b),
    };
  },
  paired_bootstrap_exact: ({ npos: won, nneg: lost, nzero: level }) => {
    const n = won + lost + level;
    const chances = exactBootstrapSums({ won, lost, level });
    const below = (sum: number) => chances.subarray(0, n + sum + 1).reduce((total, chance) => total + chance, 0);
    const quantile = (p: number) =>
      (Array.from({ length: 2 * n + 1 }, (_, k) => k - n).find((k) => below(k) >= p - 1e-12) ?? 0) / n;
    const se = Math.sqrt(
      chances.reduce((sum, chance, place) => sum + chance * ((place - n - (won - lost)) / n) ** 2, 0),
    );
    return { p_le_0: below(0), p_lt_0: below(-1), q025: quantile(0.025), q975: quantile(0.975), se };
  },
  clustered_se: ({ x, cluster }) => ({
    se_cluster_cr1: clusteredStandardError(clustersOf(x, cluster)),
    se_statsmodels_corrected: clusteredStandardError(clustersOf(x, cluster)),
    se_cluster_cr0: pairedDifference(x, cluster, { corrected: false }).standardError,
    mean: pairedDifference(x, cluster).mean,
  }),
  clustered_paired_se: ({ a, b, cluster }) => ({
    mean: pairedDifference(differences(a, b), cluster).mean,
    se_cluster_cr0: pairedDifference(differences(a, b), cluster, { corrected: false }).standardError,
    se_cluster_cr1: pairedDifference(differences(a, b), cluster).standardError,
  }),
  spearman: ({ x, y }) => {
    const { rho, p } = spearman(x, y);
    return { rho, p_t: p, kendall_tau_b: kendallTauB(x, y), pearson: pearson(x, y) };
  },
  auc: ({ score, label }) => ({ auc: auc(score, label) }),
  dist: ({ p, ab, kn }) => {
    if (ab) return ab.map(([a, b]: [number, number]) => betaQuantile(p, a, b));
    if (kn) return kn.map(([k, n]: [number, number]) => binomialCdf(k, n, p));
    return p.map(normalQuantile);
  },
  mde_paired: ({ n, discordant, alpha_two_sided: alpha, power }) => ({
    mde: detectableDifference(n, { discordant, alpha, power, sides: 2 }),
    mde_one_sided: detectableDifference(n, { discordant, alpha, power, sides: 1 }),
  }),
  noninferiority: ({ new_only: won, old_only: lost, n, margin }) => {
    const values = Array.from({ length: n }, (_, index) => (index < won ? 1 : index < won + lost ? -1 : 0));
    const difference = pairedDifference(values, undefined, { corrected: false });
    const { p, limit } = nonInferiority(difference, margin);
    return { diff: difference.mean, se: difference.standardError, p, lower95_one_sided: limit };
  },
  evalue_discordant: ({ b, c, prior }) => {
    const evidence = logEvidence(b, c, prior);
    return { log_e: evidence, always_valid_p: Math.min(1, Math.exp(-evidence)) };
  },
  msprt_radius: ({ n, sd, tau, alpha }) => ({ radius: alwaysValidReach({ n, standardDeviation: sd, tau, alpha }) }),
  cohen_kappa: ({ matrix }) => cohenKappa(matrix),
};

/** Fitted models have tests of their own, in test/difficulty. */
const elsewhere = new Set(['bradley_terry', 'davidson', 'irt_map_ability']);

describeShared('reference vectors', [file], () => {
  const vectors: Vector[] = JSON.parse(readFileSync(sharedPath(file), 'utf8'));
  const ours = vectors.filter(({ kind }) => !elsewhere.has(kind));

  test('every kind is known', () => {
    expect(ours.filter(({ kind }) => !(kind in answers)).map(({ kind }) => kind)).toEqual([]);
    expect(ours.length).toBeGreaterThanOrEqual(50);
  });

  test.each(ours.map((vector) => [`${vector.kind} ${vector.name}`, vector] as const))('%s', (_, vector) => {
    const answer = answers[vector.kind]?.(vector.input);
    expect(furthest(answer, vector.expected)).toBeLessThanOrEqual(vector.tol);
  });
});

/** Largest distance between the numbers of two values of one shape, over the members that the first has. */
function furthest(answer: unknown, expected: unknown): number {
  if (typeof answer === 'number') return Math.abs(answer - (expected as number));
  const pairs = Object.entries(answer as object).map(([name, value]) => furthest(value, (expected as never)[name]));
  return pairs.some(Number.isNaN) ? Number.NaN : Math.max(...pairs);
}

function differences(a: readonly number[], b: readonly number[]): number[] {
  return a.map((value, index) => value - (b[index] ?? Number.NaN));
}
