import { createHash } from 'node:crypto';
import { closeSync, existsSync, fstatSync, openSync, readdirSync, readFileSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { errorMessage } from '../core/errors.ts';

/** What lies in a model folder: whole weights with their fingerprint, or why they cannot be served. */
export type WeightsState =
  | { readonly state: 'complete'; readonly fingerprint: string; readonly bytes: number }
  | { readonly state: 'incomplete'; readonly reason: string };

/** Largest safetensors header that the format allows. */
const largestHeaderBytes = 100_000_000;
const sampledBlocks = 64;
const blockBytes = 4096;

/**
 * Looks whether a model folder is whole, without reading all of its weights: config.json parses, every shard that the
 * index names is there, and each safetensors file is as long as its header says.
 *
 * The fingerprint covers config.json, the shards' headers and 64 sampled blocks of each, so that other weights at the
 * same path are noticed within milliseconds.
 *
 * @param options.weightsOptional - for engines that load none (the simulator)
 */
export function inspectWeights(folder: string, options: { weightsOptional?: boolean } = {}): WeightsState {
  if (!existsSync(folder)) {
    return incomplete(`${folder} does not exist; sharded training checkpoints must be merged into it first`);
  }
  const config = join(folder, 'config.json');
  if (!existsSync(config)) return incomplete('it has no config.json');
  try {
    JSON.parse(readFileSync(config, 'utf8'));
    const shards = weightFiles(folder);
    if (shards.length === 0 && !options.weightsOptional)
      return incomplete('it has no weights (*.safetensors or *.bin)');
    const digest = createHash('sha256').update(readFileSync(config));
    let bytes = 0;
    for (const shard of shards) {
      digest.update(`\n${shard}\n`);
      bytes += digestShard(join(folder, shard), shard, digest);
    }
    return { state: 'complete', fingerprint: digest.digest('hex'), bytes };
  } catch (error) {
    return incomplete(errorMessage(error));
  }
}

function incomplete(reason: string): WeightsState {
  return { state: 'incomplete', reason };
}

/** Names of the weight files; those that an index names must exist. */
function weightFiles(folder: string): string[] {
  for (const index of ['model.safetensors.index.json', 'pytorch_model.bin.index.json']) {
    const path = join(folder, index);
    if (!existsSync(path)) continue;
    const { weight_map: map } = JSON.parse(readFileSync(path, 'utf8')) as { weight_map?: Record<string, string> };
    const shards = [...new Set(Object.values(map ?? {}))].sort();
    const absent = shards.filter((shard) => !existsSync(join(folder, shard)));
    if (absent.length > 0) throw new Error(`${index} names ${absent.join(', ')}, which is not there`);
    return shards;
  }
  const files = readdirSync(folder).sort();
  const safetensors = files.filter((file) => file.endsWith('.safetensors'));
  return safetensors.length > 0 ? safetensors : files.filter((file) => /^pytorch_model.*\.bin$/.test(file));
}

/** Adds a weight file to the digest and returns its size in bytes. */
function digestShard(path: string, name: string, digest: ReturnType<typeof createHash>): number {
  const descriptor = openSync(path, 'r');
  try {
    const size = fstatSync(descriptor).size;
    if (name.endsWith('.safetensors')) digest.update(readHeader(descriptor, size, name));
    const stride = Math.max(blockBytes, Math.floor(size / sampledBlocks));
    const block = Buffer.alloc(blockBytes);
    for (let at = 0; at < size; at += stride) {
      digest.update(block.subarray(0, readSync(descriptor, block, 0, blockBytes, at)));
    }
    digest.update(String(size));
    return size;
  } finally {
    closeSync(descriptor);
  }
}

/** The header of a safetensors file: 8 bytes of length, then JSON whose data_offsets must end where the file ends. */
function readHeader(descriptor: number, size: number, name: string): Buffer {
  const prefix = Buffer.alloc(8);
  if (readSync(descriptor, prefix, 0, 8, 0) < 8) throw new Error(`${name} is cut inside its header`);
  const length = Number(prefix.readBigUInt64LE());
  if (length > largestHeaderBytes || 8 + length > size) throw new Error(`${name} is cut inside its header`);
  const header = Buffer.alloc(length);
  readSync(descriptor, header, 0, length, 8);
  let tensors: Record<string, { data_offsets?: [number, number] }>;
  try {
    tensors = JSON.parse(header.toString('utf8')) as typeof tensors;
  } catch {
    throw new Error(`${name} has a header that is not JSON`);
  }
  const end = Math.max(0, ...Object.values(tensors).map((tensor) => tensor.data_offsets?.[1] ?? 0));
  if (8 + length + end !== size) {
    throw new Error(`${name} is ${size} bytes long where its header promises ${8 + length + end}`);
  }
  return header;
}
