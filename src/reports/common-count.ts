/** The one number that all counts are, those left out that are undefined; undefined where they differ or are none. */
export function commonCount(counts: readonly (number | undefined)[]): number | undefined {
  const different = new Set(counts.filter((count) => count !== undefined));
  const [first] = different;
  return different.size === 1 ? first : undefined;
}
