import type { RunComparison } from '../analysis/compare/run-comparison.ts';
import { type GradingMode, gradingModes } from '../core/grade.ts';
import { encodeName } from '../core/run-directory.ts';
import type { RunRecord } from '../core/run-record.ts';
import type { Session } from '../core/session.ts';
import type { CheckpointSummary } from '../core/summary.ts';
import { type Banner, banners } from './banners.ts';
import { type ChartFigure, chartFigure, difficultyFigures, worstCaseFigure } from './chart-figure.ts';
import { type ComparisonSection, comparisonSection } from './comparison-section.ts';
import { type DifficultyTables, difficultyTables } from './difficulty-table.ts';
import { type FacetTables, facetTables } from './facet-tables.ts';
import { curveDescription, type LearningCurve, learningCurve } from './learning-curve.ts';
import { masteryTable } from './mastery-table.ts';
import { metricTable } from './metric-table.ts';
import { deltaToBase } from './overview-delta.ts';
import { overviewTable } from './overview-table.ts';
import { overviewVerdict } from './overview-verdict.ts';
import { countOf } from './percent.ts';
import { printableText } from './printable-text.ts';
import { type RunFacts, runFacts } from './run-facts.ts';
import type { Table } from './table-model.ts';
import { tallyCell } from './tally-cell.ts';
import { verdictTable } from './verdict-table.ts';

/** What the registry knows of a benchmark, by its name. */
export type BenchmarkTitles = Readonly<
  Record<string, { readonly title: string; readonly license: string; readonly url: string }>
>;

/** Everything that the report page shows; the template adds no figure of its own. */
export interface PageModel {
  readonly run: string;
  /** What the run says, in a sentence or two; empty where nothing has been graded. */
  readonly verdict: string;
  readonly lead: string;
  readonly banners: readonly Banner[];
  readonly overview: Table | undefined;
  readonly comparisons: readonly ComparisonSection[];
  /** Says that a comparison is not shown because it is of other grades; empty where there is none. */
  readonly outdated: string;
  readonly sections: readonly BenchmarkSection[];
  readonly facts: RunFacts;
  readonly generator: string;
}

export interface BenchmarkSection {
  readonly name: string;
  readonly title: string;
  /** Fragment of the page's address. */
  readonly anchor: string;
  readonly about: string;
  /** Where the benchmark comes from; only an https address. */
  readonly url: string | undefined;
  readonly curve: ChartFigure | undefined;
  /** Average against worst case, where the benchmark has variants. */
  readonly worstCase: ChartFigure | undefined;
  readonly verdicts: Table;
  readonly metrics: { readonly table: Table; readonly meanings: readonly string[] } | undefined;
  /** How We-Math's composites divide, by the strict and the loose measure. */
  readonly mastery: Table | undefined;
  readonly difficulty: DifficultyTables | undefined;
  readonly difficultyCharts: readonly ChartFigure[];
  readonly facets: FacetTables;
}

/** Comparisons of a run's checkpoints that are of the same grades as its summaries, and the modes of others. */
export interface Comparisons {
  readonly current: readonly RunComparison[];
  readonly outdated: readonly GradingMode[];
}

export function pageModel(options: {
  readonly record: RunRecord;
  readonly sessions: readonly Session[];
  readonly summaries: readonly CheckpointSummary[];
  readonly comparisons?: Comparisons;
  readonly titles: BenchmarkTitles;
  readonly generator: string;
}): PageModel {
  const { record, sessions, titles, comparisons } = options;
  const summaries = withDistinctNames(options.summaries);
  const asked = record.question.kind === 'asked' ? record.question.benchmarks.map(({ name }) => name) : [];
  const names = [...new Set([...asked, ...summaries.flatMap(({ benchmarks }) => Object.keys(benchmarks))])];
  const titleOf = (name: string) => printableText(titles[name]?.title ?? name);
  const benchmarks = names.map((name) => ({ name, title: titleOf(name) }));
  return {
    run: printableText(record.run),
    verdict: overviewVerdict(inFirstMode(options.summaries), comparisons?.current ?? [], titleOf),
    lead: lead(options.summaries, names.length),
    banners: banners(sessions, summaries, asked, titleOf),
    overview:
      summaries.length === 0
        ? undefined
        : overviewTable(summaries, benchmarks, (row, name) => {
            const summary = options.summaries[row];
            return summary === undefined
              ? {}
              : deltaToBase(summary, name, options.summaries, comparisons?.current ?? []);
          }),
    comparisons: (comparisons?.current ?? []).map((comparison, _, all) =>
      comparisonSection(comparison, { titleOf, alone: all.length === 1 }),
    ),
    outdated: outdatedSentence(comparisons?.outdated ?? []),
    sections: benchmarks
      .filter(({ name }) => summaries.some((summary) => summary.benchmarks[name] !== undefined))
      .map(({ name, title }) => section(name, title, { ...options, summaries }, inFirstMode(options.summaries))),
    facts: runFacts(record, sessions, titles),
    generator: printableText(options.generator),
  };
}

