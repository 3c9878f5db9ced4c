import { basename } from 'node:path';
import type { Question, RunRecord } from '../core/run-record.ts';
import type { Session } from '../core/session.ts';
import { countText } from './percent.ts';
import { printableText } from './printable-text.ts';
import type { Table } from './table-model.ts';

/** Digits of a hash that are enough to tell two apart by eye. */
const shownDigits = 12;

/** What a run asked and with what it was made, for the page. */
export interface RunFacts {
  readonly settings: readonly { readonly name: string; readonly value: string }[];
  /** The instruction before every question, verbatim; empty for imported answers. */
  readonly instruction: string;
  readonly questions: Table;
  readonly sessions: Table;
}

export function runFacts(
  record: RunRecord,
  sessions: readonly Session[],
  titles: Readonly<Record<string, { readonly title: string; readonly license: string }>>,
): RunFacts {
  const { question } = record;
  const imports = sessions.flatMap(({ imported }) => imported ?? []);
  const titleOf = (name: string) => printableText(titles[name]?.title ?? name);
  return {
    settings: [
      ...settingsOf(question),
      { name: 'Run made', value: dateText(record.created) },
      { name: 'Question hash', value: record.questionHash.slice(0, shownDigits) },
    ],
    instruction: question.kind === 'asked' ? question.prompt.instruction.split('\n').map(printableText).join('\n') : '',
    questions: question.kind === 'asked' ? askedTable(question, titles, titleOf) : importTable(imports, titleOf),
    sessions: sessionTable(sessions),
  };
}

function settingsOf(question: Question): { name: string; value: string }[] {
  if (question.kind === 'imported') return [{ name: 'Answers', value: 'made elsewhere and imported' }];
  const { prompt, sampling, images, repeat } = question;
  return [
    { name: 'Prompt layout', value: prompt.layout },
    { name: 'Samples per problem', value: String(repeat) },
    { name: 'Temperature', value: String(sampling.temperature) },
    { name: 'Top p', value: String(sampling.topP) },
    { name: 'Repetition penalty', value: String(sampling.repetitionPenalty) },
    { name: 'Longest answer', value: `${countText(sampling.maxTokens)} tokens` },
    { name: 'Model window', value: `${countText(sampling.maxModelLen)} tokens` },
    { name: 'Seed', value: String(sampling.seed) },
    {
      name: 'Images',
      value: `${countText(images.minPixels)} to ${countText(images.maxPixels)} pixels, at most ${images.maxImages}`,
    },
  ];
}

function askedTable(
  question: Extract<Question, { kind: 'asked' }>,
  titles: Readonly<Record<string, { readonly license: string }>>,
  titleOf: (name: string) => string,
): Table {
  return {
    caption: 'What was asked',
    corner: 'Benchmark',
    columns: ['Selection', 'Problems', 'Data', 'Licence'].map((title) => ({ title })),
    rows: question.benchmarks.map(({ name, selection, problems, dataHash }) => ({
      name: titleOf(name),
      cells: [
        printableText(selection),
        countText(problems),
        dataHash.slice(0, shownDigits),
        titles[name]?.license ?? 'not stated',
      ].map((main) => ({ main })),
    })),
  };
}

function importTable(imports: readonly NonNullable<Session['imported']>[], titleOf: (name: string) => string): Table {
  return {
    caption: 'What was imported',
    corner: 'Benchmark',
    columns: ['Checkpoint', 'Selection', 'File', 'File hash', 'Rows', 'Unmatched', 'Data'].map((title) => ({ title })),
    rows: imports.map((imported) => ({
      name: titleOf(imported.benchmark),
      cells: [
        printableText(imported.checkpoint),
        printableText(imported.selection),
        `${printableText(basename(imported.file))} (${imported.kind})`,
        imported.fileHash.slice(0, shownDigits),
        countText(imported.rows),
        countText(imported.unmatched),
        imported.dataHash.slice(0, shownDigits),
      ].map((main) => ({ main })),
    })),
  };
}

function sessionTable(sessions: readonly Session[]): Table {
  const isJudged = sessions.some(({ judge }) => judge !== undefined);
  return {
    caption: 'The sessions that did the work',
    corner: 'Started',
    columns: ['Command', 'Program', 'Engine', ...(isJudged ? ['Judge'] : []), 'Host', 'Node'].map((title) => ({
      title,
    })),
    rows: sessions.map(({ started, command, program, revision, engine, judge, host, node }) => ({
      name: dateText(started),
      cells: [
        command,
        revision === undefined ? program : `${program} (${revision.slice(0, shownDigits)})`,
        engine === undefined ? '–' : engineText(engine),
        ...(isJudged ? [judgeText(judge)] : []),
        host,
        node,
      ].map((main) => ({ main: printableText(main) })),
    })),
  };
}

function judgeText(judge: Session['judge']): string {
  return judge === undefined ? '–' : `${judge.model} at ${judge.server}${judge.simulated ? ', simulated' : ''}`;
}

function engineText({ name, version, simulated }: NonNullable<Session['engine']>): string {
  return `${name} ${version}${simulated && name !== 'simulator' ? ', simulated' : ''}`;
}

/** `2026-11-22 20:10 UTC`; what is no such date stays as it was written. */
function dateText(iso: string): string {
  const [, day, time] = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})/.exec(iso) ?? [];
  return day !== undefined && time !== undefined ? `${day} ${time} UTC` : printableText(iso);
}
