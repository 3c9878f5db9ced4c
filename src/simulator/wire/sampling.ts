import type { SimulatorSettings } from '../settings.ts';
import { ApiError, invalid, schemaError, schemaErrors } from './api-error.ts';
import type { Fields } from './fields.ts';

/** How one request is to be sampled. */
export interface SamplingRequest {
  /** Choices asked for. */
  readonly n: number;
  readonly temperature: number;
  /** Undefined: the request named none. */
  readonly seed: number | undefined;
  readonly stop: readonly string[];
  readonly keepStop: boolean;
  /** Undefined: as much as the context holds. */
  readonly maxTokens: number | undefined;
  readonly stream: boolean;
  readonly includeUsage: boolean;
}

/** Below this, vLLM raises a positive temperature to it: still sampling, not greedy. */
const lowestTemperature = 0.01;

/**
 * Reads and checks the sampling fields that both completion endpoints share.
 *
 * @throws {ApiError} 400 with vLLM's sentences
 */
export function readSampling(fields: Fields, settings: SimulatorSettings): SamplingRequest {
  const temperature = readTemperature(fields) ?? settings.defaults.temperature;
  checkUnused(fields);
  const n = fields.integer('n') ?? 1;
  if (n < 1) throw new ApiError(400, `n must be at least 1, got ${n}.`);
  if (n > 1 && temperature === 0) {
    throw new ApiError(400, `n must be 1 when using greedy sampling, got ${n}.`);
  }
  const maxTokens = fields.integer('max_completion_tokens') ?? fields.integer('max_tokens');
  if (maxTokens !== undefined && maxTokens < 1) {
    throw invalid(`max_tokens must be at least 1, got ${maxTokens}.`, 'max_tokens', maxTokens);
  }
  const stream = fields.boolean('stream');
  const streamOptions = fields.raw('stream_options');
  if (streamOptions !== undefined && !stream) {
    throw schemaError('value_error', ['body'], 'Value error, Stream options can only be defined when `stream=True`.');
  }
  return {
    n,
    temperature: temperature > 0 ? Math.max(temperature, lowestTemperature) : 0,
    seed: fields.integer('seed'),
    stop: readStop(fields, settings.maxStopStrings),
    keepStop: fields.boolean('include_stop_str_in_output'),
    maxTokens,
    stream,
    includeUsage: (streamOptions as { include_usage?: unknown } | undefined)?.include_usage === true,
  };
}

function readTemperature(fields: Fields): number | undefined {
  fields.bounded('temperature', (value) => value >= 0, 'must be non-negative');
  return fields.bounded('temperature', (value) => value <= 2, 'must be in [0, 2]');
}

/** Fields that change nothing here, refused all the same where vLLM refuses them. */
function checkUnused(fields: Fields): void {
  fields.bounded('top_p', (value) => value > 0 && value <= 1, 'must be in (0, 1]');
  fields.bounded('min_p', (value) => value >= 0 && value <= 1, 'must be in [0, 1]');
  fields.bounded('repetition_penalty', (value) => value > 0, 'must be greater than zero');
  fields.bounded('presence_penalty', (value) => Math.abs(value) <= 2, 'must be in [-2, 2]');
  fields.bounded('frequency_penalty', (value) => Math.abs(value) <= 2, 'must be in [-2, 2]');
  const topK = fields.integer('top_k');
  if (topK !== undefined && topK < -1) {
    throw new ApiError(400, `top_k must be 0 (disable), or at least 1, got ${topK}.`);
  }
}

function readStop(fields: Fields, most: number): readonly string[] {
  const value = fields.raw('stop') ?? [];
  const stop = typeof value === 'string' ? [value] : value;
  if (!Array.isArray(stop) || !stop.every((item) => typeof item === 'string')) {
    throw schemaError('string_type', ['body', 'stop'], 'Input should be a valid string');
  }
  if (stop.includes('')) throw new ApiError(400, 'stop cannot contain an empty string.');
  if (stop.length > most) throw tooManyStops(stop, most);
  return stop;
}

/** The field may be a text or a list: what is wrong with either reading is told. */
function tooManyStops(stop: readonly unknown[], most: number): ApiError {
  const place = { location: ['body', 'stop'], input: stop };
  return schemaErrors([
    { ...place, kind: 'string_type', message: 'Input should be a valid string' },
    {
      ...place,
      kind: 'too_long',
      message: `List should have at most ${most} items after validation, not ${stop.length}`,
      context: `{'field_type': 'List', 'max_length': ${most}, 'actual_length': ${stop.length}}`,
    },
  ]);
}
