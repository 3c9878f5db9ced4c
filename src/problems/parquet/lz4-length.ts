/**
 * Bytes that a raw LZ4 block gives, found without making them; undefined where it is no whole block or gives more
 * than `most`. A decoder that trusts lengths may run on a block that passed.
 */
export function lz4Length(block: Uint8Array, most: number): number | undefined {
  let made = 0;
  let at = 0;
  const run = (nibble: number): number => {
    let length = nibble;
    for (let byte = nibble === 15 ? 255 : 0; byte === 255; ) {
      byte = block[at] ?? Number.NaN;
      at += 1;
      length += byte;
    }
    return length;
  };
  while (at < block.length) {
    const token = block[at] ?? 0;
    at += 1;
    const literals = run(token >> 4);
    made += literals;
    at += literals;
    if (!(made <= most && at <= block.length)) return undefined;
    if (at === block.length) return made;
    const back = (block[at] ?? Number.NaN) + (block[at + 1] ?? Number.NaN) * 256;
    at += 2;
    if (!(back > 0 && back <= made)) return undefined;
    made += run(token & 15) + 4;
    if (!(made <= most)) return undefined;
  }
  return undefined;
}
