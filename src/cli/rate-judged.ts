import { join } from 'node:path';
import { SynthrlError } from '../core/errors.ts';
import { JsonLinesWriter } from '../core/json-lines.ts';
import { acquireRunLock } from '../core/run-lock.ts';
import { newSessionId, sessionBase } from '../core/session.ts';
import { BattleAsker } from '../difficulty/battles/ask-battle.ts';
import { writeDesignRecord } from '../difficulty/battles/design-record.ts';
import { fightRounds } from '../difficulty/battles/fight-rounds.ts';
import { PatientClient } from '../inference/patient-client.ts';
import type { battleOptions } from './battle-options.ts';
import { BattleProgress, forecastText } from './battle-progress.ts';
import { findJudge, type JudgeEndpoint } from './find-judge.ts';
import { listenForInterrupt } from './interrupt.ts';
import { loadSelections } from './load-question.ts';
import { battlesLeft, type OpenBattles, openBattles } from './open-battles.ts';
import type { Settings } from './options.ts';
import { type BattlePlan, planBattles } from './plan-battles.ts';
import { programRecord } from './program-record.ts';
import { type FittingSettings, rateJudgedBattles } from './rate-judged-battles.ts';
import type { Terminal } from './terminal.ts';

export type JudgedSettings = Settings<(typeof battleOptions)[number] | 'data-root' | 'data' | 'out'> & FittingSettings;

/**
 * Has a judge model say which of two problems is harder, for as many pairs as the design wants, and rates the problems by
 * that. What was judged before is not asked again.
 *
 * @param selection - one benchmark, as `--benchmarks` takes it
 * @returns the exit status: 0, or 3 where battles are left to ask
 * @throws {SynthrlError} `USAGE`, `BATTLES_CONFLICT`, `RUN_LOCKED`, `INTERRUPTED`, and what finding data and judge throws
 */
export async function rateJudged(selection: string, settings: JudgedSettings, terminal: Terminal): Promise<number> {
  const note = (sentence: string) => terminal.note(sentence);
  const isUnnamed = settings['dry-run'] && settings['judge-server'] === undefined;
  const judge = isUnnamed
    ? anyJudge(settings)
    : await findJudge(settings, { judgeMayBeAway: settings['dry-run'], note });
  const data = { requireImages: true, cacheRoot: settings['cache-root'], note };
  const [loaded, second] = await loadSelections(selection, settings, data);
  if (loaded === undefined || second !== undefined) {
    throw new SynthrlError('USAGE', `Expected one benchmark to rate, got \`${selection}\`.`);
  }
  const plan = await planBattles(loaded, settings, judge, note);
  if (settings['dry-run']) return forecastOnly(plan, settings, terminal);
  const lock = acquireRunLock(join(plan.folder, 'lock'));
  try {
    return await fightLocked(plan, settings, terminal);
  } finally {
    lock.release();
  }
}

/** Stands for a judge in a forecast that needs none. */
function anyJudge(settings: JudgedSettings): JudgeEndpoint {
  const { 'judge-model': model = 'judge', 'judge-connections': window } = settings;
  const endpoint = { label: 'judge', baseUrl: '', model, window, images: 'base64', dialect: 'openai' } as const;
  return { endpoint, software: undefined };
}

async function forecastOnly(plan: BattlePlan, settings: JudgedSettings, terminal: Terminal): Promise<number> {
  const { forecast } = await openBattles(plan, settings);
  terminal.note(forecastText(forecast, plan.judge.endpoint.window));
  if (!settings.json) return 0;
  const { calls, promptTokens, completionTokens, seconds, cost } = forecast;
  const tokens = { prompt_tokens: promptTokens, completion_tokens: completionTokens };
  const { folder, record } = plan;
  terminal.print(JSON.stringify({ dry_run: true, folder, problems: record.problems, calls, ...tokens, seconds, cost }));
  return 0;
}

async function fightLocked(plan: BattlePlan, settings: JudgedSettings, terminal: Terminal): Promise<number> {
  const opened = await openBattles(plan, settings);
  const { known, journal, drawn, forecast } = opened;
  const { folder, record } = plan;
  if (forecast.calls > 0) terminal.note(forecastText(forecast, plan.judge.endpoint.window));
  if (known === undefined || known.opponents < record.opponents) {
    writeDesignRecord(join(folder, 'battles.json'), { ...record, created: known?.created ?? record.created });
  }
  const now = new Date();
  const session = newSessionId(now);
  const client = new PatientClient({
    endpoint: plan.judge.endpoint,
    deadlineMs: settings['judge-timeout'] * 1000,
    mostCalls: settings['max-calls'],
    onFirstCall: () => appendSession(plan, settings, session, now),
  });
  await fight(plan, opened, { client, session, terminal });
  const missing = battlesLeft(plan, drawn, journal);
  return rateJudgedBattles({ plan, drawn, journal, client, missing, settings, terminal });
}

/** @throws {SynthrlError} `INTERRUPTED` after Ctrl-C, with all that was judged kept */
async function fight(
  plan: BattlePlan,
  { journal, rounds, judge, drawn, forecast }: OpenBattles,
  { client, session, terminal }: { client: PatientClient; session: string; terminal: Terminal },
): Promise<void> {
  const progress = new BattleProgress(terminal, forecast.calls);
  const stopping = 'Stopping: no more battles are asked; those that ended are kept.';
  const interrupt = listenForInterrupt((sentence) => terminal.note(sentence), stopping);
  interrupt.signal.addEventListener('abort', () => void client.close(), { once: true });
  try {
    const { contestants, design } = plan;
    const asker = new BattleAsker(client);
    const onBattle = progress.add.bind(progress);
    await fightRounds({ contestants, design, journal, rounds, asker, judge, session, onBattle }, drawn);
  } finally {
    progress.end();
    interrupt.end();
    await client.close();
    journal.close();
  }
  if (!interrupt.signal.aborted) return;
  throw new SynthrlError('INTERRUPTED', 'Stopped. Every battle that had ended is kept.', {
    hint: 'Run the same command again: it asks only for what is missing.',
  });
}

function appendSession({ folder, judge, loaded }: BattlePlan, settings: JudgedSettings, id: string, now: Date): void {
  const writer = new JsonLinesWriter(join(folder, 'sessions.jsonl'));
  const { baseUrl: server, model } = judge.endpoint;
  const data = { [loaded.benchmark.name]: loaded.dataPath };
  writer.append({
    ...sessionBase('rate', id, now),
    ...programRecord(),
    settings,
    data,
    judge: { server, model, ...judge.software },
  });
  writer.close();
}
