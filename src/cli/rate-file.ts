import { resolve } from 'node:path';
import { SynthrlError } from '../core/errors.ts';
import type { Problem } from '../core/problem.ts';
import { ratingNotes } from '../difficulty/describe-ratings.ts';
import { readBattlesCsv } from '../difficulty/files/battles-csv.ts';
import type { Battle } from '../difficulty/ratings/battle-table.ts';
import { publishedCuts } from '../difficulty/ratings/bucket.ts';
import { defaultPrior } from '../difficulty/ratings/fit-strengths.ts';
import { rateBattles } from '../difficulty/ratings/rate-battles.ts';
import { ratingKeyOf } from '../problems/ratings/rating-key.ts';
import { loadSelections } from './load-question.ts';
import type { Settings } from './options.ts';
import { saveRatings, showRatings } from './save-ratings.ts';
import type { Terminal } from './terminal.ts';

type RateFileSettings = Settings<
  'data-root' | 'data' | 'battles' | 'out' | 'bootstrap' | 'ties' | 'prior' | 'seed' | 'json'
>;

/**
 * Rates the problems that a file of battles names. With a benchmark its problems are tied to them, and what does not fit is
 * said.
 *
 * @throws {SynthrlError} `USAGE`, `BATTLES_INVALID`, …
 */
export async function rateFile(
  benchmark: string | undefined,
  settings: RateFileSettings,
  terminal: Terminal,
): Promise<number> {
  if (settings.battles === undefined || settings.out === undefined) {
    throw new SynthrlError('USAGE', 'Ratings from a file need --battles <file.csv> and --out <folder>.');
  }
  const read = await readBattlesCsv(resolve(settings.battles));
  const [loaded, second] =
    benchmark === undefined ? [] : await loadSelections(benchmark, settings, { requireImages: false });
  if (second !== undefined) throw new SynthrlError('USAGE', `Expected one benchmark to rate, got \`${benchmark}\`.`);
  const tied = loaded
    ? tieToProblems(read.battles, loaded.problems, loaded.benchmark.name)
    : { battles: read.battles, notes: [] };
  const rated = rateBattles(tied.battles, {
    prior: settings.prior,
    ties: settings.ties === 'davidson' ? 'davidson' : 'half',
    bootstrap: settings.bootstrap,
    seed: String(settings.seed),
  });
  const repeats =
    read.repeated === 0 ? [] : [`${read.repeated} rows say what an earlier row says; each counts as a battle.`];
  const set = {
    benchmark: loaded?.benchmark.name,
    method: 'battles',
    design: undefined,
    judge: undefined,
    prior: settings.prior ?? defaultPrior,
    cuts: publishedCuts,
    ratings: rated.ratings,
    notes: [...repeats, ...tied.notes, ...ratingNotes(rated)],
  } as const;
  const files = saveRatings(resolve(settings.out), set, loaded ? { problems: loaded.problems } : {});
  showRatings({ set, rated, files, json: settings.json, terminal });
  return 0;
}

/** Leaves out battles of problems that the benchmark does not have, and says how many, and which of its own have none. */
function tieToProblems(
  battles: readonly Battle[],
  problems: readonly Problem[],
  name: string,
): { battles: readonly Battle[]; notes: string[] } {
  const keys = new Set(problems.map(ratingKeyOf));
  const unknown = new Set(battles.flatMap(({ first, second }) => [first, second]).filter((id) => !keys.has(id)));
  const known = battles.filter(({ first, second }) => keys.has(first) && keys.has(second));
  const named = [...unknown].slice(0, 5).join(', ');
  if (known.length === 0) {
    throw new SynthrlError(
      'BATTLES_INVALID',
      `None of the battles is between problems of ${name} (their ids: ${named}).`,
      {
        hint: 'Name the benchmark that they are of, or leave the name out to rate what the file names.',
      },
    );
  }
  const notes: string[] = [];
  if (unknown.size > 0) {
    notes.push(
      `${unknown.size} ids are of no problem of ${name} (${named}); ${battles.length - known.length} battles with them are left out.`,
    );
  }
  const fought = new Set(known.flatMap(({ first, second }) => [first, second]));
  const idle = [...keys].filter((key) => !fought.has(key)).length;
  if (idle > 0) notes.push(`${idle} problems of ${name} fought no battle and have no rating.`);
  return { battles: known, notes };
}
