import type { GradingMode } from '../core/grade.ts';
import type { RunRecord } from '../core/run-record.ts';
import type { Session } from '../core/session.ts';
import type { CheckpointSummary } from '../core/summary.ts';
import { type Banner, banners } from './banners.ts';
import { type ChartFigure, chartFigure } from './chart-figure.ts';
import { accuracyOn, curveChart } from './learning-curve.ts';
import { deltaToBase } from './overview-delta.ts';
import { overviewTable } from './overview-table.ts';
import { overviewVerdict } from './overview-verdict.ts';
import { type BenchmarkTitles, type Comparisons, inFirstMode } from './page-model.ts';
import { countOf } from './percent.ts';
import { printableText } from './printable-text.ts';
import type { Table } from './table-model.ts';

/** One of the runs that a page shows side by side. */
export interface ShownRun {
  readonly record: RunRecord;
  readonly sessions: readonly Session[];
  readonly summaries: readonly CheckpointSummary[];
  readonly comparisons?: Comparisons;
}

/** What the page about several runs shows. */
export interface RunsModel {
  readonly run: string;
  readonly generator: string;
  readonly lead: string;
  /** Each run's verdict, with the place of its own page relative to this one. */
  readonly runs: readonly { readonly name: string; readonly verdict: string; readonly page: string }[];
  readonly banners: readonly Banner[];
  /** What keeps the runs from being comparable; whole sentences. */
  readonly notes: readonly string[];
  readonly overview: Table | undefined;
  readonly figures: readonly ChartFigure[];
}

/** @param pages - of each run's own report, relative to this page */
export function runsModel(options: {
  readonly runs: readonly ShownRun[];
  readonly pages: readonly string[];
  readonly titles: BenchmarkTitles;
  readonly generator: string;
}): RunsModel {
  const { runs, titles } = options;
  const titleOf = (name: string) => printableText(titles[name]?.title ?? name);
  const shown = runs.map(({ summaries, ...run }) => ({ ...run, summaries: inFirstMode(summaries) }));
  const names = [...new Set(shown.flatMap(({ summaries }) => summaries.flatMap((one) => Object.keys(one.benchmarks))))];
  const rows = shown.flatMap((run) => run.summaries.map((summary) => ({ run, summary })));
  return {
    run: runs.map(({ record }) => printableText(record.run)).join(' and '),
    generator: printableText(options.generator),
    lead: `${countOf(rows.length, 'checkpoint')} of ${countOf(runs.length, 'run')} on ${countOf(names.length, 'benchmark')}.`,
    runs: shown.map(({ record, summaries, comparisons }, place) => ({
      name: printableText(record.run),
      verdict:
        overviewVerdict(summaries, comparisons?.current ?? [], titleOf) ||
        'No checkpoint of this run has been graded yet.',
      page: options.pages[place] ?? '',
    })),
    banners: shown.flatMap(({ record, sessions, summaries }) =>
      banners(sessions, summaries, askedNames(record), titleOf).map((banner) => ({
        ...banner,
        text: `${printableText(record.run)}: ${banner.text}`,
      })),
    ),
    notes: notesOf(shown, names, titleOf),
    overview:
      rows.length === 0
        ? undefined
        : overviewTable(
            rows.map(({ run, summary }) => ({ ...summary, name: `${run.record.run} · ${summary.name}` })),
            names.map((name) => ({ name, title: titleOf(name) })),
            (row, name) => {
              const at = rows[row];
              if (at === undefined) return {};
              return deltaToBase(at.summary, name, at.run.summaries, at.run.comparisons?.current ?? []);
            },
          ),
    figures: names.flatMap((name) => {
      const chart = curveChart(
        shown.map(({ record, summaries }) => ({
          label: printableText(record.run),
          checkpoints: summaries,
          pick: accuracyOn(name),
        })),
      );
      return chart === undefined ? [] : [chartFigure(chart, { id: name, title: titleOf(name) })];
    }),
  };
}

function askedNames({ question }: RunRecord): string[] {
  return question.kind === 'asked' ? question.benchmarks.map(({ name }) => name) : [];
}

function notesOf(runs: readonly ShownRun[], names: readonly string[], titleOf: (name: string) => string): string[] {
  const notes: string[] = [];
  for (const name of names) {
    const hashes = runs.flatMap(({ record: { question } }) =>
      question.kind === 'asked'
        ? question.benchmarks.filter((one) => one.name === name).map((one) => one.dataHash)
        : [],
    );
    if (new Set(hashes).size > 1) notes.push(`The runs were asked different problems of ${titleOf(name)}.`);
  }
  const questions = runs.flatMap(({ record: { question } }) =>
    question.kind === 'asked'
      ? [JSON.stringify([question.prompt, question.sampling, question.images, question.repeat])]
      : [],
  );
  if (new Set(questions).size > 1) notes.push('The runs were asked with different prompts, images or sampling.');
  const modes = new Set<GradingMode>(runs.flatMap(({ summaries }) => summaries.map(({ mode }) => mode)));
  const graders = new Set(runs.flatMap(({ summaries }) => summaries.map(({ grader }) => printableText(grader))));
  if (modes.size > 1 || graders.size > 1) notes.push(`The runs were graded differently: ${[...graders].join(', ')}.`);
  return notes;
}
