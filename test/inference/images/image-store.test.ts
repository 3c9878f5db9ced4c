import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { afterAll, describe, expect, test } from 'vitest';
import { ImageError } from '../../../src/inference/images/image-error.ts';
import { ImageStore } from '../../../src/inference/images/image-store.ts';

const root = mkdtempSync(join(tmpdir(), 'synthrl-images-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const limits = { minPixels: 262_144, maxPixels: 1_003_520, maxImages: 10 };
let folders = 0;

function newStore(folder = join(root, `store-${folders++}`), over = {}): ImageStore {
  return new ImageStore({ folder, limits: { ...limits, ...over } });
}

function source(name: string, bytes: Uint8Array | string): { path: string } {
  const path = join(root, name);
  writeFileSync(path, bytes);
  return { path };
}

/** Left half red, right half blue, so that turning and stretching show. */
function halves(width: number, height: number, channels: 3 | 4 = 3): Sharp {
  const alpha = channels === 4 ? { alpha: 1 } : {};
  const blue = {
    create: { width: Math.ceil(width / 2), height, channels, background: { r: 0, g: 0, b: 255, ...alpha } },
  };
  return sharp({ create: { width, height, channels, background: { r: 255, g: 0, b: 0, ...alpha } } }).composite([
    { input: blue, left: Math.floor(width / 2), top: 0 },
  ]);
}

async function pixel(path: string, x: number, y: number): Promise<number[]> {
  const { data, info } = await sharp(path).raw().toBuffer({ resolveWithObject: true });
  return [...data.subarray((y * info.width + x) * info.channels, (y * info.width + x) * info.channels + info.channels)];
}

function isNear(actual: number[], expected: number[], by = 40): void {
  expect(actual.length).toBe(expected.length);
  for (const [index, value] of expected.entries())
    expect(Math.abs((actual[index] ?? 0) - value)).toBeLessThanOrEqual(by);
}

const transparent = { r: 0, g: 0, b: 0, alpha: 0 };
const blank = (width: number, height: number) => ({
  create: { width, height, channels: 4 as const, background: transparent },
});

describe('every kind of source becomes upright 8-bit RGB inside the limits', () => {
  const kinds: [name: string, bytes: () => Promise<Buffer>, width: number, height: number, left: number[]][] = [
    ['16-bit.png', () => halves(600, 600).toColourspace('rgb16').png().toBuffer(), 600, 600, [255, 0, 0]],
    ['cmyk.jpg', () => halves(600, 600).toColourspace('cmyk').jpeg().toBuffer(), 600, 600, [255, 0, 0]],
    ['grey.jpg', () => halves(600, 600).toColourspace('b-w').jpeg().toBuffer(), 600, 600, [127, 127, 127]],
    ['grey-alpha.png', () => sharp(blank(600, 600)).toColourspace('b-w').png().toBuffer(), 600, 600, [255, 255, 255]],
    ['palette-alpha.png', () => sharp(blank(600, 600)).png({ palette: true }).toBuffer(), 600, 600, [255, 255, 255]],
    ['alpha.png', () => sharp(blank(600, 600)).png().toBuffer(), 600, 600, [255, 255, 255]],
    ['a.gif', () => halves(600, 600).gif().toBuffer(), 600, 600, [255, 0, 0]],
    ['a.webp', () => halves(600, 600).webp().toBuffer(), 600, 600, [255, 0, 0]],
    ['a.tiff', () => halves(600, 600).tiff().toBuffer(), 600, 600, [255, 0, 0]],
    ['a.avif', () => halves(600, 600).avif({ effort: 0 }).toBuffer(), 600, 600, [255, 0, 0]],
    ['webp-named.jpg', () => halves(600, 600).webp().toBuffer(), 600, 600, [255, 0, 0]],
    ['no-extension', () => halves(600, 600).png().toBuffer(), 600, 600, [255, 0, 0]],
    ['small.png', () => halves(10, 10).png().toBuffer(), 512, 512, [255, 0, 0]],
    ['one-pixel.png', () => halves(1, 1).png().toBuffer(), 512, 512, [0, 0, 255]],
    ['large.png', () => halves(5000, 5000).png({ compressionLevel: 1 }).toBuffer(), 1001, 1001, [255, 0, 0]],
    ['wide.png', () => halves(2000, 500).png().toBuffer(), 2000, 500, [255, 0, 0]],
    ['thread.png', () => halves(8000, 4).png().toBuffer(), 8000, 40, [255, 0, 0]],
    // 6: the camera was turned; what lies left in the file is on top of the picture.
    ['turned.jpg', () => halves(600, 800).jpeg().withMetadata({ orientation: 6 }).toBuffer(), 800, 600, [255, 0, 0]],
  ];
  test.for(kinds)('%s', async ([name, bytes, width, height, left]) => {
    const prepared = await newStore().prepare(source(name, await bytes()));
    expect(prepared).toMatchObject({ width, height });
    const metadata = await sharp(prepared.path).metadata();
    expect(metadata).toMatchObject({ width, height, channels: 3, depth: 'uchar', space: 'srgb', hasAlpha: false });
    expect(`image/${metadata.format}`).toBe(prepared.mediaType);
    isNear(await pixel(prepared.path, Math.floor(width / 4), 1), left);
  });

  test('what was turned is turned back', async () => {
    const { path } = await newStore().prepare(
      source('turned-2.jpg', await halves(600, 800).jpeg().withMetadata({ orientation: 6 }).toBuffer()),
    );
    isNear(await pixel(path, 400, 20), [255, 0, 0]);
    isNear(await pixel(path, 400, 580), [0, 0, 255]);
  });

  test('an extreme shape gets white margins and at least 28 pixels', async () => {
    const thread = source('thread-2.png', await halves(8000, 4).png().toBuffer());
    const { path } = await newStore().prepare(thread);
    isNear(await pixel(path, 10, 1), [255, 0, 0]);
    isNear(await pixel(path, 10, 38), [255, 255, 255]);
    const tiny = await newStore(undefined, { minPixels: 1, maxPixels: 400 }).prepare(thread);
    expect(tiny).toMatchObject({ width: 5600, height: 28 });
  });
});

describe('bytes that already fit are passed on unchanged', () => {
  test.for(['jpeg', 'png'] as const)('%s', async (format) => {
    const bytes = await halves(700, 500).removeAlpha().toFormat(format).toBuffer();
    const prepared = await newStore().prepare(source(`plain-${format}`, bytes));
    expect(readFileSync(prepared.path).equals(bytes)).toBe(true);
    expect(prepared.mediaType).toBe(`image/${format}`);
  });
});

describe('what is no picture fails with a sentence that names the file', () => {
  const jpeg = () => halves(700, 500).jpeg().toBuffer();
  const bomb = () => {
    const header = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
    return sharp({ create: { width: 1, height: 1, channels: 3, background: 'red' } })
      .png()
      .toBuffer()
      .then((png) => {
        const chunk = Buffer.from(png.subarray(12, 29));
        chunk.writeUInt32BE(20_000, 4);
        chunk.writeUInt32BE(20_000, 8);
        const checksum = Buffer.alloc(4);
        checksum.writeUInt32BE(crc(chunk));
        return Buffer.concat([header.subarray(0, 12), chunk, checksum, png.subarray(33)]);
      });
  };
  const bad: [string, () => Promise<Buffer> | string, RegExp][] = [
    ['text.png', () => 'this is no picture', /not an image in a known format/],
    ['empty.png', () => '', /is empty/],
    ['picture.svg', () => '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>', /is an SVG drawing/],
    ['cut.jpg', async () => (await jpeg()).subarray(0, 3000), /cannot be decoded/],
    ['cut.png', async () => (await halves(700, 500).png().toBuffer()).subarray(0, 700), /cannot be decoded/],
    ['bomb.png', bomb, /too large: 20000 x 20000/],
  ];
  test.for(bad)('%s', async ([name, bytes, message]) => {
    const store = newStore();
    const error: unknown = await store.prepare(source(name, await bytes())).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ImageError);
    expect(error).toMatchObject({ code: 'image_unreadable', message: expect.stringMatching(message) });
    expect((error as Error).message).toContain(join(root, name));
    expect(readdirSync(store.folder)).toEqual([]);
  });

  test('absent, and a folder', async () => {
    mkdirSync(join(root, 'folder.png'));
    await expect(newStore().prepare({ path: join(root, 'absent.png') })).rejects.toMatchObject({
      code: 'image_missing',
    });
    await expect(newStore().prepare({ path: join(root, 'folder.png') })).rejects.toMatchObject({
      code: 'image_unreadable',
    });
  });
});

test('a folder that cannot be made is said', () => {
  const { path } = source('a-file', 'x');
  expect(() => newStore(join(path, 'store'))).toThrow(expect.objectContaining({ code: 'WRITE_FAILED' }));
});

describe('prepared once', () => {
  test('a second store on the folder neither decodes nor reads the source', async () => {
    const image = source('once.png', await halves(300, 300).png().toBuffer());
    utimesSync(image.path, 1_700_000_000, 1_700_000_000);
    const first = newStore(join(root, 'shared-1'));
    const prepared = await first.prepare(image);
    // Other bytes of the same length and time: whoever read them would notice.
    writeFileSync(image.path, Buffer.alloc(statSync(image.path).size));
    utimesSync(image.path, 1_700_000_000, 1_700_000_000);
    const second = newStore(join(root, 'shared-1'));
    expect(await second.prepare(image)).toEqual(prepared);
    expect([first.counts, second.counts]).toEqual([
      { decoded: 1, reused: 0 },
      { decoded: 0, reused: 1 },
    ]);
  });

  test('many callers, two names of one content', async () => {
    const bytes = await halves(300, 300).png().toBuffer();
    const [one, two] = [source('name-1.png', bytes), source('name-2.png', bytes)];
    const store = newStore();
    const all = await Promise.all(Array.from({ length: 20 }, (_, index) => store.prepare(index % 2 ? one : two)));
    expect(new Set(all.map(({ path }) => path)).size).toBe(1);
    expect(store.counts).toEqual({ decoded: 1, reused: 19 });
  });

  test('a changed source and other limits are other images', async () => {
    const folder = join(root, 'shared-2');
    const image = source('changed.png', await halves(300, 300).png().toBuffer());
    const before = await newStore(folder).prepare(image);
    source('changed.png', await halves(300, 200).png().toBuffer());
    const after = await newStore(folder).prepare(image);
    const smaller = await newStore(folder, { minPixels: 100 }).prepare(image);
    expect(new Set([before, after, smaller].map(({ sha256 }) => sha256)).size).toBe(3);
    expect(smaller).toMatchObject({ width: 300, height: 200 });
  });

  test('a damaged prepared file, a torn index line and a deleted index are mended', async () => {
    const folder = join(root, 'shared-3');
    const image = source('mended.png', await halves(300, 300).png().toBuffer());
    const prepared = await newStore(folder).prepare(image);
    truncateSync(prepared.path, 0);
    expect(await newStore(folder).prepare(image)).toEqual(prepared);
    expect(existsSync(prepared.path)).toBe(true);
    const index = join(folder, 'index.jsonl');
    writeFileSync(index, readFileSync(index).subarray(0, -9));
    const torn = newStore(folder);
    expect(await torn.prepare(image)).toEqual(prepared);
    rmSync(index);
    const without = newStore(folder);
    expect(await without.prepare(image)).toEqual(prepared);
    expect([torn.counts.decoded, without.counts.decoded]).toEqual([0, 0]);
    expect(await newStore(folder).prepare(image)).toEqual(prepared);
    rmSync(index);
    writeFileSync(prepared.path, 'rubbish');
    const mended = newStore(folder);
    expect(await mended.prepare(image)).toEqual(prepared);
    expect(mended.counts.decoded).toBe(1);
    expect((await sharp(prepared.path).metadata()).width).toBe(prepared.width);
  });
});

function crc(bytes: Buffer): number {
  let value = ~0;
  for (const byte of bytes) {
    value ^= byte;
    for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  }
  return ~value >>> 0;
}
