import { setTimeout as sleep } from 'node:timers/promises';
import { sha256 } from '../../core/canonical-json.ts';
import { programVersion } from '../../core/package-root.ts';
import { imageTokens } from '../../inference/images/image-tokens.ts';
import { AnswerBook } from '../answers/answer-book.ts';
import { type CheckpointAbility, checkpointAbility } from '../answers/checkpoint-ability.ts';
import { simulatedAnswer, unknownAnswer } from '../answers/simulated-answer.ts';
import { battleReaction } from '../judge/battle-persona.ts';
import { type JudgeReaction, judgeReaction } from '../judge/judge-persona.ts';
import type { SimulatorSettings } from '../settings.ts';
import { ApiError, invalid } from './api-error.ts';
import { type Choice, cutText } from './cut-text.ts';
import type { KnownImage } from './image-check.ts';
import { MediaLoader } from './media.ts';
import { Metrics } from './metrics.ts';
import type { SamplingRequest } from './sampling.ts';

/** What is to be answered. */
export interface Prompt {
  readonly text: string;
  readonly images: readonly KnownImage[];
  /** Without the images' own tokens. */
  readonly textTokens: number;
}

/** A finished request. */
export interface Generation {
  readonly choices: readonly Choice[];
  readonly promptTokens: number;
  readonly completionTokens: number;
  /** It is never sent. */
  readonly stalls?: boolean;
}

/** What stands in for the model: knows the answers, counts tokens and takes its time. */
export class Engine {
  readonly settings: SimulatorSettings;
  readonly metrics = new Metrics();
  readonly media: MediaLoader;
  /** `synthrl-simulator-<version>-tp<n>-<hash of what was asked for>`. */
  readonly fingerprint: string;
  readonly #book: AnswerBook | undefined;
  readonly #checkpoint: CheckpointAbility;
  /** Requests without a seed are numbered, so that their samples differ. */
  #unseeded = 0;

  constructor(settings: SimulatorSettings) {
    this.settings = settings;
    this.media = new MediaLoader(settings.mediaFolder);
    this.#book = settings.answerKey && new AnswerBook(settings.answerKey);
    this.#checkpoint = checkpointAbility(settings.model, settings.answerKey?.abilities ?? {});
    const { maxModelLen, tensorParallelSize, dataParallelSize, seed } = settings;
    const hash = sha256(JSON.stringify([maxModelLen, tensorParallelSize, dataParallelSize, seed])).slice(0, 8);
    this.fingerprint = `synthrl-simulator-${programVersion}-tp${tensorParallelSize}-${hash}`;
  }

  /** Tokens of the prompt with its images. */
  promptTokens(prompt: Prompt): number {
    const { pixels } = this.settings;
    return prompt.images.reduce(
      (sum, image) => sum + imageTokens(image.width, image.height, pixels),
      prompt.textTokens,
    );
  }

  /**
   * The most tokens that an answer may have: what was asked for, or less where the prompt leaves less.
   *
   * @throws {ApiError} 400 where the prompt leaves no room at all, or no prompt would leave as much as was asked for
   */
  room(prompt: Prompt, asked: number | undefined): number {
    const { maxModelLen } = this.settings;
    if (asked !== undefined && asked > maxModelLen) {
      const message = `max_tokens=${asked} cannot be greater than max_model_len=${maxModelLen}. Please request fewer output tokens.`;
      throw invalid(message, 'max_tokens', asked);
    }
    if (prompt.textTokens > maxModelLen) throw tooLong(maxModelLen);
    const all = this.promptTokens(prompt);
    if (all >= maxModelLen) {
      throw new ApiError(400, `Input length (${all}) exceeds model's maximum context length (${maxModelLen}).`);
    }
    return Math.min(asked ?? maxModelLen, maxModelLen - all);
  }

  /** All choices of a request, at once and without delay. */
  generate(prompt: Prompt, sampling: SamplingRequest): Generation {
    const maxTokens = this.room(prompt, sampling.maxTokens);
    const seed = sampling.seed ?? (sampling.temperature === 0 ? 0 : `unseeded ${this.#unseeded++}`);
    const reaction = this.#judge(prompt, `${seed} ${sampling.temperature}`, sampling.temperature);
    const text = reaction?.kind === 'say' ? reaction.text : undefined;
    const choices = Array.from({ length: sampling.n }, (_, index) => {
      const sampleSeed = typeof seed === 'number' ? seed + index : `${this.settings.seed} ${seed} ${index}`;
      return cutText(text ?? this.#answer(prompt, { ...sampling, sampleSeed }, maxTokens), sampling, maxTokens);
    });
    const completionTokens = choices.reduce((sum, choice) => sum + choice.tokens, 0);
    const stalls = reaction?.kind === 'stall';
    return { choices, promptTokens: this.promptTokens(prompt), completionTokens, stalls };
  }

  /** What a simulated judge does with a prompt that grades, or that sets two problems against each other. */
  #judge(prompt: Prompt, seed: string, temperature: number): JudgeReaction | undefined {
    const { judge } = this.settings;
    if (judge === undefined) return undefined;
    const shown = { text: prompt.text, images: prompt.images.map(({ sha256: hash }) => hash) };
    return battleReaction(judge, this.#book, shown, { seed, temperature }) ?? judgeReaction(judge, prompt.text, seed);
  }

  #answer(prompt: Prompt, sampling: { temperature: number; sampleSeed: number | string }, maxTokens: number): string {
    const hashes = prompt.images.map((image) => image.sha256);
    const entry = this.#book?.find(prompt.text, hashes);
    if (!this.#book || !entry) return unknownAnswer(this.#checkpoint.name, prompt.text);
    const { temperature, sampleSeed } = sampling;
    return simulatedAnswer(this.#book.key, entry, { checkpoint: this.#checkpoint, temperature, sampleSeed }, maxTokens)
      .text;
  }

  /** Takes the time of a request, or of one token of a streamed one. @returns false when it was aborted meanwhile */
  async takeTime(milliseconds: number, signal: AbortSignal): Promise<boolean> {
    if (milliseconds > 0 && !signal.aborted) {
      await sleep(milliseconds, undefined, { signal }).catch((error: unknown) => {
        if (!signal.aborted) throw error;
      });
    }
    return !signal.aborted;
  }
}

/** The tokenizer stops one token behind what fits, so that the count says no more. */
function tooLong(maxModelLen: number): ApiError {
  const count = maxModelLen + 1;
  const message = `This model's maximum context length is ${maxModelLen} tokens. However, your prompt contains at least ${count} input tokens, which exceeds this limit even without any output tokens. Please reduce the length of the input prompt.`;
  return invalid(message, 'input_tokens', count);
}
