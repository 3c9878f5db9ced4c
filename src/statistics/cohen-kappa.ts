/**
 * Cohen's κ: agreement of two raters beyond chance, (p_o − p_e)/(1 − p_e).
 *
 * @param counts - square table; row by the first rater, column by the second
 * @returns NaN where chance alone would agree always
 * @see Cohen (1960), https://doi.org/10.1177/001316446002000104
 */
export function cohenKappa(counts: readonly (readonly number[])[]): number {
  const rows = counts.map((row) => row.reduce((sum, count) => sum + count, 0));
  const total = rows.reduce((sum, row) => sum + row, 0);
  let agreed = 0;
  let expected = 0;
  for (const [index, row] of counts.entries()) {
    agreed += (row[index] ?? 0) / total;
    const column = counts.reduce((sum, other) => sum + (other[index] ?? 0), 0);
    expected += ((rows[index] ?? 0) / total) * (column / total);
  }
  return expected === 1 ? Number.NaN : (agreed - expected) / (1 - expected);
}
