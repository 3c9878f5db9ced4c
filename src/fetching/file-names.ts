/**
 * Whether a name from a hub's listing is a place inside the folder that it is written to, on every system: no way up,
 * no absolute or drive path, no name that the fetch keeps for itself.
 */
export function isSafeName(name: string): boolean {
  if (name === '' || name.length > 1000) return false;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for.
  if (/[\u0000-\u001f\u007f\\:*?"<>|]/.test(name)) return false;
  const parts = name.split('/');
  return parts.every((part) => part !== '' && part !== '.' && part !== '..') && !isReserved(parts);
}

function isReserved([first = '']: readonly string[]): boolean {
  return ['.fetching', 'fetched.json'].includes(first.toLowerCase());
}

/** Whether a name fits a pattern in which `*` stands for anything but `/`. */
export function fitsPattern(name: string, pattern: string): boolean {
  const parts = name.split('/');
  const patterns = pattern.split('/');
  return parts.length === patterns.length && parts.every((part, index) => fitsPart(part, patterns[index] ?? ''));
}

function fitsPart(part: string, pattern: string): boolean {
  const [start = '', ...rest] = pattern.split('*');
  const end = rest.pop();
  if (end === undefined) return part === start;
  if (!part.startsWith(start) || !part.endsWith(end) || part.length < start.length + end.length) return false;
  let at = start.length;
  for (const piece of rest) {
    const found = part.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return at <= part.length - end.length;
}
