import { relative } from 'node:path';
import { ratingFacts } from '../difficulty/describe-ratings.ts';
import { ratingSetToJson } from '../difficulty/files/rating-set-json.ts';
import { bucketNames } from '../difficulty/ratings/bucket.ts';
import type { BucketShares, LeftOutShares } from '../difficulty/responses/leave-one-out.ts';
import { settledSamples } from '../difficulty/responses/response-matrix.ts';
import { displayWidth, padToWidth } from '../reports/display-width.ts';
import { countOf, percent } from '../reports/percent.ts';
import { printableText } from '../reports/printable-text.ts';
import type { GatheredRuns } from './gather-runs.ts';
import type { BenchmarkFromRuns, ComparedViews } from './rate-from-runs.ts';
import type { Terminal } from './terminal.ts';

/** Prints what ratings from responses amount to, in words and tables or as one JSON object. */
export function showResponseRatings(options: {
  readonly gathered: GatheredRuns;
  readonly rated: readonly BenchmarkFromRuns[];
  readonly json: boolean;
  readonly terminal: Terminal;
}): void {
  const { gathered, rated, terminal } = options;
  if (options.json) {
    const { runs, notes } = gathered;
    terminal.print(JSON.stringify({ runs, benchmarks: rated.map(benchmarkJson), notes }));
    return;
  }
  terminal.print(rated.map((one) => benchmarkText(one).join('\n')).join('\n\n'));
  for (const note of new Set([...gathered.notes, ...rated.flatMap(({ set }) => set.notes)])) {
    terminal.note(printableText(note));
  }
}

function benchmarkJson({ set, matrix, complete, agreement, leftOut, files }: BenchmarkFromRuns): object {
  const { medianSe, ...facts } = ratingFacts(set.ratings, set.cuts);
  const { benchmark, method, prior, cuts, notes } = set;
  const { ratings } = JSON.parse(ratingSetToJson(set)) as { ratings: unknown };
  return {
    benchmark,
    method,
    prior,
    cuts,
    ...facts,
    median_se: medianSe,
    checkpoints: matrix.takers,
    answers: settledSamples(matrix),
    complete,
    agreement: agreement.map(({ between, agreement: { quarterKappa, ...figures } }) => ({
      between,
      ...figures,
      quarter_kappa: quarterKappa,
    })),
    leave_one_out: leftOut?.map(({ taker, own, others }) => ({ checkpoint: taker, own, others })) ?? null,
    notes,
    files,
    ratings,
  };
}

function benchmarkText(one: BenchmarkFromRuns): string[] {
  const { set, matrix } = one;
  const facts = ratingFacts(set.ratings, set.cuts);
  const { easy, medium, hard } = facts.buckets;
  const lines = [
    `${set.benchmark}: ${countOf(facts.problems, 'problem')} rated by ${set.method} from ${countOf(matrix.takers.length, 'checkpoint')}, ${countOf(settledSamples(matrix), 'answer')}${one.complete ? '' : ' (not all answered all)'}`,
    `spread ${facts.spread.toFixed(0)} Elo, median standard error ${facts.medianSe.toFixed(0)}`,
    `${easy} easy, ${medium} medium, ${hard} hard (cuts ${set.cuts.easy} and ${set.cuts.hard}); ${facts.unsure} could be in another bucket`,
    ...one.files.map((file) => `wrote ${relative(process.cwd(), file)}`),
  ];
  if (one.agreement.length > 0) lines.push('', ...agreementText(one.agreement));
  if (one.leftOut) lines.push('', ...leftOutText(one.leftOut));
  return lines;
}

function agreementText(compared: readonly ComparedViews[]): string[] {
  const figure = (value: number | null) => (value === null ? '–' : value.toFixed(2));
  const rows = compared.map(({ between, agreement }) => [
    between.join(' × '),
    String(agreement.n),
    figure(agreement.spearman),
    figure(agreement.kendall),
    figure(agreement.kappa),
    figure(agreement.quarterKappa),
  ]);
  const lines = alignedRows([['agreement', 'n', 'Spearman', 'Kendall', 'κ buckets', 'κ quarters'], ...rows]);
  for (const { between, agreement } of compared) {
    const { rows: names, columns, counts } = agreement.confusion;
    const [down = '', across = ''] = between;
    const table = names.map((name, row) => [name, ...(counts[row] ?? []).map(String)]);
    lines.push('', `${down} (rows), ${across} (columns)`, ...alignedRows([['', ...columns], ...table]));
  }
  return lines;
}

/** Each checkpoint's accuracy by bucket where it helped to make the buckets, and where it was left out. */
function leftOutText(leftOut: readonly LeftOutShares[]): string[] {
  const share = (shares: BucketShares | undefined, bucket: (typeof bucketNames)[number]) => {
    const accuracy = shares?.[bucket].accuracy ?? null;
    return accuracy === null ? '–' : percent(accuracy);
  };
  const rows = leftOut.map(({ taker, own, others }) => [
    taker,
    ...bucketNames.flatMap((bucket) => [share(own, bucket), share(others, bucket)]),
  ]);
  const title = ['accuracy, %', ...bucketNames.flatMap((bucket) => [bucket, 'left out'])];
  return [
    ...alignedRows([title, ...rows]),
    'Left out: the buckets are made by the others only, as they must be for a checkpoint to be scored on them.',
  ];
}

/** First column to the left, figures to the right. */
function alignedRows(rows: readonly (readonly string[])[]): string[] {
  const texts = rows.map((row) => row.map(printableText));
  const widths = (texts[0] ?? []).map((_, column) => Math.max(...texts.map((row) => displayWidth(row[column] ?? ''))));
  return texts.map((row) =>
    row
      .map((text, column) => {
        const width = widths[column] ?? 0;
        return column === 0 ? padToWidth(text, width) : ' '.repeat(width - displayWidth(text)) + text;
      })
      .join('   ')
      .trimEnd(),
  );
}
