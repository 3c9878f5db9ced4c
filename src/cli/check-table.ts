import type { CheckedData } from '../checking/check-data.ts';
import type { Finding } from '../checking/finding.ts';

/** Examples shown behind a finding; `--json` has more. */
const shownExamples = 3;

const formTitles: Readonly<Record<string, string>> = {
  official: 'official files',
  parquet: 'Parquet',
  tsv: 'TSV',
  json: 'JSON',
};

/** Whether something needs mending. */
export function isWrong({ findings }: CheckedData): boolean {
  return findings.some(({ state }) => state === 'wrong');
}

/** One block for each data set: what it is, then what is wrong with it, each with what mends it, then notes. */
export function checkTable(checked: readonly CheckedData[]): string {
  const width = Math.max(0, ...checked.map((data) => nameOf(data).length));
  const blocks = checked.map((data) => [headOf(data, width), ...findingLines(data.findings)].join('\n'));
  const wrong = checked.filter(isWrong).map(nameOf);
  const last = wrong.length === 0 ? 'Nothing is wrong.' : `Something is wrong with ${wrong.join(', ')}.`;
  return [...blocks, last].join('\n');
}

function nameOf({ benchmark, selection }: CheckedData): string {
  return selection === '' ? benchmark : `${benchmark}:${selection}`;
}

function headOf(data: CheckedData, width: number): string {
  const facts = [
    ...(data.published === undefined
      ? [number(data.rows, 'rows')]
      : [`${number(data.rows)} of ${number(data.published)} rows`]),
    ...(data.images === undefined
      ? []
      : [number(data.images.images - data.images.missing - data.images.unreadable, 'images')]),
    ...(data.ratings === undefined ? [] : [number(data.ratings.rated, 'rated')]),
    ...(data.form === undefined ? [] : [formTitles[data.form] ?? data.form]),
    ...(data.dataHash === undefined ? [] : [`data hash ${data.dataHash.slice(0, 12)}`]),
    ...(data.path === undefined ? [] : [data.path]),
  ];
  const state = isWrong(data) ? 'WRONG' : 'ok';
  return `${state.padEnd(5)}  ${nameOf(data).padEnd(width)}  ${data.path === undefined ? '' : facts.join(', ')}`.trimEnd();
}

function findingLines(findings: readonly Finding[]): string[] {
  const wrong = findings.filter(({ state }) => state === 'wrong');
  const notes = findings.filter(({ state }) => state === 'note');
  const mends = [...new Set(wrong.flatMap(({ mend }) => mend ?? []))];
  return [
    ...mends.flatMap((mend) => [...wrong.filter((finding) => finding.mend === mend).map(line), `         → ${mend}`]),
    ...wrong.filter(({ mend }) => mend === undefined).map(line),
    ...notes.map(line),
  ];
}

function line({ state, subject, detail, examples, count }: Finding): string {
  const shown = examples.slice(0, shownExamples).join(', ');
  const more = count > shownExamples ? `, and ${number(count - shownExamples)} more` : '';
  return `  ${state.padEnd(5)}  ${subject.padEnd(7)}  ${detail}${examples.length === 0 ? '' : `: ${shown}${more}`}`;
}

function number(count: number, what = ''): string {
  return `${count.toLocaleString('en-US')} ${what}`.trimEnd();
}
