/** A block never has more; RFC 8878, 3.1.1.2.4. */
const largestBlockBytes = 128 * 1024;

/** Writers may cut content into blocks that are not full, of which only the fullest length is known before decoding. */
const slackBytes = 8 * largestBlockBytes;

/**
 * Decompresses Zstandard content, of one or several frames.
 *
 * @param bytes - the length that is stated for the content
 * @throws {Error} where it is damaged, or could turn into more than four times what is stated
 */
export async function unpackZstd(compressed: Buffer, bytes: number): Promise<Buffer> {
  // The library takes memory as the content says; so what that can come to is added up before.
  if (mostBytes(compressed) > 4 * bytes + slackBytes)
    throw new Error('it turns into more than the bytes that it states');
  const { compressors } = await import('hyparquet-compressors');
  const content = compressors.ZSTD?.(compressed, bytes);
  if (content === undefined) throw new Error('no decoder for Zstandard is there');
  return Buffer.from(content.buffer, content.byteOffset, content.byteLength);
}

/**
 * The most that frames can turn into: each block at its stated length or, where it is compressed, as full.
 *
 * @throws {Error} where frames or blocks do not add up, or ask for a window above 128 MiB
 * @see RFC 8878, sections 3.1.1 and 3.1.2
 */
function mostBytes(compressed: Buffer): number {
  let total = 0;
  let at = 0;
  while (at < compressed.length) {
    const magic = compressed.readUInt32LE(at);
    if (magic >>> 4 === 0x184d2a5) {
      at += 8 + compressed.readUInt32LE(at + 4);
      continue;
    }
    if (magic !== 0xfd2fb528) throw new Error('it is not Zstandard content');
    const frame = readFrame(compressed, at + 4);
    total += frame.bytes;
    at = frame.end;
  }
  if (at > compressed.length) throw new Error('it ends too soon');
  return total;
}

function readFrame(compressed: Buffer, start: number): { bytes: number; end: number } {
  const descriptor = compressed.readUInt8(start);
  const isSingle = (descriptor & 32) !== 0;
  const dictionaryBytes = [0, 1, 2, 4][descriptor & 3] ?? 0;
  const sizeBytes = [isSingle ? 1 : 0, 2, 4, 8][descriptor >>> 6] ?? 0;
  let at = start + 1;
  if (!isSingle) {
    // The window's exponent stands in the upper five bits; 17 + 10 is 128 MiB.
    if (compressed.readUInt8(at) >>> 3 > 17) throw new Error('it asks for a window above 128 MiB');
    at += 1;
  }
  at += dictionaryBytes;
  const stated = sizeBytes === 0 ? 0 : compressed.readUIntLE(at, Math.min(sizeBytes, 6)) + (sizeBytes === 2 ? 256 : 0);
  at += sizeBytes;
  let bytes = 0;
  for (let isLast = false; !isLast; ) {
    const header = compressed.readUIntLE(at, 3);
    isLast = (header & 1) === 1;
    const kind = (header >>> 1) & 3;
    const size = header >>> 3;
    bytes += kind === 2 ? largestBlockBytes : size;
    at += 3 + (kind === 1 ? 1 : size);
  }
  return { bytes: Math.max(bytes, stated), end: at + ((descriptor & 4) !== 0 ? 4 : 0) };
}
