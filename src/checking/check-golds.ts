import type { Problem } from '../core/problem.ts';
import type { ReadProblem } from '../problems/read-problems.ts';
import { counted, type Finding, type FindingSubject, findingOf } from './finding.ts';

/** Says what becomes of a response; never throws for what it says. */
export type GradeText = (problem: Problem, text: string) => { readonly verdict: string; readonly rule: string };

/** Left where a backslash was read as the beginning of a control character, or where bytes were no text. Line ends are none. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const strayCharacters = /[\u0000-\u0009\u000b-\u001f\u007f\ufffd]/;

/**
 * Golds that are empty or damaged, that the grader does not accept as their own answer, and that no option has.
 *
 * @param slips - by id, what is known to be published so; these become notes
 */
export function checkGolds(
  read: readonly ReadProblem[],
  grade: GradeText,
  slips: Readonly<Record<string, string>> = {},
): Finding[] {
  const unread: Row[] = [];
  const damaged: Row[] = [];
  const optionless: Row[] = [];
  for (const { problem, place } of read) {
    const row = (text: string): Row => ({ id: problem.id, text: `${problem.id}: ${text} (${place})` });
    if (problem.answer.trim() === '' || strayCharacters.test(problem.answer)) damaged.push(row(quoted(problem.answer)));
    const { verdict, rule } = grade(problem, `\\boxed{${goldText(problem)}}`);
    if (verdict !== 'correct') unread.push(row(`${quoted(problem.answer)} is ${verdict} by the rule ${rule}`));
    if (!hasGold(problem)) optionless.push(row(`${quoted(problem.answer)} of ${problem.choices.length} options`));
  }
  const report = (subject: FindingSubject, rows: readonly Row[], what: string): Finding[] => {
    const [known, wrong] = [true, false].map((isKnown) =>
      rows.filter(({ id }) => Object.hasOwn(slips, id) === isKnown),
    );
    const shown = (known ?? []).map(({ id }) => `${id}: ${slips[id] ?? ''}`);
    return [
      ...findingOf(
        'wrong',
        subject,
        (wrong ?? []).map(({ text }) => text),
        `${counted(wrong?.length ?? 0, 'gold')} ${what}`,
      ),
      ...findingOf('note', subject, shown, `${counted(shown.length, 'gold')} ${what}, as published`),
    ];
  };
  return [
    ...report('golds', unread, 'that the grader does not accept as the answer'),
    ...report('golds', damaged, 'with control characters or without text'),
    ...report('choices', optionless, 'that cannot be tied to an option'),
  ];
}

interface Row {
  readonly id: string;
  readonly text: string;
}

/** The gold as a model would answer it. */
function goldText({ policy, answer }: Problem): string {
  return policy.type === 'choice' && policy.letters.length > 0 ? policy.letters.join(', ') : answer;
}

/** Options that only the picture shows hold every gold. */
function hasGold({ policy, choices }: Problem): boolean {
  if (policy.type !== 'choice' || choices.length === 0) return true;
  const isOption = (letter: string): boolean => letter.charCodeAt(0) - 'A'.charCodeAt(0) < choices.length;
  return policy.letters.length > 0 && policy.letters.every(isOption);
}

function quoted(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
}
