import { join } from 'node:path';
import { writeWholeFile } from '../core/write-file.ts';

/** Heads and context length of Qwen2.5-VL-7B. */
const configuration = {
  architectures: ['Qwen2_5_VLForConditionalGeneration'],
  model_type: 'qwen2_5_vl',
  num_attention_heads: 28,
  num_key_value_heads: 4,
  max_position_embeddings: 128_000,
};

/**
 * Writes a model folder that the simulator, and a check for half-written checkpoints, take for a whole one: a
 * configuration and a safetensors file with one tensor of eight bytes.
 *
 * @param content - decides the weights' bytes, so that different checkpoints have different weights
 * @throws {SynthrlError} `DISK_FULL` or `WRITE_FAILED`
 */
export function writeSimulatedCheckpoint(folder: string, content: number): void {
  writeWholeFile(join(folder, 'config.json'), `${JSON.stringify(configuration, null, 2)}\n`);
  const header = Buffer.from(JSON.stringify({ weight: { dtype: 'F64', shape: [1], data_offsets: [0, 8] } }));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  const data = Buffer.alloc(8);
  data.writeDoubleLE(content);
  writeWholeFile(join(folder, 'model.safetensors'), Buffer.concat([length, header, data]));
}
