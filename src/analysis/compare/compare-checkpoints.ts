import { SynthrlError } from '../../core/errors.ts';
import type { BestEstimate } from './best-estimate.ts';
import { accuracyOf, type ClusterScores, clusterScores, unsettledOf } from './cluster-scores.ts';
import { byBucket, byFacet, compareParts, type PartTable } from './compare-parts.ts';
import { describeSharing } from './describe-sharing.ts';
import { type BestFinding, findBest } from './find-best.ts';
import { adjustPairs, type NamedScores, PairBook, type PairFinding } from './pair-book.ts';
import {
  type BenchmarkScores,
  type ComparedBenchmark,
  type ComparedCheckpoint,
  scoreBenchmark,
} from './score-benchmark.ts';
import { type Trajectories, trajectories } from './trajectories.ts';

/** A share of right samples, and what it could still rise to; in [0, 1]. */
export interface ComparedShare {
  readonly accuracy: number;
  readonly upper: number;
}

/** One checkpoint's results on the problems that are compared. */
export interface ComparedResult {
  readonly name: string;
  readonly step: number | null;
  readonly average: ComparedShare;
  readonly benchmarks: Readonly<Record<string, ComparedShare>>;
  /** p of no other checkpoint being better, corrected for looking at all of them. */
  readonly best: { readonly p: number; readonly inSet: boolean };
}

/** All checkpoints of a run against each other. */
export interface CheckpointComparison {
  readonly base: string;
  /** The one with the highest average; the first of equals. */
  readonly highest: string;
  /** Those of which none can be told not to be the best, at 95 %. */
  readonly bestSet: readonly string[];
  readonly estimate: BestEstimate;
  /** Benchmarks that the average is over. */
  readonly average: readonly string[];
  readonly benchmarks: readonly { readonly name: string; readonly problems: number; readonly repeat: number }[];
  readonly checkpoints: readonly ComparedResult[];
  /** Every other checkpoint less the base. */
  readonly overBase: readonly PairFinding[];
  /** Every pair, the later one as the newer. */
  readonly pairs: readonly PairFinding[];
  readonly parts: readonly PartTable[];
  /** Null where fewer than two checkpoints stand along training. */
  readonly trajectories: Trajectories | null;
  /** Whole sentences about what was left out or is odd. */
  readonly notes: readonly string[];
}

/** What is to be compared, and how. */
export interface ComparisonRequest {
  readonly benchmarks: readonly ComparedBenchmark[];
  /** In the order of training. */
  readonly checkpoints: readonly ComparedCheckpoint[];
  /** Name or step of the base; the first checkpoint by default. */
  readonly base?: string | undefined;
  /** Facet to explore. */
  readonly facet?: string | undefined;
  readonly seed: string;
}

/**
 * Compares checkpoints on the problems that they share: paired by problem, clustered by group, corrected for how many
 * comparisons there are. Equal requests give equal results.
 *
 * @throws {SynthrlError} `COMPARISON_IMPOSSIBLE` with fewer than two checkpoints or nothing that all were asked; `USAGE`
 * for a base or a facet that is not there
 */
export function compareCheckpoints(request: ComparisonRequest): CheckpointComparison {
  const { checkpoints, seed } = request;
  if (checkpoints.length < 2) throw tooFew(checkpoints);
  const base = placeOfBase(request);
  const scored = request.benchmarks
    .map((benchmark) => scoreBenchmark(benchmark, checkpoints))
    .filter(({ problems, shares }) => problems.length > 0 && shares.filter((one) => one !== undefined).length > 1);
  const shared = scored.filter(({ shares }) => shares.every((one) => one !== undefined));
  if (shared.length === 0) throw nothingShared(checkpoints);
  const all = scored.map((scores) => ({
    name: scores.name,
    scores: clusterScores(scores),
    averaged: shared.includes(scores),
  }));
  const averaged = all.filter((one) => one.averaged).map(({ scores }) => scores);
  const names = checkpoints.map(({ name }) => name);
  const book = new PairBook(names, all, averaged);
  const readings = (newer: number, older: number) => book.readings(newer, older);
  const best = findBest({ scores: averaged, base, readings, seed });
  const places = [...names.keys()];
  const nameAt = (place: number) => names[place] ?? '';
  return {
    base: nameAt(base),
    highest: nameAt(best.highest),
    bestSet: best.members.flatMap(({ checkpoint, inSet }) => (inSet ? [nameAt(checkpoint)] : [])),
    estimate: best.estimate,
    average: shared.map(({ name }) => name),
    benchmarks: scored.map(({ name, problems, repeat }) => ({ name, problems: problems.length, repeat })),
    checkpoints: checkpoints.map((one, place) => resultOf(one, place, { all, averaged, best })),
    overBase: adjustPairs(places.filter((place) => place !== base).map((place) => book.find(place, base))),
    pairs: adjustPairs(places.flatMap((newer) => places.slice(0, newer).map((older) => book.find(newer, older)))),
    parts: partsOf(request, scored, base),
    trajectories: trajectories({ checkpoints, benchmarks: scored, base }),
    notes: describeSharing(request, scored, shared),
  };
}

