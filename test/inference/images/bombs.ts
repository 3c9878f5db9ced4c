import { crc32, deflateRawSync, deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { makeZip } from '../../problems/zip/make-zip.ts';

/** Bytes that are small and would become very large, and what the refusal says. */
export interface Bomb {
  readonly name: string;
  readonly bytes: () => Promise<Buffer> | Buffer;
  readonly member?: string;
  readonly refusal: RegExp;
}

export function pngChunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}

/** An RGB picture of zeros; `more` are chunks before its content, `rows` how many rows there really are. */
export function png(width: number, height: number, options: { more?: Buffer[]; rows?: number } = {}): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2], 8);
  const content = deflateSync(Buffer.alloc((options.rows ?? height) * (width * 3 + 1)));
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    pngChunk('IHDR', header),
    ...(options.more ?? []),
    pngChunk('IDAT', content),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
}

/** A text or profile chunk that inflates to this many zeros. */
function zeroChunk(type: 'zTXt' | 'iCCP', length: number): Buffer {
  return pngChunk(type, Buffer.concat([Buffer.from('name\0\0', 'latin1'), deflateSync(Buffer.alloc(length))]));
}

const small = () => sharp({ create: { width: 60, height: 40, channels: 3, background: 'red' } });

async function jpeg(): Promise<Buffer> {
  const bytes = await small().jpeg().toBuffer();
  const frame = bytes.indexOf(Buffer.from([0xff, 0xc0]));
  bytes.writeUInt16BE(65_500, frame + 5);
  bytes.writeUInt16BE(65_500, frame + 7);
  return bytes;
}

/** Frames of the given side, of which only the first pixel is there, in two colours. */
function gif(side: number, frames: number): Buffer {
  const head = Buffer.from('GIF89a\0\0\0\0\x80\0\0\0\0\0\xff\xff\xff', 'latin1');
  const frame = Buffer.from('21f90400010000002c000000000000000000020244010' + '0', 'hex');
  for (const [bytes, at] of [
    [head, 6],
    [frame, 13],
  ] as const) {
    bytes.writeUInt16LE(side, at);
    bytes.writeUInt16LE(side, at + 2);
  }
  return Buffer.concat([head, ...Array<Buffer>(frames).fill(frame), Buffer.from(';')]);
}

async function webp(): Promise<Buffer> {
  const bytes = await small().webp().toBuffer();
  const key = bytes.indexOf(Buffer.from([0x9d, 0x01, 0x2a]));
  bytes.writeUInt16LE(16_383, key + 3);
  bytes.writeUInt16LE(16_383, key + 5);
  return bytes;
}

async function tiff(): Promise<Buffer> {
  const bytes = await small().tiff({ compression: 'deflate' }).toBuffer();
  const at = bytes.readUInt32LE(4);
  for (let entry = at + 2; entry < at + 2 + 12 * bytes.readUInt16LE(at); entry += 12) {
    const tag = bytes.readUInt16LE(entry);
    if (tag === 256 || tag === 257) {
      bytes.writeUInt16LE(4, entry + 2);
      bytes.writeUInt32LE(40_000, entry + 8);
    }
  }
  return bytes;
}

const zeros = 100_000_000;

export const bombs: readonly Bomb[] = [
  { name: 'declared.png', bytes: () => png(40_000, 40_000, { rows: 1 }), refusal: /too large: 40000 x 40000/ },
  { name: 'declared.jpg', bytes: jpeg, refusal: /too large: 65500 x 65500/ },
  { name: 'declared.gif', bytes: () => gif(65_535, 1), refusal: /too large: 65535 x 65535/ },
  { name: 'declared.webp', bytes: webp, refusal: /too large: 16383 x 16383/ },
  { name: 'declared.tiff', bytes: tiff, refusal: /too large: 40000 x 40000/ },
  { name: 'frames.gif', bytes: () => gif(1, 5000), refusal: /has 5000 frames/ },
  { name: 'text.png', bytes: () => png(600, 600, { more: [zeroChunk('zTXt', zeros)] }), refusal: /texts or/ },
  { name: 'profile.png', bytes: () => png(600, 600, { more: [zeroChunk('iCCP', zeros)] }), refusal: /texts or/ },
  {
    name: 'zeros.zip',
    member: 'images/1.png',
    bytes: () => makeZip([{ name: 'images/1.png', content: Buffer.alloc(2 * zeros) }]),
    refusal: /images\/1\.png in .*zeros\.zip is too large: 200000000 bytes/,
  },
  {
    name: 'lying.zip',
    member: 'images/1.png',
    bytes: () =>
      makeZip([{ name: 'images/1.png', content: '', bytes: 100_000, compressed: deflateRawSync(Buffer.alloc(zeros)) }]),
    refusal: /lying\.zip has the member "images\/1\.png", which is damaged/,
  },
  {
    name: 'zeros-below.zip',
    member: 'images/1.png',
    bytes: () => makeZip([{ name: 'images/1.png', content: Buffer.alloc(zeros / 2) }]),
    refusal: /images\/1\.png in .*zeros-below\.zip is not an image/,
  },
];
