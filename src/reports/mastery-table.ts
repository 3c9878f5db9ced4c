import type { CheckpointSummary } from '../core/summary.ts';
import { metricFigure } from './metric-figure.ts';
import { percent } from './percent.ts';
import { printableText } from './printable-text.ts';
import type { BarPart, Cell, Table } from './table-model.ts';

const kinds = ['cm', 'ig', 'rm', 'ik'] as const;
const titles = {
  cm: 'CM complete mastery',
  ig: 'IG inadequate generalisation',
  rm: 'RM rote memorisation',
  ik: 'IK insufficient knowledge',
} as const;

/**
 * How composites divide into mastered, not generalised, memorised and not known, each a share of all composites: a stacked
 * bar for every checkpoint by each measure.
 *
 * @returns undefined where the benchmark has no such figures
 */
export function masteryTable(
  benchmark: string,
  title: string,
  checkpoints: readonly CheckpointSummary[],
): Table | undefined {
  const rows = (['strict', 'loose'] as const).flatMap((measure) =>
    checkpoints.flatMap(({ name, benchmarks }) => {
      const summary = benchmarks[benchmark];
      const shares = kinds.map((kind) => (summary ? metricFigure(summary, [measure, kind])?.value : undefined) ?? null);
      const [cm = null, ig = null, , ik = null] = shares;
      if (cm === null || ig === null || ik === null) return [];
      // RM is published as a share of right wholes; what the others leave is its share of all composites.
      const parts = { cm, ig, rm: Math.max(0, 1 - cm - ig - ik), ik };
      return [{ name: `${printableText(name)} · ${measure}`, cells: cells(parts) }];
    }),
  );
  if (rows.length === 0) return undefined;
  return {
    caption: `How the composites of ${title} divide`,
    corner: 'Checkpoint',
    columns: [{ title: 'Share' }, ...kinds.map((kind) => ({ title: titles[kind], swatch: kind }))],
    rows,
  };
}

function cells(parts: Readonly<Record<(typeof kinds)[number], number>>): Cell[] {
  let x = 0;
  const bar = kinds.flatMap((kind): BarPart[] => {
    const part = { kind, x: Math.round(x * 1e4) / 100, width: Math.round(parts[kind] * 1e4) / 100 };
    x += parts[kind];
    return part.width === 0 ? [] : [part];
  });
  return [{ main: '', bar }, ...kinds.map((kind) => ({ main: percent(parts[kind]) }))];
}
