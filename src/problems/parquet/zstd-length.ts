/** Magic number, descriptor, window, dictionary, content size. */
const longestHeader = 18;

/** The content's length that the header of a Zstandard frame declares; undefined where it declares none. */
export function zstdLength(frame: Uint8Array): number | undefined {
  const header = new Uint8Array(longestHeader);
  header.set(frame.subarray(0, longestHeader));
  const view = new DataView(header.buffer);
  if (view.getUint32(0, true) !== 0xfd2fb528) return undefined;
  const descriptor = view.getUint8(4);
  const isSingleSegment = (descriptor & 0x20) !== 0;
  const dictionaryBytes = [0, 1, 2, 4][descriptor & 3] ?? 0;
  const at = 5 + (isSingleSegment ? 0 : 1) + dictionaryBytes;
  const size = descriptor >> 6;
  if (size === 0) return isSingleSegment ? view.getUint8(at) : undefined;
  if (size === 1) return view.getUint16(at, true) + 256;
  return size === 2 ? view.getUint32(at, true) : Number(view.getBigUint64(at, true));
}
