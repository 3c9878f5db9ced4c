import type { BattleJournal } from '../difficulty/battles/battle-journal.ts';
import { battlesOf, type DrawnBattle } from '../difficulty/battles/fight-rounds.ts';
import { ratingNotes } from '../difficulty/describe-ratings.ts';
import { publishedCuts } from '../difficulty/ratings/bucket.ts';
import { rateBattles } from '../difficulty/ratings/rate-battles.ts';
import type { RatingSet } from '../difficulty/ratings/rating-set.ts';
import type { PatientClient } from '../inference/patient-client.ts';
import { countOf } from '../reports/percent.ts';
import { printableText } from '../reports/printable-text.ts';
import type { Settings } from './options.ts';
import type { BattlePlan } from './plan-battles.ts';
import { saveRatings, showRatings } from './save-ratings.ts';
import type { Terminal } from './terminal.ts';

/** How ratings are fitted to battles. */
export type FittingSettings = Settings<'bootstrap' | 'ties' | 'prior' | 'seed' | 'json'>;

/** What came of battles. */
interface FoughtBattles {
  readonly plan: BattlePlan;
  readonly drawn: readonly DrawnBattle[];
  readonly journal: BattleJournal;
  readonly client: PatientClient;
  /** Battles that are left to ask. */
  readonly missing: number;
  readonly settings: FittingSettings;
  readonly terminal: Terminal;
}

/**
 * Fits ratings to what a judge said, and writes and shows them.
 *
 * @returns the exit status: 0, or 3 where battles are left to ask
 */
export function rateJudgedBattles(fought: FoughtBattles): number {
  const { plan, drawn, journal, client, missing, settings, terminal } = fought;
  const battles = battlesOf(drawn, journal);
  const calls = { calls: client.calls, missing, invalid: invalidCount(fought), complete: missing === 0 };
  if (battles.length > 0) {
    const rated = rateBattles(battles, {
      prior: settings.prior,
      ties: settings.ties === 'davidson' ? 'davidson' : 'half',
      position: true,
      bootstrap: settings.bootstrap,
      seed: String(settings.seed),
    });
    const { benchmark, design, opponents, judge } = plan.record;
    const set: RatingSet = {
      benchmark,
      method: 'battles',
      design: `${design}, ${countOf(opponents, 'opponent')}`,
      judge: judge.model + (judge.simulated ? ' (simulated)' : ''),
      prior: settings.prior,
      cuts: publishedCuts,
      ratings: rated.ratings,
      notes: [...notesOf(fought), ...ratingNotes(rated)],
    };
    const files = saveRatings(plan.folder, set, { battles, problems: plan.loaded.problems });
    showRatings({ set, rated, files, json: settings.json, terminal, more: calls });
  } else if (settings.json) terminal.print(JSON.stringify({ ...calls, ratings: [] }));
  if (missing === 0) return 0;
  terminal.note(
    `INCOMPLETE: ${countOf(missing, 'battle')} left to ask${whyStopped(fought)}. The same command goes on.`,
  );
  return 3;
}

function whyStopped({ client }: FoughtBattles): string {
  if (client.isSpent) return `, and the budget of ${countOf(client.calls, 'request')} is spent`;
  return client.gone === undefined || client.gone === 'it was stopped'
    ? ''
    : `: the judge cannot be asked (${printableText(client.gone.replace(/\.$/, ''))})`;
}

function invalidCount({ drawn, journal }: FoughtBattles): number {
  return drawn.filter(({ key }) => journal.find(key)?.outcome === 'invalid').length;
}

function notesOf(fought: FoughtBattles): string[] {
  const { plan, drawn, journal, missing } = fought;
  const notes: string[] = [];
  const { judge, design } = plan.record;
  if (judge.simulated) notes.push('The judge is SIMULATED: these ratings say nothing about the problems.');
  const invalid = invalidCount(fought);
  if (invalid > 0) {
    const share = ((100 * invalid) / drawn.length).toFixed(1);
    notes.push(
      `${invalid} battles (${share} %) brought no readable verdict and are left out; none of them counts as a tie.`,
    );
  }
  const failed = drawn.filter(({ key }) => journal.find(key)?.outcome === 'failed').length;
  if (failed > 0) notes.push(`${failed} battles could not be judged and are left out.`);
  if (missing > 0) notes.push(`${missing} battles of the design are not fought yet: the ratings are preliminary.`);
  if (design === 'swiss' || design === 'cuts') {
    notes.push(
      'Problems of similar rating were paired, which stretches the scale: compare buckets within this design only.',
    );
  }
  return notes;
}
