import { mkdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Problem } from '../core/problem.ts';
import { writeError, writeWholeFile } from '../core/write-file.ts';
import { ratingFacts } from '../difficulty/describe-ratings.ts';
import { battlesToCsv } from '../difficulty/files/battles-csv.ts';
import { ratingSetToJson } from '../difficulty/files/rating-set-json.ts';
import { ratingsToCsv } from '../difficulty/files/ratings-csv.ts';
import { samplesWithRatings } from '../difficulty/files/samples-with-ratings.ts';
import type { Battle } from '../difficulty/ratings/battle-table.ts';
import type { RatedBattles } from '../difficulty/ratings/rate-battles.ts';
import type { RatingSet } from '../difficulty/ratings/rating-set.ts';
import type { Terminal } from './terminal.ts';

/**
 * Writes a rating set into a folder: ratings.csv and ratings.json; with their battles battles.csv; with the problems
 * also the original's samples_with_ratings.json.
 *
 * @returns absolute paths of the files
 */
export function saveRatings(
  folder: string,
  set: RatingSet,
  beside: { battles?: readonly Battle[]; problems?: readonly Problem[] } = {},
): string[] {
  const byId = new Map(set.ratings.map((rating) => [rating.id, rating]));
  const files: [string, string][] = [
    ['ratings.csv', ratingsToCsv(set.ratings)],
    ['ratings.json', ratingSetToJson(set)],
  ];
  if (beside.battles) files.push(['battles.csv', battlesToCsv(beside.battles)]);
  if (beside.problems) files.push(['samples_with_ratings.json', samplesWithRatings(beside.problems, byId)]);
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw writeError(error, folder);
  }
  return files.map(([name, content]) => {
    const path = join(folder, name);
    writeWholeFile(path, content);
    return path;
  });
}

/** Prints what ratings from battles amount to, in words or as one JSON object. */
export function showRatings(options: {
  readonly set: RatingSet;
  readonly rated: RatedBattles;
  readonly files: readonly string[];
  readonly json: boolean;
  readonly terminal: Terminal;
  /** Further members of the JSON object. */
  readonly more?: Readonly<Record<string, unknown>>;
}): void {
  const { set, rated, terminal } = options;
  const facts = ratingFacts(set.ratings, set.cuts);
  if (options.json) {
    const { benchmark, method, design, judge, prior, cuts, notes } = set;
    const { battles, ties, components, position, tieParameter } = rated;
    const fitted = { battles, ties, components, position, tie_parameter: tieParameter };
    const { medianSe, ...others } = facts;
    const summary = { benchmark, method, design, judge, prior, cuts, ...others, median_se: medianSe, ...fitted, notes };
    terminal.print(
      JSON.stringify({
        ...summary,
        files: options.files,
        ...options.more,
        ratings: set.ratings.map(jsonRating(rated)),
      }),
    );
    return;
  }
  const { easy, medium, hard } = facts.buckets;
  terminal.print(
    [
      `${facts.problems} problems rated from ${rated.battles} battles (${rated.ties} ties)`,
      `spread ${facts.spread.toFixed(0)} Elo, median standard error ${facts.medianSe.toFixed(0)}`,
      `${easy} easy, ${medium} medium, ${hard} hard (cuts ${set.cuts.easy} and ${set.cuts.hard}); ${facts.unsure} could be in another bucket`,
      ...(rated.position
        ? [`position: first-shown ${signed(rated.position.advantage)} ± ${rated.position.se.toFixed(2)} log-odds`]
        : []),
      ...options.files.map((file) => `wrote ${relative(process.cwd(), file)}`),
    ].join('\n'),
  );
  for (const note of set.notes) terminal.note(note);
}

function signed(value: number): string {
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(2)}`;
}

function jsonRating(rated: RatedBattles) {
  return ({
    id,
    rating,
    rank,
    lowerCi,
    upperCi,
    se,
    battles,
    pEasy,
    pMedium,
    pHard,
    component,
  }: RatingSet['ratings'][number]) => ({
    id,
    rating,
    rank,
    lower_ci: lowerCi,
    upper_ci: upperCi,
    se,
    se_sandwich: rated.sandwich.get(id),
    battles,
    p_easy: pEasy,
    p_medium: pMedium,
    p_hard: pHard,
    component,
  });
}
