import type { CheckpointSummary, Metrics } from '../core/summary.ts';
import { percentText } from './percent.ts';
import { printableText } from './printable-text.ts';
import type { Table } from './table-model.ts';

/** Titles of the figures that benchmarks declare; another is shown by its own name. */
const titles: Readonly<Record<string, string>> = {
  average: 'Average',
  worst_case: 'Worst case',
  reasoning_robustness: 'Reasoning robustness',
  strict: 'Strict',
  loose: 'Loose',
  score: 'Score',
  ik: 'IK',
  ig: 'IG',
  cm: 'CM',
  rm: 'RM',
  one_step: 'One step',
  two_step: 'Two steps',
  three_step: 'Three steps',
  mean: 'Mean',
  pass_at_k: 'pass@k',
};

/** What a benchmark's own figures mean, for those that are present. */
const meanings: readonly (readonly [metric: string, meaning: string])[] = [
  ['average', 'Average: share of all variants that are right.'],
  ['worst_case', 'Worst case: share of questions with every selected variant right.'],
  ['reasoning_robustness', 'Reasoning robustness: worst case divided by average.'],
  [
    'strict',
    'IK, insufficient knowledge: a step and the whole are wrong. IG, inadequate generalisation: every step is right, the whole is wrong. CM, complete mastery: steps and whole are right. RM, rote memorisation: the whole is right without the steps, as a share of right wholes.',
  ],
  [
    'loose',
    'Strict asks for every step to be right, loose for at least one. The score is CM plus half of IG. Only composites whose steps were all asked count.',
  ],
  ['pass_at_k', 'pass@k: chance that at least one of k samples is right, estimated without bias.'],
];

interface MetricColumn {
  readonly group: string;
  readonly title: string;
  readonly path: readonly string[];
}

/** A benchmark's own figures, checkpoints × metrics. @returns undefined where it has none */
export function metricTable(
  benchmark: string,
  title: string,
  checkpoints: readonly CheckpointSummary[],
): { readonly table: Table; readonly meanings: readonly string[] } | undefined {
  const present = checkpoints.flatMap(({ name, benchmarks }) => {
    const metrics = benchmarks[benchmark]?.metrics;
    return metrics === undefined ? [] : [{ name, metrics }];
  });
  const columns = uniqueColumns(present.flatMap(({ metrics }) => listColumns(metrics)));
  if (columns.length === 0) return undefined;
  const names = new Set(columns.flatMap(({ path }) => path));
  return {
    table: {
      caption: `Figures of its own that ${title} declares`,
      corner: 'Checkpoint',
      ...(columns.some(({ group }) => group !== '') ? { groups: spans(columns) } : {}),
      columns: columns.map((column) => ({ title: column.title })),
      rows: present.map(({ name, metrics }) => ({
        name: printableText(name),
        cells: columns.map(({ path }) => ({ main: percentText(valueAt(metrics, path)) })),
      })),
    },
    meanings: meanings.flatMap(([metric, meaning]) => (names.has(metric) ? [meaning] : [])),
  };
}

function listColumns(metrics: Metrics, group = '', path: readonly string[] = []): MetricColumn[] {
  return Object.entries(metrics).flatMap(([name, value]) => {
    const here = [...path, name];
    const title = titles[name] ?? printableText(name);
    if (value !== null && typeof value === 'object') return listColumns(value, title, here);
    return [{ group, title, path: here }];
  });
}

function uniqueColumns(columns: readonly MetricColumn[]): MetricColumn[] {
  return [...new Map(columns.map((column) => [JSON.stringify(column.path), column])).values()];
}

function spans(columns: readonly MetricColumn[]): { title: string; span: number }[] {
  const groups: { title: string; span: number }[] = [];
  for (const { group } of columns) {
    const last = groups.at(-1);
    if (last?.title === group) last.span += 1;
    else groups.push({ title: group, span: 1 });
  }
  return groups;
}

function valueAt(metrics: Metrics, path: readonly string[]): number | null {
  let value: number | null | Metrics | undefined = metrics;
  for (const name of path) value = typeof value === 'object' && value !== null ? value[name] : null;
  return typeof value === 'number' ? value : null;
}
