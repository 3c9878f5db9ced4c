import { join } from 'node:path';
import { BattleJournal } from '../difficulty/battles/battle-journal.ts';
import { checkDesign, type DesignRecord, readDesignRecord } from '../difficulty/battles/design-record.ts';
import { type BattleJudge, type DrawnBattle, drawnBefore, missingBattles } from '../difficulty/battles/fight-rounds.ts';
import { type Forecast, forecastBattles } from '../difficulty/battles/forecast.ts';
import { RoundsFile } from '../difficulty/battles/rounds-file.ts';
import type { Settings } from './options.ts';
import type { BattlePlan } from './plan-battles.ts';

/** The battles of a folder. */
export interface OpenBattles {
  /** What the folder's battles are of; undefined where there are none. */
  readonly known: DesignRecord | undefined;
  readonly journal: BattleJournal;
  readonly rounds: RoundsFile;
  readonly judge: BattleJudge;
  /** Battles of the rounds that are drawn. */
  readonly drawn: DrawnBattle[];
  /** What the battles that are left will take. */
  readonly forecast: Forecast;
}

/**
 * Reads what is there of the planned battles; writes nothing.
 *
 * @throws {SynthrlError} `BATTLES_CONFLICT` where other battles are there, `RECORD_INVALID`
 */
export async function openBattles(
  plan: BattlePlan,
  settings: Settings<'max-calls' | 'price-input' | 'price-output'>,
): Promise<OpenBattles> {
  const { folder, record, contestants, design } = plan;
  const { endpoint, software } = plan.judge;
  const path = join(folder, 'battles.json');
  const known = readDesignRecord(path);
  // A judge that cannot be reached, and is only asked about for a forecast, is taken to be what it was.
  const identity = software === undefined && known !== undefined ? known.judge : record.judge;
  if (known !== undefined) checkDesign(path, known, { ...record, judge: identity });
  const version = software === undefined ? {} : { version: software.version };
  const { model, simulated } = identity;
  const judge = { judge: model, server: endpoint.baseUrl, ...version, simulated, prompt: record.prompt };
  const journal = await BattleJournal.open(join(folder, 'battles.jsonl'));
  const ids = contestants.map(({ id }) => id);
  const rounds = new RoundsFile(join(folder, 'rounds.jsonl'), ids);
  const drawn = await drawnBefore({ contestants, design, rounds, judge });
  const calls = battlesLeft(plan, drawn, journal);
  const forecast = forecastBattles({
    calls: Math.min(calls, settings['max-calls'] ?? calls),
    window: endpoint.window,
    tokens: contestants.map(({ tokens }) => tokens),
    known: journal.battles(),
    prices: { input: settings['price-input'], output: settings['price-output'] },
  });
  return { known, journal, rounds, judge, drawn, forecast };
}

/** Battles that are left to ask, with those of rounds that are not drawn yet. */
export function battlesLeft(
  { design, contestants }: BattlePlan,
  drawn: readonly DrawnBattle[],
  journal: BattleJournal,
): number {
  return missingBattles(drawn, journal).length + Math.max(0, design.rounds - design.drawn) * contestants.length;
}
