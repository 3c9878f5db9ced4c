import { join, resolve } from 'node:path';
import { SynthrlError } from '../core/errors.ts';
import { writeWholeFile } from '../core/write-file.ts';
import type { RatingSet } from '../difficulty/ratings/rating-set.ts';
import { type Agreement, levelAgreement, ratingAgreement } from '../difficulty/responses/agreement.ts';
import { gatherResponses } from '../difficulty/responses/gather-responses.ts';
import { type LeftOutShares, leaveEachOut } from '../difficulty/responses/leave-one-out.ts';
import { publishedLevels } from '../difficulty/responses/published-levels.ts';
import {
  type ResponseMethod,
  type ResponseRating,
  rateResponses,
  ratingPlan,
} from '../difficulty/responses/rate-responses.ts';
import { isComplete, type ResponseMatrix } from '../difficulty/responses/response-matrix.ts';
import { responsesToJson } from '../difficulty/responses/responses-json.ts';
import { findRatings } from './find-ratings.ts';
import { type GatheredBenchmark, type GatherSettings, gatherRuns } from './gather-runs.ts';
import type { Settings } from './options.ts';
import { saveRatings } from './save-ratings.ts';
import { showResponseRatings } from './show-response-ratings.ts';
import type { Terminal } from './terminal.ts';

export type RateFromRunsSettings = GatherSettings & Settings<'ratings' | 'method' | 'out' | 'json'>;

/** Two views of difficulty and how far they agree. */
export interface ComparedViews {
  readonly between: readonly [string, string];
  readonly agreement: Agreement;
}

/** Ratings of one benchmark from responses, with what they rest on. */
export interface BenchmarkFromRuns {
  readonly set: RatingSet;
  readonly matrix: ResponseMatrix;
  readonly plan: ResponseRating;
  readonly complete: boolean;
  readonly agreement: readonly ComparedViews[];
  /** Undefined where a single taker answered. */
  readonly leftOut: readonly LeftOutShares[] | undefined;
  /** Absolute paths. */
  readonly files: readonly string[];
}

/**
 * Rates problems by which checkpoints of the named runs answered them right; with `--out`, writes ratings and the responses
 * that they rest on into a folder for each benchmark.
 *
 * @throws {SynthrlError} `USAGE`, `RUN_NOT_FOUND`, `GRADES_NOT_FOUND`, `RUN_CONFLICT`, …
 */
export async function rateFromRuns(settings: RateFromRunsSettings, terminal: Terminal): Promise<number> {
  if ((settings['from-runs'] ?? []).length === 0) {
    throw new SynthrlError('USAGE', 'Ratings from responses need --from-runs <run>; several runs may be named.');
  }
  const gathered = await gatherRuns(settings);
  const rated: BenchmarkFromRuns[] = [];
  for (const benchmark of gathered.benchmarks) {
    const one = await rateBenchmark(benchmark, settings, terminal);
    rated.push(
      settings.out === undefined ? one : { ...one, files: save(join(resolve(settings.out), benchmark.name), one) },
    );
  }
  showResponseRatings({ gathered, rated, json: settings.json, terminal });
  return 0;
}

async function rateBenchmark(
  { name, answers, loaded, problems }: GatheredBenchmark,
  settings: RateFromRunsSettings,
  terminal: Terminal,
): Promise<BenchmarkFromRuns> {
  const { matrix, notes } = gatherResponses(name, answers);
  if (matrix.items.length === 0) {
    throw new SynthrlError(
      'GRADES_NOT_FOUND',
      `No answer on ${name} is settled: nothing tells how hard its problems are.`,
      {
        hint: 'Responses that failed or that no grader could decide do not count. Evaluate or grade the runs again.',
      },
    );
  }
  const plan = ratingPlan(matrix, settings.method as ResponseMethod | undefined);
  const set = rateResponses(matrix, plan);
  // Each of many takers left out is a fit of its own.
  if (matrix.takers.length >= 30) terminal.note(`${name}: leaving out each of ${matrix.takers.length} in turn …`);
  const others = await findRatings(loaded, settings);
  const views = [
    { name: `responses (${set.method})`, set },
    ...(others === undefined ? [] : [{ name: `ratings (${others.source})`, set: others.set }]),
  ];
  const [own, other] = views;
  const agreement: ComparedViews[] = [];
  if (own && other) {
    agreement.push({ between: [own.name, other.name], agreement: ratingAgreement(own.set, other.set) });
  }
  for (const levels of publishedLevels(problems)) {
    for (const view of views) {
      agreement.push({ between: [view.name, levels.facet], agreement: levelAgreement(view.set, levels) });
    }
  }
  return {
    set: { ...set, notes: [...set.notes, ...notes, ...cautions(matrix)] },
    matrix,
    plan,
    complete: isComplete(matrix),
    agreement,
    leftOut: matrix.takers.length < 2 ? undefined : leaveEachOut(matrix, plan),
    files: [],
  };
}

/** What those who answered do not tell. */
function cautions({ takers }: ResponseMatrix): string[] {
  const [only, second] = takers;
  if (only !== undefined && second === undefined) {
    return [`Only ${only.name} answered: it cannot be left out, so that it must not be scored on these buckets.`];
  }
  const runs = takers.map(({ checkpoints }) => checkpoints[0]?.run);
  const most = Math.max(...runs.map((run) => runs.filter((one) => one === run).length));
  if (most < 2) return [];
  return [
    `${most} of the ${takers.length} who answered are of one run. Checkpoints of one training answer alike: they are not independent takers, and the standard errors are then too small.`,
  ];
}

function save(folder: string, { set, matrix, plan }: BenchmarkFromRuns): string[] {
  const files = saveRatings(folder, set);
  const path = join(folder, 'responses.json');
  writeWholeFile(path, responsesToJson({ matrix, plan }));
  return [...files, path];
}
