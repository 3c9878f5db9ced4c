import { programVersion } from '../core/package-root.ts';
import type { AnswerKey } from './answer-key.ts';
import type { SimulatedJudgeSettings } from './judge/judge-settings.ts';

/**
 * What `GET /version` says, in the form of the vLLM releases whose wire format is spoken (v0.32); the part behind the
 * plus sign names this program, so that no one takes it for vLLM.
 */
export const simulatorVersion = `0.32.0+synthrl.${programVersion}`;

/** How many of one modality a prompt may hold. */
export interface MediaLimits {
  readonly image: number;
  readonly video: number;
}

/**
 * What one simulated server is. On the command line these come from `vllm serve`'s arguments and the environment:
 *
 * - `SYNTHRL_SIMULATOR_KEY`: path of an answer key (JSON); without it every question gets an answer without a value
 * - `SYNTHRL_SIMULATOR_JUDGE`: path of a judge's faults (JSON, see judge/judge-settings.ts); grading prompts, and
 *   prompts that ask which of two problems is harder, are then answered as a judge model would
 * - `SYNTHRL_SIMULATOR_STARTUP_MS`: how long loading takes, in milliseconds; default 0. Connections are refused meanwhile
 * - `SYNTHRL_SIMULATOR_REQUEST_MS`: time that each request takes, in milliseconds; default 0
 * - `SYNTHRL_SIMULATOR_TOKEN_MS`: time that each generated token takes on top, in milliseconds; default 0
 * - `SYNTHRL_SIMULATOR_BODY_MIB`: largest request body in MiB, default 64; a larger one gets 413
 * - as vLLM reads them: `VLLM_API_KEY`, `VLLM_HTTP_TIMEOUT_KEEP_ALIVE` (seconds, 5), `VLLM_LOG_STATS_INTERVAL`
 *   (seconds, 10), `VLLM_MAX_STOP_STRINGS` (4)
 */
export interface SimulatorSettings {
  /** Model path or id, as given; the checkpoint's ability is looked up by it. */
  readonly model: string;
  /** The first is echoed in replies. */
  readonly servedNames: readonly string[];
  /** Undefined: all interfaces. */
  readonly host: string | undefined;
  /** 0: any free port. */
  readonly port: number;
  /** Empty: none is asked for. */
  readonly apiKeys: readonly string[];
  /** Absolute folder below which file:// images may lie; undefined: file:// is refused. */
  readonly mediaFolder: string | undefined;
  readonly mediaLimits: MediaLimits;
  /** Pixel limits of the image processor. */
  readonly pixels: { readonly minPixels: number; readonly maxPixels: number } | undefined;
  /** Tokens of prompt and answer together. */
  readonly maxModelLen: number;
  readonly tensorParallelSize: number;
  readonly dataParallelSize: number;
  readonly gpuMemoryUtilization: number;
  /** The engine's seed, for requests without one. */
  readonly seed: number;
  /** Sampling values for requests that leave them out. */
  readonly defaults: { readonly temperature: number };
  readonly maxStopStrings: number;
  readonly trackLoad: boolean;
  readonly accessLog: boolean;
  readonly keepAliveMs: number;
  /** On stopping, how long requests under way may go on before they are aborted. */
  readonly drainMs: number;
  readonly statsIntervalMs: number;
  readonly bodyLimitBytes: number;
  readonly startupMs: number;
  readonly requestMs: number;
  readonly tokenMs: number;
  readonly answerKey: AnswerKey | undefined;
  /** Undefined: grading prompts are questions like any other. */
  readonly judge: SimulatedJudgeSettings | undefined;
  /** Gets each line of the server's log, without its line feed. */
  readonly log: ((line: string) => void) | undefined;
}

/** Context length of Qwen2.5-VL (its config.json: max_position_embeddings). */
export const defaultMaxModelLen = 128_000;

/** Settings with vLLM's defaults for what is left out. */
export function simulatorSettings(given: Partial<SimulatorSettings> & { readonly model: string }): SimulatorSettings {
  return {
    servedNames: [given.model],
    host: undefined,
    port: 8000,
    apiKeys: [],
    mediaFolder: undefined,
    mediaLimits: { image: 999, video: 999 },
    pixels: undefined,
    maxModelLen: defaultMaxModelLen,
    tensorParallelSize: 1,
    dataParallelSize: 1,
    gpuMemoryUtilization: 0.92,
    seed: 0,
    defaults: { temperature: 1 },
    maxStopStrings: 4,
    trackLoad: false,
    accessLog: true,
    keepAliveMs: 5000,
    drainMs: 0,
    statsIntervalMs: 10_000,
    bodyLimitBytes: 64 * 1024 * 1024,
    startupMs: 0,
    requestMs: 0,
    tokenMs: 0,
    answerKey: undefined,
    judge: undefined,
    log: undefined,
    ...given,
  };
}
