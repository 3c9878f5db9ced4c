/**
 * Covariance of several pooled means that are taken over the same clusters of observations:
 *
 *     Σ_ij = G/(G−1) × Σ_g (S_gi − n_g m_i)(S_gj − n_g m_j) / n²    over G clusters (CR1)
 *
 * with S_gi the sum of quantity i in cluster g, n_g its size and m_i the mean. The variance of a difference of two of
 * them, Σ_ii + Σ_jj − 2 Σ_ij, is that of their paired difference.
 *
 * @param sums - per quantity, its sum in each cluster
 * @param sizes - observations in each cluster
 * @returns row by row, sums.length squared; zeros for a single cluster, which says nothing about the spread
 * @see Liang, Zeger (1986), https://doi.org/10.1093/biomet/73.1.13
 */
export function clusteredCovariance(sums: readonly Float64Array[], sizes: Float64Array): Float64Array {
  const [width, count] = [sums.length, sizes.length];
  const n = sizes.reduce((total, size) => total + size, 0);
  const covariance = new Float64Array(width * width);
  if (count < 2) return covariance;
  const residuals = sums.map((sum) => {
    const mean = sum.reduce((total, value) => total + value, 0) / n;
    return sum.map((value, cluster) => value - (sizes[cluster] ?? 0) * mean);
  });
  const factor = count / (count - 1) / (n * n);
  for (const [row, left] of residuals.entries()) {
    for (const [column, right] of residuals.entries()) {
      if (column > row) break;
      let product = 0;
      for (let cluster = 0; cluster < count; cluster += 1) product += (left[cluster] ?? 0) * (right[cluster] ?? 0);
      covariance[row * width + column] = factor * product;
      covariance[column * width + row] = factor * product;
    }
  }
  return covariance;
}
