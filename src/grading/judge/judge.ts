import { canonicalJson, sha256 } from '../../core/canonical-json.ts';
import type { Problem } from '../../core/problem.ts';
import type { JudgeRecord } from '../../core/session.ts';
import type { JudgeCost } from '../../core/summary.ts';
import { newNonce, visible } from '../../inference/fence.ts';
import { type Graded, judgeFailedRule } from '../grader.ts';
import { findInResponse } from './find-in-response.ts';
import type { JudgeClient, JudgeQuestion } from './judge-client.ts';
import {
  extractPrompt,
  extractReply,
  extractSchema,
  goldOf,
  mostAnswerCharacters,
  promptHash,
  questionBlocks,
  scorePrompt,
  scoreReply,
  scoreSchema,
  tailCharacters,
} from './judge-prompts.ts';
import type { Judgement, JudgementStore } from './judgement-store.ts';
import { readJsonReply } from './read-json-reply.ts';

/** How often one question is put until the reply has the form asked for. */
const rounds = 3;

const mostKeptReply = 1000;

type Extracted = NonNullable<Graded['extracted']>;
type Outcome = Pick<Judgement, 'outcome' | 'answer'>;

/** What a judge's server says that it is. */
export interface JudgeSoftware {
  readonly version: string;
  readonly simulated: boolean;
}

/** The members of a judge's record that say what its server is; none where it could not be asked. */
export function softwareOf(software: JudgeSoftware | undefined): Pick<JudgeRecord, 'version' | 'simulated'> {
  if (software === undefined) return {};
  const { version, simulated } = software;
  return simulated ? { version, simulated } : { version };
}

/** Fields of a judgement that its step alone knows. */
interface Step {
  readonly step: Judgement['step'];
  readonly problem: Problem;
  /** Everything that the judge is shown, without the nonce. */
  readonly shown: readonly unknown[];
  readonly about: Pick<Judgement, 'gold' | 'answer'>;
  readonly prompt: (nonce: string) => string;
  readonly replySchema: JudgeQuestion['replySchema'];
  /** Reads a reply; undefined where it is unusable. */
  readonly read: (text: string, nonce: string) => Outcome | undefined;
}

/**
 * A model that grades: it copies the final answer out of a response, then says whether that means the same as the gold
 * answer. It never sees the response and the gold together. What it was not brought to say in the form asked for stays
 * undecided; so does what it could not be asked.
 */
export class Judge {
  readonly record: JudgeRecord;
  readonly #client: JudgeClient;
  readonly #store: JudgementStore;
  readonly #session: string;
  readonly #cost = { promptTokens: 0, completionTokens: 0, cacheHits: 0, unusable: 0, failed: 0 };

  /**
   * @param options.store - judgements of the run; the judge closes it
   * @param options.session - id that new judgements bear
   * @param options.software - what the server says that it is
   */
  constructor(options: {
    client: JudgeClient;
    store: JudgementStore;
    session: string;
    software?: JudgeSoftware | undefined;
  }) {
    const { baseUrl, model } = options.client.endpoint;
    this.#client = options.client;
    this.#store = options.store;
    this.#session = options.session;
    this.record = { server: baseUrl, model, ...softwareOf(options.software), prompt: promptHash };
  }

  /** Name and version, e.g. `judge/1 qwen2.5-72b`. */
  get version(): string {
    return `judge/1 ${this.record.model}`;
  }

