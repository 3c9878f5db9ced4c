import type { CheckpointSummary } from '../core/summary.ts';
import { commonCount } from './common-count.ts';
import { type MetricFigure, metricFigure, metricPaths, metricTitle } from './metric-figure.ts';
import { countText, intervalText, percentText } from './percent.ts';
import { printableText } from './printable-text.ts';
import type { Cell, Table } from './table-model.ts';

/** What a benchmark's own figures mean and what their n counts, for those that are present. */
const meanings: readonly (readonly [metric: string, meaning: string])[] = [
  ['average', 'Average: share of all variants that are right. n counts variants.'],
  ['worst_case', 'Worst case: share of questions with every selected variant right. n counts questions.'],
  ['reasoning_robustness', 'Reasoning robustness: worst case divided by average. n counts questions.'],
  [
    'strict',
    'IK, insufficient knowledge: a step and the whole are wrong. IG, inadequate generalisation: every step is right, the whole is wrong. CM, complete mastery: steps and whole are right. RM, rote memorisation: the whole is right without the steps, as a share of right wholes.',
  ],
  [
    'loose',
    'Strict asks for every step to be right, loose for at least one. The score is CM plus half of IG. Only composites whose steps were all asked count. n counts composites, for RM those with a right whole.',
  ],
  [
    'question_pair',
    'Question pairs: share of questions that are right on every figure of their set. Figures: share of figures of which every question is right. n counts questions and figures.',
  ],
  ['pass_at_k', 'pass@k: chance that at least one of k samples is right, estimated without bias. n counts problems.'],
];

/** A benchmark's own figures, metrics × checkpoints. @returns undefined where it has none */
export function metricTable(
  benchmark: string,
  title: string,
  checkpoints: readonly CheckpointSummary[],
): { readonly table: Table; readonly meanings: readonly string[] } | undefined {
  const present = checkpoints.flatMap(({ name, benchmarks }) => {
    const summary = benchmarks[benchmark];
    return summary === undefined ? [] : [{ name: printableText(name), summary }];
  });
  const all = present.flatMap(({ summary }) => metricPaths(summary.metrics));
  const paths = [...new Map(all.map((path) => [JSON.stringify(path), path])).values()];
  if (paths.length === 0) return undefined;
  const names = new Set(paths.flat());
  return {
    table: {
      caption: `Figures of its own that ${title} declares`,
      corner: 'Figure',
      columns: [{ title: 'n' }, ...present.map(({ name }) => ({ title: name }))],
      rows: paths.map((path) => ({
        name: metricTitle(path),
        cells: cells(present.map(({ summary }) => metricFigure(summary, path))),
      })),
    },
    meanings: meanings.flatMap(([metric, meaning]) => (names.has(metric) ? [meaning] : [])),
  };
}

/** The n that all share, then each figure with its interval, and with its own n where they differ. */
function cells(figures: readonly (MetricFigure | undefined)[]): Cell[] {
  const common = commonCount(figures.map((figure) => figure?.n));
  return [
    { main: common === undefined ? 'varies' : countText(common) },
    ...figures.map((figure): Cell => {
      if (figure === undefined) return { main: '–' };
      const count = common === undefined ? `n = ${countText(figure.n)}` : '';
      const detail = [intervalText(figure.interval), count].filter((part) => part !== '').join(' · ');
      return { main: percentText(figure.value), ...(detail === '' ? {} : { detail }) };
    }),
  ];
}
