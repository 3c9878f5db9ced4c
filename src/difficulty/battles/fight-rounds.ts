import { canonicalJson, sha256 } from '../../core/canonical-json.ts';
import type { Battle } from '../ratings/battle-table.ts';
import type { BattleAsker } from './ask-battle.ts';
import type { BattleJournal, BattleOutcome, BattleRecord } from './battle-journal.ts';
import type { Contestant } from './contestants.ts';
import type { Design } from './pairing/design.ts';
import type { Pair } from './pairing/pair-book.ts';
import type { RoundsFile } from './rounds-file.ts';

/** Who judges, as battles bear it. */
export type BattleJudge = Pick<BattleRecord, 'judge' | 'server' | 'version' | 'simulated' | 'prompt'>;

/** A battle of the design, with what came of it; undefined where it was not asked yet. */
export interface DrawnBattle {
  readonly round: number;
  readonly one: string;
  readonly other: string;
  readonly oneFirst: boolean;
  readonly key: string;
  readonly repetition: number;
}

export interface FightOptions {
  readonly contestants: readonly Contestant[];
  readonly design: Design;
  readonly journal: BattleJournal;
  readonly rounds: RoundsFile;
  readonly asker: BattleAsker;
  readonly judge: BattleJudge;
  readonly session: string;
  /** Called as each battle ends. */
  readonly onBattle: (outcome: BattleOutcome) => void;
}

/** The key under which a battle's judgement is kept: by content, so that ids and other settings do not matter. */
export function battleKey(
  first: string,
  second: string,
  repetition: number,
  judge: Omit<BattleJudge, 'server' | 'version'>,
): string {
  return sha256(canonicalJson([first, second, repetition, judge.judge, judge.simulated, judge.prompt]));
}

/** Rounds that were drawn already, entered into the design. */
export async function drawnBefore(options: Pick<FightOptions, 'contestants' | 'design' | 'rounds' | 'judge'>) {
  const drawn: DrawnBattle[] = [];
  for (const pairs of await options.rounds.read()) {
    drawn.push(...named(options, options.design.drawn, options.design.enter(pairs)));
  }
  return drawn;
}

/**
 * Fights the rounds of a design, asking only what was never answered. Rounds that depend on earlier ones wait for them;
 * others are asked together.
 *
 * @param drawn - rounds drawn before; new ones are added
 * @throws {SynthrlError} `DISK_FULL` or `WRITE_FAILED`
 */
export async function fightRounds(options: FightOptions, drawn: DrawnBattle[]): Promise<void> {
  const { design, rounds, journal } = options;
  for (;;) {
    while (design.drawn < design.rounds && !design.isNextAdaptive) drawRound([]);
    if (!(await askMissing(options, drawn)) || design.drawn >= design.rounds) return;
    drawRound(battlesOf(drawn, journal));
  }

  function drawRound(battles: readonly Battle[]): void {
    const round = design.drawn;
    const pairs = design.next(battles);
    rounds.append(round, pairs);
    drawn.push(...named(options, round, pairs));
  }
}

/** Battles with a verdict, the one shown first named first. */
export function battlesOf(drawn: readonly DrawnBattle[], journal: Pick<BattleJournal, 'find'>): Battle[] {
  return drawn.flatMap(({ key, one, other, oneFirst }) => {
    const outcome = journal.find(key)?.outcome;
    if (outcome === undefined || outcome === 'invalid' || outcome === 'failed') return [];
    return [{ first: oneFirst ? one : other, second: oneFirst ? other : one, winner: outcome }];
  });
}

/** Battles that were never answered, each content once. */
export function missingBattles(drawn: readonly DrawnBattle[], journal: Pick<BattleJournal, 'find'>): DrawnBattle[] {
  const missing = new Map<string, DrawnBattle>();
  for (const battle of drawn) {
    const known = journal.find(battle.key);
    if ((known === undefined || known.outcome === 'failed') && !missing.has(battle.key))
      missing.set(battle.key, battle);
  }
  return [...missing.values()];
}

function named(
  { contestants, judge }: Pick<FightOptions, 'contestants' | 'judge'>,
  round: number,
  pairs: readonly Pair[],
): DrawnBattle[] {
  return pairs.map(({ one, other, oneFirst, repetition }) => {
    const [drawing, drawn] = [contestants[one] as Contestant, contestants[other] as Contestant];
    const [first, second] = oneFirst ? [drawing, drawn] : [drawn, drawing];
    const key = battleKey(first.content, second.content, repetition, judge);
    return { round, one: drawing.id, other: drawn.id, oneFirst, key, repetition };
  });
}

/** @returns whether all were asked to the end */
async function askMissing(options: FightOptions, drawn: readonly DrawnBattle[]): Promise<boolean> {
  const { asker, journal, judge, session } = options;
  const byId = new Map(options.contestants.map((contestant) => [contestant.id, contestant]));
  const missing = missingBattles(drawn, journal);
  let next = 0;
  let isWhole = true;
  const worker = async () => {
    for (let battle = missing[next++]; battle !== undefined && isWhole; battle = missing[next++]) {
      const { key, round, one, other, oneFirst, repetition } = battle;
      const [first, second] = oneFirst ? [one, other] : [other, one];
      const asked = await asker.ask(byId.get(first) as Contestant, byId.get(second) as Contestant, repetition);
      if (asked === undefined) {
        isWhole = false;
        return;
      }
      const at = new Date().toISOString();
      journal.append({ key, round, one, other, first, ...asked, ...judge, session, at });
      options.onBattle(asked.outcome);
    }
  };
  try {
    await Promise.all(Array.from({ length: Math.min(asker.client.endpoint.window, missing.length) }, worker));
  } catch (error) {
    isWhole = false;
    throw error;
  }
  return isWhole;
}