  get cost(): JudgeCost {
    const { server, model, simulated } = this.record;
    const identity = simulated ? { server, model, simulated } : { server, model };
    return { ...identity, calls: this.#client.calls, ...this.#cost };
  }

  /** Why the judge is asked no more; undefined while it is. */
  get gone(): string | undefined {
    return this.#client.gone;
  }

  /** Extracts, then scores. */
  async judge(problem: Problem, text: string): Promise<Graded> {
    if (text.trim() === '') return { verdict: 'no_answer', rule: 'empty-response', extracted: null };
    const from = Math.max(0, text.length - tailCharacters);
    const extraction = await this.#decide(this.#extractStep(problem, text, from));
    if (extraction === undefined) return undecided(judgeFailedRule, null);
    if (extraction.outcome === 'none') return { verdict: 'no_answer', rule: 'judge-none', extracted: null };
    const found = findInResponse(text, from, extraction.answer ?? '');
    if (extraction.outcome !== 'extracted' || found === undefined) return undecided('judge-unusable', null);
    return this.score(problem, { ...found, text: found.text.slice(0, mostAnswerCharacters), rule: 'judge' });
  }

  /** Scores an answer that was found already. */
  async score(problem: Problem, extracted: Extracted): Promise<Graded> {
    if (extracted.end - extracted.start > mostAnswerCharacters) return undecided('judge-answer-too-long', extracted);
    const scored = await this.#decide(scoreStep(problem, extracted.text));
    if (scored === undefined) return undecided(judgeFailedRule, extracted);
    switch (scored.outcome) {
      case 'correct':
      case 'incorrect':
        return { verdict: scored.outcome, rule: 'judge', extracted };
      case 'unclear':
        return undecided('judge-unclear', extracted);
      default:
        return undecided('judge-unusable', extracted);
    }
  }

  #extractStep(problem: Problem, text: string, from: number): Step {
    const tail = text.slice(from);
    return {
      step: 'extract',
      problem,
      shown: [questionBlocks('', problem), visible(tail)],
      about: {},
      prompt: (nonce) => extractPrompt(nonce, problem, tail),
      replySchema: extractSchema,
      read: (reply, nonce) => {
        const read = readJsonReply(reply, extractReply, nonce);
        if (read === undefined) return undefined;
        if (read.answer === null || read.answer.trim() === '') return { outcome: 'none', answer: null };
        // An answer that the response does not state is the judge's own, and no better than no reply.
        const tooLong = read.answer.length > 2 * mostAnswerCharacters;
        if (tooLong || findInResponse(text, from, read.answer) === undefined) return undefined;
        return { outcome: 'extracted', answer: read.answer };
      },
    };
  }

  /** The judgement of a step from the store, or from the judge. */
  #decide(step: Step): Promise<Outcome | undefined> {
    const { server, model, prompt, simulated } = this.record;
    // A model under the name and at the address of a simulated judge is another judge.
    const identity = simulated ? [server, model, prompt, 'simulated'] : [server, model, prompt];
    const key = sha256(canonicalJson([step.step, step.shown, ...identity]));
    const onHit = () => {
      this.#cost.cacheHits += 1;
    };
    return this.#store.get(key, () => this.#ask(step, key), onHit);
  }

  async #ask(step: Step, key: string): Promise<Judgement | undefined> {
    const usage = { promptTokens: 0, completionTokens: 0 };
    let outcome: Outcome | undefined;
    let said = '';
    for (let round = 0; round < rounds && outcome === undefined; round += 1) {
      const nonce = newNonce();
      const { replySchema } = step;
      const reply = await this.#client.ask({ prompt: step.prompt(nonce), replySchema, round });
      if (reply === undefined) {
        this.#cost.failed += 1;
        return undefined;
      }
      said = reply.text;
      outcome = step.read(said, nonce);
      usage.promptTokens += reply.usage.promptTokens;
      usage.completionTokens += reply.usage.completionTokens;
      this.#cost.promptTokens += reply.usage.promptTokens;
      this.#cost.completionTokens += reply.usage.completionTokens;
    }
    if (outcome === undefined) this.#cost.unusable += 1;
    const { server, model, prompt } = this.record;
    const { benchmark, id } = step.problem;
    const identity = { key, step: step.step, session: this.#session, server, model, prompt };
    const what = { problem: `${benchmark}/${id}`, ...step.about, ...(outcome ?? { outcome: 'unusable' as const }) };
    return { ...identity, ...what, reply: visible(said).slice(0, mostKeptReply), ...usage };
  }

  async close(): Promise<void> {
    await this.#client.close();
    this.#store.close();
  }
}

function scoreStep(problem: Problem, answer: string): Step {
  return {
    step: 'score',
    problem,
    shown: [questionBlocks('', problem), goldOf(problem), answer],
    about: { gold: goldOf(problem), answer },
    prompt: (nonce) => scorePrompt(nonce, problem, answer),
    replySchema: scoreSchema,
    read: (reply, nonce) => {
      const read = readJsonReply(reply, scoreReply, nonce);
      return read && { outcome: read.verdict };
    },
  };
}

function undecided(rule: string, extracted: Graded['extracted']): Graded {
  return { verdict: 'undecided', rule, extracted };
}
