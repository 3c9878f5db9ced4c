import { statSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import { SynthrlError } from '../../core/errors.ts';
import { readAnswerKey } from '../answer-key.ts';
import { readJudgeSettings } from '../judge/judge-settings.ts';
import { defaultMaxModelLen, type MediaLimits, type SimulatorSettings, simulatorSettings } from '../settings.ts';
import { checkModel, LoadingError } from './check-model.ts';
import { type ServeArguments, sizeOf } from './parse-serve.ts';

/** What vLLM serves, without a word, when it is given no model. */
const unnamedModel = 'Qwen/Qwen3-0.6B';

/**
 * The server that a command line and an environment ask for.
 *
 * @throws {LoadingError} where vLLM would end with a traceback
 * @throws {SynthrlError} `USAGE` or `SIMULATOR_KEY_INVALID` for the simulator's own environment variables
 */
export function settingsFrom(
  given: ServeArguments,
  environment: NodeJS.ProcessEnv,
  log: (line: string) => void,
): SimulatorSettings {
  const flags = new FlagReader(given);
  const model = given.modelTag ?? flags.text('--model') ?? unnamedModel;
  const facts = checkModel(model, flags.text('--load-format') ?? 'auto');
  const tensorParallelSize = flags.number('--tensor-parallel-size') ?? 1;
  if (facts.attentionHeads % tensorParallelSize !== 0) {
    throw new LoadingError(
      `pydantic_core._pydantic_core.ValidationError: 1 validation error for VllmConfig\n  Value error, Total number of attention heads (${facts.attentionHeads}) must be divisible by tensor parallel size (${tensorParallelSize}).`,
    );
  }
  const ownTemperature = (flags.text('--generation-config') ?? 'auto') === 'auto' ? facts.temperature : undefined;
  const keyPath = environment['SYNTHRL_SIMULATOR_KEY'];
  const judgePath = environment['SYNTHRL_SIMULATOR_JUDGE'];
  return simulatorSettings({
    model,
    servedNames: flags.words('--served-model-name') ?? [model],
    host: flags.text('--host'),
    port: flags.number('--port') ?? 8000,
    apiKeys: flags.words('--api-key') ?? (environment['VLLM_API_KEY'] ? [environment['VLLM_API_KEY']] : []),
    mediaFolder: mediaFolder(flags.text('--allowed-local-media-path')),
    mediaLimits: mediaLimits(flags.json('--limit-mm-per-prompt')),
    pixels: pixelLimits(flags.json('--mm-processor-kwargs')),
    maxModelLen: maxModelLen(flags.text('--max-model-len'), facts.maxModelLen, environment),
    tensorParallelSize,
    dataParallelSize: flags.number('--data-parallel-size') ?? 1,
    gpuMemoryUtilization: flags.number('--gpu-memory-utilization') ?? 0.92,
    seed: flags.number('--seed') ?? 0,
    defaults: { temperature: overridden(flags.json('--override-generation-config')) ?? ownTemperature ?? 1 },
    trackLoad: flags.isOn('--enable-server-load-tracking'),
    accessLog: !flags.isOn('--disable-uvicorn-access-log') && (flags.text('--uvicorn-log-level') ?? 'info') === 'info',
    drainMs: (flags.number('--shutdown-timeout') ?? 0) * 1000,
    ...environmentSettings(environment),
    answerKey: keyPath ? readAnswerKey(keyPath) : undefined,
    judge: judgePath ? readJudgeSettings(judgePath) : undefined,
    log,
  });
}

function environmentSettings(environment: NodeJS.ProcessEnv) {
  const read = (name: string, fallback: number) => environmentNumber(environment, name, fallback);
  return {
    startupMs: read('SYNTHRL_SIMULATOR_STARTUP_MS', 0),
    requestMs: read('SYNTHRL_SIMULATOR_REQUEST_MS', 0),
    tokenMs: read('SYNTHRL_SIMULATOR_TOKEN_MS', 0),
    bodyLimitBytes: read('SYNTHRL_SIMULATOR_BODY_MIB', 64) * 1024 * 1024,
    keepAliveMs: read('VLLM_HTTP_TIMEOUT_KEEP_ALIVE', 5) * 1000,
    statsIntervalMs: read('VLLM_LOG_STATS_INTERVAL', 10) * 1000,
    maxStopStrings: read('VLLM_MAX_STOP_STRINGS', 4),
  };
}

function environmentNumber(environment: NodeJS.ProcessEnv, name: string, fallback: number): number {
  const text = environment[name];
  if (text === undefined || text.trim() === '') return fallback;
  const value = Number(text);
  if (Number.isFinite(value) && value >= 0) return value;
  throw new SynthrlError('USAGE', `Expected ${name} to be a number from 0 and up, got \`${text}\`.`);
}

class FlagReader {
  readonly #given: ServeArguments;

  constructor(given: ServeArguments) {
    this.#given = given;
  }

  words(name: string): readonly string[] | undefined {
    const value = this.#given.values.get(name);
    return typeof value === 'object' ? value : undefined;
  }

  text(name: string): string | undefined {
    return this.words(name)?.[0];
  }

  number(name: string): number | undefined {
    const text = this.text(name);
    return text === undefined ? undefined : Number(text);
  }

  isOn(name: string): boolean {
    return this.#given.values.get(name) === true;
  }

  json(name: string): Readonly<Record<string, unknown>> {
    return JSON.parse(this.text(name) ?? '{}') as Record<string, unknown>;
  }
}

function mediaFolder(path: string | undefined): string | undefined {
  if (path === undefined || path === '') return undefined;
  const isFolder = isAbsolute(path) && statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
  if (isFolder) return path;
  throw new LoadingError(
    `ValueError: Invalid \`--allowed-local-media-path\`: The path ${path} does not exist or is not a directory.`,
  );
}

/** `{"image": 4}` or `{"image": {"count": 4, …}}`. */
function mediaLimits(given: Readonly<Record<string, unknown>>): MediaLimits {
  const limit = (modality: string): number => {
    const value = given[modality];
    const count = typeof value === 'object' && value !== null ? (value as { count?: unknown }).count : value;
    return typeof count === 'number' ? count : 999;
  };
  return { image: limit('image'), video: limit('video') };
}

function pixelLimits(given: Readonly<Record<string, unknown>>): SimulatorSettings['pixels'] {
  const { min_pixels: minPixels, max_pixels: maxPixels } = given;
  if (typeof minPixels !== 'number' && typeof maxPixels !== 'number') return undefined;
  // What is left out is as Qwen2.5-VL ships it.
  return {
    minPixels: typeof minPixels === 'number' ? minPixels : 3136,
    maxPixels: typeof maxPixels === 'number' ? maxPixels : 12_845_056,
  };
}

function maxModelLen(asked: string | undefined, own: number | undefined, environment: NodeJS.ProcessEnv): number {
  const size = asked === undefined ? undefined : sizeOf(asked);
  if (size === undefined || size < 1) return own ?? defaultMaxModelLen;
  if (own !== undefined && size > own && environment['VLLM_ALLOW_LONG_MAX_MODEL_LEN'] !== '1') {
    throw new LoadingError(
      `pydantic_core._pydantic_core.ValidationError: 1 validation error for ModelConfig\n  Value error, User-specified max_model_len (${size}) is greater than the derived max_model_len (max_position_embeddings=${own}.0 or model_max_length=None in model's config.json).`,
    );
  }
  return size;
}

function overridden(given: Readonly<Record<string, unknown>>): number | undefined {
  return typeof given['temperature'] === 'number' ? given['temperature'] : undefined;
}
