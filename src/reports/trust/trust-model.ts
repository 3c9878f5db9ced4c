import type { RunRecord } from '../../core/run-record.ts';
import type { Session } from '../../core/session.ts';
import type { CheckpointSummary } from '../../core/summary.ts';
import { type Banner, banners } from '../banners.ts';
import type { BenchmarkTitles } from '../page-model.ts';
import { countOf, countText, percentText } from '../percent.ts';
import { printableText } from '../printable-text.ts';
import { type RunFacts, runFacts } from '../run-facts.ts';
import type { Table } from '../table-model.ts';
import type { AnswerCounts } from './answer-counts.ts';
import type { AuditRecord } from './audit-record.ts';
import { answersTable, auditTable, boundsTable, modesTable, serversTable } from './trust-tables.ts';

/** What the trust page shows: how far the figures can be relied on, and what they were made with. */
export interface TrustModel {
  readonly run: string;
  readonly generator: string;
  readonly lead: string;
  readonly banners: readonly Banner[];
  readonly sections: readonly TrustSection[];
  readonly facts: RunFacts;
}

/** A table with what it says in words. */
export interface TrustSection {
  readonly anchor: string;
  readonly title: string;
  readonly text: string;
  readonly table: Table | undefined;
}

export function trustModel(options: {
  readonly record: RunRecord;
  readonly sessions: readonly Session[];
  readonly summaries: readonly CheckpointSummary[];
  readonly titles: BenchmarkTitles;
  readonly generator: string;
  readonly audits?: readonly AuditRecord[];
  /** Absent where the journals were not read. */
  readonly answers?: AnswerCounts;
}): TrustModel {
  const { record, sessions, summaries, titles, answers } = options;
  const asked = record.question.kind === 'asked' ? record.question.benchmarks.map(({ name }) => name) : [];
  const titleOf = (name: string) => printableText(titles[name]?.title ?? name);
  const modes = modesTable(summaries, titleOf);
  const audit = auditTable(options.audits ?? []);
  return {
    run: printableText(record.run),
    generator: printableText(options.generator),
    lead: lead(summaries),
    banners: banners(sessions, summaries, asked, titleOf),
    sections: [
      {
        anchor: 'bounds',
        title: 'Failures and bounds',
        text: 'Everything that was asked counts. No answer: a response in which no final answer was found; it counts as wrong. What is undecided, timed out or failed counts as wrong in the accuracy and as right in what the accuracy may still rise to.',
        table: summaries.length === 0 ? undefined : boundsTable(summaries),
      },
      ...(answers === undefined ? [] : answerSections(answers, titleOf)),
      {
        anchor: 'modes',
        title: 'Ways of grading',
        text:
          modes === undefined
            ? 'The run was graded in one way only.'
            : 'Differences are those of the graders: the answers are the same.',
        table: modes,
      },
      {
        anchor: 'audit',
        title: 'Judge against rules',
        text:
          audit === undefined
            ? 'No verdicts were audited by a judge.'
            : 'Verdicts drawn at random that a judge was asked about. Corrected is what the accuracy would be by the judge, as far as these tell.',
        table: audit,
      },
    ],
    facts: runFacts(record, sessions, titles),
  };
}

function lead(summaries: readonly CheckpointSummary[]): string {
  if (summaries.length === 0) return 'No checkpoint of this run has been graded yet.';
  const tallies = summaries.flatMap(({ benchmarks }) => Object.values(benchmarks));
  const total = tallies.reduce((sum, { asked }) => sum + asked, 0);
  const open = tallies.reduce((sum, { undecided, timeout, failed }) => sum + undecided + timeout + failed, 0);
  if (open === 0) return `Every one of ${countOf(total, 'sample')} has a settled verdict.`;
  return `${countText(open)} of ${countOf(total, 'sample')} (${percentText(open / total)}) ${open === 1 ? 'has' : 'have'} no settled verdict.`;
}

function answerSections(answers: AnswerCounts, titleOf: (name: string) => string): TrustSection[] {
  const total = answers.benchmarks.reduce((sum, count) => sum + count.answers, 0);
  const cut = answers.benchmarks.reduce((sum, count) => sum + count.cut, 0);
  const errors = answers.errors.slice(0, 8).map(({ code, count }) => `${printableText(code)} ${countText(count)}`);
  const attempts = errors.length === 0 ? '' : ` Attempts that failed, by cause: ${errors.join(', ')}.`;
  const share =
    cut === 0
      ? 'No answer was cut at the longest length allowed.'
      : `${countText(cut)} of ${countOf(total, 'answer')} (${percentText(cut / total)}) ${cut === 1 ? 'was' : 'were'} cut at the longest length allowed.`;
  const servers = serversTable(answers);
  return [
    { anchor: 'answers', title: 'Answers and tokens', text: share + attempts, table: answersTable(answers, titleOf) },
    ...(servers === undefined
      ? []
      : [
          {
            anchor: 'servers',
            title: 'Servers',
            text: 'Times are from dispatch to the end of one request; requests run side by side, so that a server as a whole is faster than one of them.',
            table: servers,
          },
        ]),
  ];
}
