import type { Failure } from '../../inference/failure.ts';
import { printable } from '../../inference/failure.ts';
import type { PatientAnswer, PatientClient } from '../../inference/patient-client.ts';
import type { PromptPart } from '../../inference/prompt.ts';
import type { Asked } from '../../inference/request-body.ts';
import type { BattleRecord } from './battle-journal.ts';
import { battleParts, battleReplySchema } from './battle-prompt.ts';
import type { Contestant } from './contestants.ts';
import { readBattleReply } from './read-battle-reply.ts';

/** How often a battle is put until the reply holds a verdict. */
const mostAttempts = 2;

/** Temperature of a question that is put again, since a greedy reply would come again. */
const againTemperature = 0.6;

/** Room for a verdict and for the thinking that some models do before it. */
const maxTokens = 2048;

const mostKeptReply = 1000;

/** What the judge made of a battle. */
export type AskedBattle = Pick<
  BattleRecord,
  'outcome' | 'reply' | 'attempts' | 'error' | 'latencyMs' | 'promptTokens' | 'completionTokens'
>;

/** Puts battles to one judge. A server that does not take the reply's schema is asked without. */
export class BattleAsker {
  readonly client: PatientClient;
  /** Settled by the first question, on which the others wait: refusals of many at a time would pass for a server that is gone. */
  #takesSchema: Promise<boolean> | undefined;

  constructor(client: PatientClient) {
    this.client = client;
  }

  /**
   * Asks which of two problems is harder, in the order given; once more where the reply holds no verdict.
   *
   * @param repetition - 0-based; a question that was put before is put with another seed
   * @returns undefined where the judge was not asked to the end, because it is stopped, gone, or its calls are spent
   */
  async ask(first: Contestant, second: Contestant, repetition: number): Promise<AskedBattle | undefined> {
    const asked = { attempts: 0, latencyMs: 0, promptTokens: 0, completionTokens: 0, reply: '' };
    const unshowable = first.unshowable ?? second.unshowable;
    if (unshowable !== undefined) {
      const message = printable(unshowable.message, undefined);
      return { ...asked, outcome: 'failed', error: { code: unshowable.code, message } };
    }
    const parts = battleParts(first, second);
    while (asked.attempts < mostAttempts) {
      const result = await this.#ask(parts, mostAttempts * repetition + asked.attempts);
      if (result === undefined) return undefined;
      asked.attempts += 1;
      if (!('text' in result)) {
        const message = printable(result.message, this.client.endpoint.apiKey);
        return { ...asked, outcome: 'failed', error: { code: result.code, message } };
      }
      asked.latencyMs += result.latencyMs;
      asked.promptTokens += result.usage?.promptTokens ?? 0;
      asked.completionTokens += result.usage?.completionTokens ?? 0;
      asked.reply = result.text.slice(-mostKeptReply);
      const outcome = readBattleReply(result.text);
      if (outcome !== undefined) return { ...asked, outcome };
    }
    return { ...asked, outcome: 'invalid' };
  }

  async #ask(parts: readonly PromptPart[], sample: number): Promise<PatientAnswer | Failure | undefined> {
    const question = questionOf(parts, sample);
    if (this.#takesSchema !== undefined && !(await this.#takesSchema)) return this.client.ask(question);
    const asking = this.client.ask({ ...question, replySchema: battleReplySchema });
    this.#takesSchema ??= asking.then(
      (result) => !refusesSchema(result),
      () => true,
    );
    const result = await asking;
    if (!refusesSchema(result)) return result;
    this.#takesSchema = Promise.resolve(false);
    return this.client.ask(question);
  }
}

function questionOf(parts: readonly PromptPart[], sample: number): Asked {
  const sampling = {
    temperature: sample === 0 ? 0 : againTemperature,
    topP: 1,
    repetitionPenalty: 1,
    maxTokens,
    maxModelLen: Number.MAX_SAFE_INTEGER,
    seed: 0,
  };
  return { parts, sampling, sample };
}

function refusesSchema(result: PatientAnswer | Failure | undefined): boolean {
  if (result === undefined || 'text' in result) return false;
  const { httpStatus, message } = result;
  const isRefusal = httpStatus === 400 || httpStatus === 422 || httpStatus === 501;
  return isRefusal && /response_format|json_schema|schema|guided|structured|grammar/i.test(message);
}
