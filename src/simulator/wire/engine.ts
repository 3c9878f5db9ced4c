import { setTimeout as sleep } from 'node:timers/promises';
import { sha256 } from '../../core/canonical-json.ts';
import { programVersion } from '../../core/package-root.ts';
import { imageTokens } from '../../inference/images/image-tokens.ts';
import { AnswerBook } from '../answers/answer-book.ts';
import { type CheckpointAbility, checkpointAbility } from '../answers/checkpoint-ability.ts';
import { simulatedAnswer, unknownAnswer } from '../answers/simulated-answer.ts';
import type { SimulatorSettings } from '../settings.ts';
import { ApiError } from './api-error.ts';
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
   * The most tokens that an answer may have.
   *
   * @throws {ApiError} 400 where the prompt leaves no room for one, or its text none for what was asked
   */
  room(prompt: Prompt, asked: number | undefined): number {
    const { maxModelLen } = this.settings;
    if (prompt.textTokens + (asked ?? 1) > maxModelLen) throw tooLong(maxModelLen, asked ?? 0, prompt.textTokens);
    const all = this.promptTokens(prompt);
    if (all >= maxModelLen) {
      throw new ApiError(
        400,
        `The decoder prompt (length ${all}) is longer than the maximum model length of ${maxModelLen}. Make sure that \`max_model_len\` is no smaller than the number of text tokens plus multimodal tokens. For image inputs, the number of image tokens depends on the number of images (and possibly their aspect ratios as well).`,
        { parameter: 'input_tokens' },
      );
    }
    return Math.min(asked ?? maxModelLen, maxModelLen - all);
  }

  /** All choices of a request, at once and without delay. */
  generate(prompt: Prompt, sampling: SamplingRequest): Generation {
    const maxTokens = this.room(prompt, sampling.maxTokens);
    const seed = sampling.seed ?? (sampling.temperature === 0 ? 0 : `unseeded ${this.#unseeded++}`);
    const choices = Array.from({ length: sampling.n }, (_, index) => {
      const sampleSeed = typeof seed === 'number' ? seed + index : `${this.settings.seed} ${seed} ${index}`;
      return cutText(this.#answer(prompt, { ...sampling, sampleSeed }, maxTokens), sampling, maxTokens);
    });
    const completionTokens = choices.reduce((sum, choice) => sum + choice.tokens, 0);
    return { choices, promptTokens: this.promptTokens(prompt), completionTokens };
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

function tooLong(maxModelLen: number, output: number, input: number): ApiError {
  return new ApiError(
    400,
    `This model's maximum context length is ${maxModelLen} tokens. However, you requested ${output} output tokens and your prompt contains at least ${input} input tokens, for a total of at least ${output + input} tokens. Please reduce the length of the input prompt or the number of requested output tokens.`,
    { parameter: 'input_tokens' },
  );
}
