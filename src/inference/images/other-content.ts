/** Beginnings of what lies where an image should be, in lower case. */
const beginnings: readonly (readonly [start: string, what: string])[] = [
  ['%pdf-', 'is a PDF document'],
  ['pk\u0003\u0004', 'is a zip file'],
  ['version https://git-lfs', 'is a Git LFS pointer: the image itself was not downloaded'],
  ['<!doctype html', 'is an HTML page'],
  ['<html', 'is an HTML page'],
  ['<svg', 'is an SVG drawing, which is not sent as an image'],
];

/** What a file that is no image looks like, to follow its name. */
export function otherContent(bytes: Uint8Array): string {
  const start = new TextDecoder('utf-8').decode(bytes.subarray(0, 1000)).trimStart().toLowerCase();
  const known = beginnings.find(([beginning]) => start.startsWith(beginning));
  if (known) return known[1];
  if (start.startsWith('<?xml') || start.startsWith('<!')) return otherMarkup(start);
  return 'is not an image in a known format';
}

function otherMarkup(start: string): string {
  if (start.includes('<svg') || start.includes('doctype svg'))
    return 'is an SVG drawing, which is not sent as an image';
  return start.includes('<html') ? 'is an HTML page' : 'is XML, not an image';
}
