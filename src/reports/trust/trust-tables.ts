import type { GradingMode } from '../../core/grade.ts';
import type { CheckpointSummary } from '../../core/summary.ts';
import { emptyCounts } from '../../core/tally.ts';
import { countText, intervalText, percentText } from '../percent.ts';
import { printableText } from '../printable-text.ts';
import type { Cell, Table } from '../table-model.ts';
import { tallyCell } from '../tally-cell.ts';
import type { AnswerCount, AnswerCounts } from './answer-counts.ts';
import type { AuditRecord } from './audit-record.ts';

type TitleOf = (benchmark: string) => string;

/** What keeps figures from being settled, and what had no final answer, for every checkpoint over its benchmarks. */
export function boundsTable(checkpoints: readonly CheckpointSummary[]): Table {
  return {
    caption: 'What is not settled, over all benchmarks',
    corner: 'Checkpoint',
    columns: ['Graded by', 'Asked', 'No answer', 'Undecided', 'Timed out', 'Failed', 'Could raise accuracy by'].map(
      (title) => ({ title }),
    ),
    rows: checkpoints.map(({ name, grader, benchmarks }) => {
      const sum = emptyCounts();
      for (const tally of Object.values(benchmarks)) {
        for (const key of ['asked', 'no_answer', 'undecided', 'timeout', 'failed'] as const) sum[key] += tally[key];
      }
      const open = sum.undecided + sum.timeout + sum.failed;
      const share = (count: number): Cell =>
        count === 0 ? { main: '0' } : { main: countText(count), detail: percentText(count / sum.asked) };
      return {
        name: printableText(name),
        cells: [
          { main: printableText(grader) },
          { main: countText(sum.asked) },
          ...[sum.no_answer, sum.undecided, sum.timeout, sum.failed].map(share),
          { main: open === 0 ? 'nothing' : `${((open / sum.asked) * 100).toFixed(1)} points` },
        ],
      };
    }),
  };
}

/** Accuracy by every mode that a run was graded in. @returns undefined where there is only one */
export function modesTable(checkpoints: readonly CheckpointSummary[], titleOf: TitleOf): Table | undefined {
  const modes = [...new Set(checkpoints.map(({ mode }) => mode))];
  if (modes.length < 2) return undefined;
  const find = (name: string, mode: GradingMode) => checkpoints.find((one) => one.name === name && one.mode === mode);
  const names = [...new Set(checkpoints.map(({ name }) => name))];
  return {
    caption: 'The same answers by each way of grading',
    corner: 'Checkpoint and benchmark',
    columns: modes.map((mode) => ({ title: mode })),
    rows: names.flatMap((name) => {
      const found = modes.map((mode) => find(name, mode)?.benchmarks ?? {});
      return [...new Set(found.flatMap((benchmarks) => Object.keys(benchmarks)))].map((benchmark) => ({
        name: `${printableText(name)} · ${titleOf(benchmark)}`,
        cells: found.map((benchmarks) => tallyCell(benchmarks[benchmark], { count: true })),
      }));
    }),
  };
}

/** What judges said of verdicts that were drawn at random. @returns undefined where none were audited */
export function auditTable(audits: readonly AuditRecord[]): Table | undefined {
  if (audits.length === 0) return undefined;
  return {
    caption: 'Verdicts that a judge looked at again',
    corner: 'Checkpoint',
    columns: [
      'Judge',
      'Judged',
      'Agree',
      'Correct by the judge alone',
      'Correct by the rules alone',
      'Accuracy',
      'Corrected',
    ].map((title) => ({ title })),
    rows: audits.map((audit) => ({
      name: `${printableText(audit.name)} (${audit.mode})`,
      cells: [
        { main: printableText(audit.judge.model), ...(audit.judge.simulated ? { detail: 'simulated' } : {}) },
        {
          main: countText(audit.judged),
          ...(audit.unjudged > 0 ? { detail: `${countText(audit.unjudged)} unjudged` } : {}),
        },
        { main: percentText(audit.agreement), detail: intervalText(audit.agreement_interval) },
        { main: countText(audit.flips.to_correct) },
        { main: countText(audit.flips.to_incorrect) },
        { main: percentText(audit.accuracy) },
        { main: percentText(audit.corrected_accuracy), detail: intervalText(audit.corrected_interval) },
      ],
    })),
  };
}

/** Answers, how many were cut, and tokens. @returns undefined where the journals hold nothing */
export function answersTable({ benchmarks }: AnswerCounts, titleOf: TitleOf): Table | undefined {
  if (benchmarks.length === 0) return undefined;
  return {
    caption: 'Answers and what they cost',
    corner: 'Checkpoint and benchmark',
    columns: ['Answers', 'Cut off', 'Failed attempts', 'Prompt tokens', 'Answer tokens', 'Tokens per answer'].map(
      (title) => ({
        title,
      }),
    ),
    rows: benchmarks.map((count) => ({
      name: `${printableText(count.checkpoint)} · ${titleOf(count.name)}`,
      cells: [
        { main: countText(count.answers) },
        cutCell(count),
        { main: countText(count.failures) },
        ...tokenCells(count),
      ],
    })),
  };
}

function cutCell({ cut, answers }: AnswerCount): Cell {
  return cut === 0 ? { main: '0' } : { main: countText(cut), note: percentText(cut / answers) };
}

/** Tokens as the server counted them; one that does not count has dashes. */
function tokenCells({ answers, promptTokens, completionTokens }: AnswerCount): Cell[] {
  if (promptTokens + completionTokens === 0) return [{ main: '–' }, { main: '–' }, { main: '–' }];
  return [
    { main: countText(promptTokens) },
    { main: countText(completionTokens) },
    { main: countText(Math.round(completionTokens / Math.max(1, answers))) },
  ];
}

/** What every server did. @returns undefined for answers that were imported */
export function serversTable({ servers }: AnswerCounts): Table | undefined {
  if (servers.length === 0) return undefined;
  return {
    caption: 'What every server did',
    corner: 'Checkpoint and server',
    columns: [
      'Answers',
      'Failed attempts',
      'Answer tokens',
      'Seconds per answer',
      'Tokens per second of one request',
    ].map((title) => ({ title })),
    rows: servers.map((count) => {
      const { answers, failures, completionTokens, latencyMs } = count;
      const rate = latencyMs > 0 && completionTokens > 0 ? (completionTokens / latencyMs) * 1000 : undefined;
      return {
        name: `${printableText(count.checkpoint)} · ${printableText(count.name)}`,
        cells: [
          { main: countText(answers) },
          { main: countText(failures) },
          { main: completionTokens === 0 ? '–' : countText(completionTokens) },
          { main: answers === 0 ? '–' : (latencyMs / answers / 1000).toFixed(1) },
          { main: rate === undefined ? '–' : rate.toFixed(1) },
        ],
      };
    }),
  };
}