function outdatedSentence(modes: readonly GradingMode[]): string {
  if (modes.length === 0) return '';
  return `The comparison that was made (${modes.join(', ')}) is of other grades and is not shown: synthrl compare makes it anew.`;
}

/** A checkpoint that was graded in several ways stands there once for each, so its name says which. */
function withDistinctNames(summaries: readonly CheckpointSummary[]): CheckpointSummary[] {
  const names = summaries.map(({ name }) => name);
  return summaries.map((summary, at) => {
    const { name, mode } = summary;
    const alone = names.every((other, place) => other !== name || place === at);
    return alone ? summary : { ...summary, name: `${name} (${mode})` };
  });
}

/** One summary of each checkpoint, for a curve whose points are comparable as far as can be. */
export function inFirstMode(summaries: readonly CheckpointSummary[]): CheckpointSummary[] {
  const rank = ({ mode }: CheckpointSummary) => gradingModes.indexOf(mode);
  return summaries.filter(
    (summary) => !summaries.some((other) => other.name === summary.name && rank(other) < rank(summary)),
  );
}

function lead(summaries: readonly CheckpointSummary[], benchmarks: number): string {
  if (summaries.length === 0) return 'No checkpoint of this run has been graded yet.';
  const graders = [...new Set(summaries.map(({ grader }) => printableText(grader)))].join(' and ');
  const checkpoints = new Set(summaries.map(({ name }) => name)).size;
  return `${countOf(checkpoints, 'checkpoint')} on ${countOf(benchmarks, 'benchmark')}, graded by ${graders}.`;
}

function section(
  name: string,
  title: string,
  { record, summaries, titles }: Parameters<typeof pageModel>[0],
  drawn: readonly CheckpointSummary[],
): BenchmarkSection {
  const asked =
    record.question.kind === 'asked' ? record.question.benchmarks.find((each) => each.name === name) : undefined;
  const about = asked ? [`Selection ${printableText(asked.selection)}`, countOf(asked.problems, 'problem')] : [];
  const license = titles[name]?.license;
  const url = titles[name]?.url;
  const curve = learningCurve(name, drawn);
  return {
    name,
    title,
    anchor: `benchmark-${encodeName(name).replace(/[^\w-]/g, '-')}`,
    about: [...about, ...(license === undefined ? [] : [`licence ${printableText(license)}`])].join(' · '),
    url: url?.startsWith('https://') ? url : undefined,
    curve: curve && accuracyFigure(title, curve, name, summaries),
    worstCase: worstCaseFigure(name, title, drawn),
    verdicts: verdictTable(name, title, summaries),
    metrics: metricTable(name, title, summaries),
    mastery: masteryTable(name, title, summaries),
    difficulty: difficultyTables(name, summaries),
    difficultyCharts: difficultyFigures(name, title, drawn),
    facets: facetTables(name, summaries),
  };
}

/** The learning curve of one benchmark with the same figures as a table. */
export function accuracyFigure(
  title: string,
  curve: LearningCurve,
  name: string,
  summaries: readonly CheckpointSummary[],
): ChartFigure {
  const { axis, points, vertical } = curve;
  return chartFigure(
    { axis, vertical, series: [{ label: title, points }] },
    {
      id: name,
      title,
      alternative: curveDescription(title, curve),
      table: {
        caption: `Accuracy on ${title} by checkpoint`,
        corner: 'Checkpoint',
        columns: [{ title: 'Step' }, { title: 'Accuracy' }],
        rows: summaries.flatMap((summary) => {
          const tally = summary.benchmarks[name];
          if (tally === undefined) return [];
          const step = { main: summary.step === null ? '–' : String(summary.step) };
          return [{ name: printableText(summary.name), cells: [step, tallyCell(tally, { count: true })] }];
        }),
      },
    },
  );
}
