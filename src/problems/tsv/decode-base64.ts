/**
 * The bytes that base64 text stands for; undefined where it is something else. White space and the prefix of a `data:`
 * address are passed over; padding may be missing, as it may in Python's writers.
 */
export function decodeBase64(text: string): Buffer | undefined {
  const comma = text.slice(0, 5).toLowerCase() === 'data:' ? text.slice(0, 200).indexOf(',') : -1;
  if (comma >= 0 && !text.slice(0, comma).toLowerCase().endsWith(';base64')) return undefined;
  const body = text.slice(comma + 1);
  return decodeDense(body) ?? decodeDense(body.replaceAll(/\s+/g, ''));
}

/** Node passes over what is not base64, so that fewer bytes come back than the characters make. */
function decodeDense(text: string): Buffer | undefined {
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  const characters = text.length - padding;
  const bytes = Buffer.from(text, 'base64');
  const isWhole = characters % 4 !== 1 && bytes.length === Math.floor((characters * 3) / 4);
  return isWhole ? bytes : undefined;
}
