import { existsSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Problem } from '../../../src/core/problem.ts';
import { ImageStore } from '../../../src/inference/images/image-store.ts';
import { orderItems } from '../../../src/inference/order-items.ts';
import { makeZip } from '../../problems/zip/make-zip.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { png } from './bombs.ts';

const limits = { minPixels: 262_144, maxPixels: 1_003_520, maxImages: 10 };
const members = [
  { name: 'images/1.png', content: png(600, 500) },
  { name: 'images/2.png', content: png(640, 480) },
  { name: 'images/1 again.png', content: png(600, 500) },
  { name: 'images/cut.png', content: png(700, 700).subarray(0, 100) },
  { name: 'images/empty.png', content: '' },
  { name: 'images/damaged.png', content: png(600, 500), crc32: 7 },
];

function data(folder: string) {
  const path = join(folder, 'data.zip');
  writeFileSync(path, makeZip(members));
  const newStore = () => new ImageStore({ folder: join(folder, 'store'), limits });
  return { path, newStore, source: (name: string) => ({ path, member: `images/${name}.png` }) };
}

test('members are told apart, and equal ones are prepared once', async () => {
  using folder = temporaryFolder();
  const { newStore, source } = data(folder.path);
  const store = newStore();
  const [one, two, again] = await Promise.all(['1', '2', '1 again'].map((name) => store.prepare(source(name))));
  expect([one?.width, two?.width]).toEqual([600, 640]);
  expect(again).toEqual(one);
  expect(store.counts).toEqual({ decoded: 2, reused: 1 });
});

test('a second store decodes none and does not read the zip', async () => {
  using folder = temporaryFolder();
  const { path, newStore, source } = data(folder.path);
  utimesSync(path, 1_700_000_000, 1_700_000_000);
  const [one, two] = await Promise.all([newStore().prepare(source('1')), newStore().prepare(source('2'))]);
  // As long and as old, and no zip file: whoever opened it would notice.
  writeFileSync(path, Buffer.alloc(makeZip(members).length));
  utimesSync(path, 1_700_000_000, 1_700_000_000);
  const second = newStore();
  expect([await second.prepare(source('1')), await second.prepare(source('2'))]).toEqual([one, two]);
  expect(second.counts).toEqual({ decoded: 0, reused: 2 });
});

test('a changed zip is read again; what it still holds is not decoded again', async () => {
  using folder = temporaryFolder();
  const { path, newStore, source } = data(folder.path);
  const before = await newStore().prepare(source('1'));
  await newStore().prepare(source('2'));
  writeFileSync(path, makeZip([{ name: 'images/1.png', content: png(640, 480) }]));
  const store = newStore();
  const after = await store.prepare(source('1'));
  expect([before.width, after.width]).toEqual([600, 640]);
  expect(store.counts).toEqual({ decoded: 0, reused: 1 });
  await expect(store.prepare(source('2'))).rejects.toMatchObject({ code: 'image_missing' });
});

test('what cannot be read fails with zip and member', async () => {
  using folder = temporaryFolder();
  const { path, newStore, source } = data(folder.path);
  const store = newStore();
  for (const [name, code, message] of [
    ['absent', 'image_missing', /has no member images\/absent\.png/],
    ['cut', 'image_unreadable', /cannot be decoded/],
    ['empty', 'image_unreadable', /is empty/],
    ['damaged', 'image_unreadable', /checksum/],
  ] as const) {
    const error = (await store.prepare(source(name)).catch((thrown: unknown) => thrown)) as Error;
    expect(error).toMatchObject({ name: 'ImageError', code, message: expect.stringMatching(message) });
    expect(error.message).toContain(path);
    expect(error.message).toContain(`images/${name}.png`);
  }
  await expect(store.prepare({ path: `${path}.not`, member: 'a' })).rejects.toMatchObject({ code: 'image_missing' });
  writeFileSync(path, 'no zip file');
  await expect(store.prepare(source('1'))).rejects.toMatchObject({
    code: 'image_unreadable',
    message: expect.stringMatching(/data\.zip is not a whole zip file/),
  });
  expect(existsSync(join(folder.path, 'store', 'index.jsonl'))).toBe(false);
});

test('problems of one member are asked together, those of another apart', () => {
  const item = (id: string, member: string, prompt: string) => ({
    problem: { id, prompt, benchmark: 'x', images: [{ path: '/data.zip', member }] } as unknown as Problem,
    sample: 0,
  });
  const items = [item('1', 'a', 'short'), item('2', 'b', 'longer than'), item('3', 'a', 'the longest of all')];
  expect(orderItems(items).map(({ problem }) => problem.id)).toEqual(['1', '3', '2']);
});