function resultOf(
  { name, step }: ComparedCheckpoint,
  place: number,
  { all, averaged, best }: { all: readonly NamedScores[]; averaged: readonly ClusterScores[]; best: BestFinding },
): ComparedResult {
  const asked = all.filter(({ scores }) => scores.right[place] !== undefined);
  const shareOn = (scores: readonly ClusterScores[]): ComparedShare => {
    const mean = (value: (one: ClusterScores) => number) =>
      scores.reduce((sum, one) => sum + value(one), 0) / scores.length;
    const accuracy = mean((one) => accuracyOf(one, place));
    return { accuracy, upper: accuracy + mean((one) => unsettledOf(one, place)) };
  };
  const { p = 1, inSet = true } = best.members[place] ?? {};
  return {
    name,
    step,
    average: shareOn(averaged),
    benchmarks: Object.fromEntries(asked.map((one) => [one.name, shareOn([one.scores])])),
    best: { p, inSet },
  };
}

function partsOf(request: ComparisonRequest, benchmarks: readonly BenchmarkScores[], base: number): PartTable[] {
  const { facet, checkpoints } = request;
  const options = { checkpoints, benchmarks, base };
  const tables: PartTable[] = [];
  if (benchmarks.some(({ ratings }) => ratings !== undefined)) tables.push(compareParts('bucket', byBucket, options));
  if (facet === undefined) return tables;
  const table = compareParts(facet, byFacet(facet), options);
  if (table.findings.length > 0) return [...tables, table];
  const known = new Set(benchmarks.flatMap(({ problems }) => problems.flatMap(({ facets }) => Object.keys(facets))));
  throw new SynthrlError('USAGE', `No benchmark that is compared has the facet \`${facet}\`.`, {
    hint: `Facets: ${[...known].sort().join(', ')}.`,
  });
}

function placeOfBase({ base, checkpoints }: ComparisonRequest): number {
  if (base === undefined) return 0;
  const named = checkpoints.findIndex(({ name }) => name === base);
  const place = named >= 0 ? named : checkpoints.findIndex(({ step }) => step !== null && String(step) === base);
  if (place >= 0) return place;
  throw new SynthrlError('USAGE', `None of the compared checkpoints is \`${base}\`.`, {
    hint: `They are ${checkpoints.map(({ name }) => name).join(', ')}.`,
  });
}

function tooFew(checkpoints: readonly ComparedCheckpoint[]): SynthrlError {
  const [only] = checkpoints;
  const which = only === undefined ? 'there is none' : `there is only ${only.name}`;
  return new SynthrlError('COMPARISON_IMPOSSIBLE', `A comparison needs two graded checkpoints, and ${which}.`, {
    hint: 'Evaluate or import another one into the same run, or choose more of them with --steps.',
  });
}

function nothingShared(checkpoints: readonly ComparedCheckpoint[]): SynthrlError {
  const held = checkpoints.map(({ name, verdicts }) => `${name} has ${[...verdicts.keys()].join(', ')}`);
  return new SynthrlError('COMPARISON_IMPOSSIBLE', 'There is no problem that all of these checkpoints were asked.', {
    hint: `Choose among them with --steps, or evaluate what is missing: ${held.slice(0, 8).join('; ')}.`,
  });
}
