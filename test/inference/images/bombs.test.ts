import { spawnSync } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { ImageStore } from '../../../src/inference/images/image-store.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { bombs, png, pngChunk } from './bombs.ts';

const limits = { minPixels: 262_144, maxPixels: 1_003_520, maxImages: 10 };

test('small files that would become large are refused with their place, in little memory', {
  timeout: 60_000,
}, async () => {
  using folder = temporaryFolder();
  const sources = [];
  for (const { name, bytes, member } of bombs) {
    const path = join(folder.path, name);
    writeFileSync(path, await bytes());
    sources.push({ path, member });
  }
  const program = join(import.meta.dirname, 'prepare-all.ts');
  const store = join(folder.path, 'store');
  const words = ['--import', 'tsx', program, store, JSON.stringify(sources)];
  const { stdout, stderr } = spawnSync(process.execPath, words, { encoding: 'utf8' });
  expect(stderr).toBe('');
  const { ends, growthMb } = JSON.parse(stdout);
  for (const [index, { name, refusal }] of bombs.entries()) {
    expect(ends[index]).toEqual({
      name: 'ImageError',
      code: 'image_unreadable',
      message: expect.stringMatching(refusal),
    });
    expect(ends[index].message).toContain(join(folder.path, name));
  }
  expect(growthMb).toBeLessThan(256);
  expect(readdirSync(store)).toEqual([]);
});

test('a PNG is passed on with small texts, and without large ones', async () => {
  using folder = temporaryFolder();
  const store = new ImageStore({ folder: join(folder.path, 'store'), limits });
  for (const [length, chunks] of [
    [100_000, 1],
    [2_000_000, 1],
    [600_000, 2],
  ] as const) {
    const deflated = deflateSync(Buffer.alloc(length, 'text'));
    const international = pngChunk(
      'iTXt',
      Buffer.concat([Buffer.from('Title\0\u0001\0en\0Title\0', 'latin1'), deflated]),
    );
    const path = join(folder.path, `${length}.png`);
    const bytes = png(600, 600, { more: Array<Buffer>(chunks).fill(international) });
    writeFileSync(path, bytes);
    const prepared = await store.prepare({ path });
    const { comments, width } = await sharp(prepared.path).metadata();
    expect([width, comments?.length ?? 0]).toEqual([600, length === 100_000 ? 1 : 0]);
  }
});

test('damaged texts leave the picture as it is', async () => {
  using folder = temporaryFolder();
  const store = new ImageStore({ folder: join(folder.path, 'store'), limits });
  for (const data of ['', 'no end', 'name\0\0rubbish', 'a\0\u0001', 'a\0\u0001\0b']) {
    for (const type of ['zTXt', 'iTXt']) {
      const path = join(folder.path, `${type}-${data.length}.png`);
      writeFileSync(path, png(600, 600, { more: [pngChunk(type, Buffer.from(data, 'latin1'))] }));
      await expect(store.prepare({ path })).resolves.toMatchObject({ width: 600 });
    }
  }
});

test('many damaged texts that would become much are not all gone through', async () => {
  const deflated = deflateSync(Buffer.alloc(30_000_000));
  deflated[deflated.length - 1] = (deflated.at(-1) ?? 0) ^ 1;
  const damaged = pngChunk('zTXt', Buffer.concat([Buffer.from('name\0\0', 'latin1'), deflated]));
  using folder = temporaryFolder();
  const store = new ImageStore({ folder: join(folder.path, 'store'), limits });
  const path = join(folder.path, 'many.png');
  writeFileSync(path, png(600, 600, { more: [damaged] }));
  await expect(store.prepare({ path })).resolves.toMatchObject({ width: 600 });
  writeFileSync(path, png(600, 600, { more: Array<Buffer>(20).fill(damaged) }));
  await expect(store.prepare({ path })).rejects.toMatchObject({ message: expect.stringMatching(/texts or/) });
});

test('documents named as pictures are refused by what they are', async () => {
  using folder = temporaryFolder();
  const store = new ImageStore({ folder: join(folder.path, 'store'), limits });
  const documents: [string, RegExp][] = [
    ['<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>', /is an SVG drawing/],
    ['\ufeff<?xml version="1.0"?>\n<!-- x -->\n<svg width="9" height="9"/>', /is an SVG drawing/],
    ['<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY a "aaaa">]><svg/>', /is an SVG drawing/],
    ['<?xml version="1.0"?><rows/>', /is XML/],
    ['<!DOCTYPE html><html><body>404</body></html>', /is an HTML page/],
    ['<!-- x --><html></html>', /is an HTML page/],
    ['%PDF-1.7\n', /is a PDF document/],
    ['PK\u0003\u0004', /is a zip file/],
    ['version https://git-lfs.github.com/spec/v1\noid sha256:1', /is a Git LFS pointer/],
    ['P3 1 1 255 0 0 0', /is not an image in a known format/],
  ];
  for (const [index, [text, what]] of documents.entries()) {
    const path = join(folder.path, `${index}.png`);
    writeFileSync(path, text);
    const message = expect.stringMatching(what);
    await expect(store.prepare({ path })).rejects.toMatchObject({ code: 'image_unreadable', message });
  }
});
