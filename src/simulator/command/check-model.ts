import { closeSync, existsSync, fstatSync, openSync, readdirSync, readFileSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { errorMessage } from '../../core/errors.ts';

/** Why loading fails: the last line of the traceback that vLLM prints, e.g. `ValueError: …`. */
export class LoadingError extends Error {
  override readonly name = 'LoadingError';
  /** Whether a worker process fails with it, of which the server itself only says that it ended. */
  readonly inWorker: boolean;

  constructor(message: string, options: { inWorker?: boolean } = {}) {
    super(message);
    this.inWorker = options.inWorker ?? false;
  }
}

/** What a model folder says of itself. */
export interface ModelFacts {
  /** Attention heads; Qwen2.5-VL-7B's 28 where no configuration says. */
  readonly attentionHeads: number;
  readonly maxModelLen: number | undefined;
  /** Temperature in generation_config.json, which vLLM applies unless told otherwise. */
  readonly temperature: number | undefined;
}

const defaultHeads = 28;
/** Longest header that the safetensors library reads. */
const mostHeaderBytes = 100_000_000;

/**
 * Looks at a model the way loading does: configuration, weight files, their headers. A name that is no path is taken
 * for the id of a model elsewhere, about which nothing is known.
 *
 * @throws {LoadingError}
 */
export function checkModel(model: string, loadFormat: string): ModelFacts {
  if (!existsSync(model)) {
    if (/^[\w.-]+(?:\/[\w.-]+)?$/.test(model) && !model.startsWith('.')) {
      return { attentionHeads: defaultHeads, maxModelLen: undefined, temperature: undefined };
    }
    throw new LoadingError(
      `huggingface_hub.errors.HFValidationError: Repo id must be in the form 'repo_name' or 'namespace/repo_name': '${model}'. Use \`repo_type\` argument if needed.`,
    );
  }
  if (!statSync(model).isDirectory() || !existsSync(join(model, 'config.json'))) throw notAModel(model);
  const configuration = readObject(join(model, 'config.json'));
  if (loadFormat !== 'dummy') checkWeights(model);
  const text = asObject(configuration['text_config']);
  return {
    attentionHeads: numberIn(configuration, text, 'num_attention_heads') ?? defaultHeads,
    maxModelLen: numberIn(configuration, text, 'max_position_embeddings'),
    temperature: generationTemperature(model),
  };
}

function notAModel(model: string): LoadingError {
  return new LoadingError(
    `ValueError: Invalid repository ID or local directory specified: '${model}'. It must hold a config.json or be the id of a model on a hub.`,
  );
}

function checkWeights(model: string): void {
  const names = readdirSync(model);
  const safetensors = names.filter((name) => name.endsWith('.safetensors'));
  if (safetensors.length === 0 && !names.some((name) => /\.(?:bin|pt)$/.test(name))) {
    throw new LoadingError(`RuntimeError: Cannot find any model weights with \`${model}\``, { inWorker: true });
  }
  for (const name of safetensors) {
    const fault = headerFault(join(model, name));
    if (fault)
      throw new LoadingError(
        `safetensors._safetensors_rust.SafetensorError: Error while deserializing header: ${fault}`,
        { inWorker: true },
      );
  }
}

/** What is wrong with a safetensors file: 8 bytes of header length, a JSON header, then the data that it describes. */
function headerFault(path: string): string | undefined {
  const file = openSync(path, 'r');
  try {
    const size = fstatSync(file).size;
    const head = Buffer.alloc(8);
    if (readSync(file, head, 0, 8, 0) < 8) return 'header too small';
    const length = Number(head.readBigUInt64LE(0));
    if (length > mostHeaderBytes) return 'header too large';
    if (length + 8 > size) return 'InvalidHeaderLength';
    const header = Buffer.alloc(length);
    readSync(file, header, 0, length, 8);
    return dataFault(header.toString('utf8'), size - 8 - length);
  } finally {
    closeSync(file);
  }
}

function dataFault(header: string, dataBytes: number): string | undefined {
  let tensors: Record<string, { data_offsets?: unknown }>;
  try {
    tensors = JSON.parse(header) as typeof tensors;
  } catch {
    return 'InvalidHeaderDeserialization';
  }
  let end = 0;
  for (const [name, tensor] of Object.entries(tensors)) {
    const offsets = tensor?.data_offsets;
    if (name !== '__metadata__' && Array.isArray(offsets)) end = Math.max(end, Number(offsets[1]));
  }
  return end === dataBytes ? undefined : 'incomplete metadata, file not fully covered';
}

function readObject(path: string): Record<string, unknown> {
  try {
    return asObject(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    throw new LoadingError(
      `OSError: It looks like the config file at '${path}' is not a valid JSON file. ${errorMessage(error)}`,
    );
  }
}

function asObject(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function numberIn(outer: Record<string, unknown>, inner: Record<string, unknown>, name: string): number | undefined {
  const value = outer[name] ?? inner[name];
  return typeof value === 'number' && value > 0 ? value : undefined;
}

function generationTemperature(model: string): number | undefined {
  const path = join(model, 'generation_config.json');
  if (!existsSync(path)) return undefined;
  const value = readObject(path)['temperature'];
  return typeof value === 'number' && value >= 0 && value <= 2 ? value : undefined;
}
