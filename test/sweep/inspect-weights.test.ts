import { mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { inspectWeights } from '../../src/sweep/inspect-weights.ts';
import { temporaryFolder } from '../temporary-folder.ts';

/** A safetensors file with one tensor of `bytes` bytes. */
function safetensors(bytes: number, fill: number): Buffer {
  const header = Buffer.from(JSON.stringify({ w: { dtype: 'U8', shape: [bytes], data_offsets: [0, bytes] } }));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  return Buffer.concat([length, header, Buffer.alloc(bytes, fill)]);
}

function model(folder: string, fill = 1): string {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'config.json'), '{"model_type":"qwen2_5_vl"}');
  writeFileSync(join(folder, 'model.safetensors'), safetensors(300_000, fill));
  return folder;
}

test('the fingerprint is of the weights, not of the path', () => {
  using folder = temporaryFolder();
  const [a, b, c] = [
    model(join(folder.path, 'a')),
    model(join(folder.path, 'b')),
    model(join(folder.path, 'c'), 2),
  ].map((path) => inspectWeights(path));
  expect(a).toMatchObject({ state: 'complete' });
  expect(a).toEqual(b);
  expect(a).not.toEqual(c);
});

test.for([
  ['no config', (path: string) => truncateSync(join(path, 'config.json'), 0), /JSON/],
  [
    'a cut shard',
    (path: string) => truncateSync(join(path, 'model.safetensors'), 200_000),
    /is 200000 bytes long where its header promises/,
  ],
  [
    'a shard cut in its header',
    (path: string) => truncateSync(join(path, 'model.safetensors'), 20),
    /cut inside its header/,
  ],
  ['an empty shard', (path: string) => truncateSync(join(path, 'model.safetensors'), 0), /cut inside its header/],
  [
    'a shard that the index names and is not there',
    (path: string) =>
      writeFileSync(join(path, 'model.safetensors.index.json'), '{"weight_map":{"w":"model-2.safetensors"}}'),
    /names model-2\.safetensors/,
  ],
] as const)('half-written: %s', ([, spoil, reason]) => {
  using folder = temporaryFolder();
  const path = model(join(folder.path, 'm'));
  spoil(path);
  const state = inspectWeights(path);
  expect(state.state === 'incomplete' && state.reason).toMatch(reason);
});

test('a folder without weights is complete only for an engine that loads none', () => {
  using folder = temporaryFolder();
  writeFileSync(join(folder.path, 'config.json'), '{}');
  expect(inspectWeights(folder.path).state).toBe('incomplete');
  expect(inspectWeights(folder.path, { weightsOptional: true }).state).toBe('complete');
  expect(inspectWeights(join(folder.path, 'absent'))).toMatchObject({ state: 'incomplete' });
});
