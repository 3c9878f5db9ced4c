import type { Problem } from '../../core/problem.ts';
import { isRefusal } from '../extraction/refusal.ts';
import { shorterForms } from '../extraction/shorter-forms.ts';
import { readValue } from '../values/read-value.ts';
import { goldOf } from './comparison-policy.ts';
import { unitBehind, type WithoutUnit, withoutUnit } from './declared-unit.ts';
import { judgeFree } from './judge-free.ts';
import { judgeNumber } from './judge-number.ts';
import type { Judgement } from './judgement.ts';
import { splitValues } from './split-values.ts';

/** One wanted value, as a problem of its own. */
interface Wanted {
  readonly problem: Problem;
  /** Declared apart from the value; `''` where none is. */
  readonly unit: string;
  readonly label: string | undefined;
}

const wantedOf = new WeakMap<Problem, readonly Wanted[]>();

/** Judges an answer of one value or several, in any order, with the units and tolerances that the data declares. */
export function judgeValues(text: string, problem: Problem): Judgement | undefined {
  const wanted = readWanted(problem);
  const [only] = wanted;
  if (only === undefined) return { verdict: 'undecided', rule: 'gold-unreadable' };
  const isSeveral = problem.policy.type === 'values' && problem.policy.several;
  if (!isSeveral && wanted.length === 1) return judgeOne(text, only);
  const forms = shorterForms(text.slice(0, 600)).map(splitValues);
  const parts = forms.find((form) => form.length === wanted.length) ?? forms[0] ?? [];
  if (wanted.length > 1 && parts.length === 1 && isRefusal(text.slice(0, 600))) {
    return { verdict: 'no_answer', rule: 'refusal' };
  }
  return judgeParts(parts, wanted, problem);
}

function readWanted(problem: Problem): readonly Wanted[] {
  let wanted = wantedOf.get(problem);
  if (wanted === undefined) {
    const { policy, answer } = problem;
    const [several, unit, tolerances] =
      policy.type === 'values' ? [policy.several, policy.unit ?? '', policy.tolerances ?? []] : [false, '', []];
    const values = several ? splitValues(answer) : [answer.trim()];
    wanted = values
      .filter((value) => value !== '')
      .map((value, at) => wantedValue(value, unit, tolerances[tolerances.length === 1 ? 0 : at] ?? 0, problem));
    wantedOf.set(problem, wanted);
  }
  return wanted;
}

function wantedValue(answer: string, unit: string, tolerance: number, problem: Problem): Wanted {
  const value = readValue(answer);
  const isNumber = value.kind === 'number';
  const policy = isNumber && tolerance > 0 ? ({ type: 'number', tolerance } as const) : ({ type: 'free' } as const);
  const label = 'label' in value ? value.label : undefined;
  return { problem: { ...problem, answer, policy }, unit: isNumber && value.unit === '' ? unit : '', label };
}

/** One value of an answer against one wanted value. */
function judgeOne(text: string, { problem, unit }: Wanted): Judgement | undefined {
  const judge = problem.policy.type === 'number' ? judgeClose : judgeFree;
  if (unit === '') return judge(text, problem);
  const own = ownForms(text, unit).find(({ found }) => found !== 'other');
  if (own !== undefined) return judge(own.text, problem);
  if (isRefusal(text.slice(0, 600))) return { verdict: 'no_answer', rule: 'refusal' };
  // Another unit than the declared one: right where both are known and the quantities are equal, else for a reader.
  const full = `${problem.answer} ${unit}`;
  const gold = readValue(full);
  if (gold.kind !== 'number' || gold.unit === '') return { verdict: 'undecided', rule: 'unit-unknown' };
  const converted = judgeFree(text, { ...problem, answer: full, policy: { type: 'free' } });
  return converted?.verdict === 'correct' && converted.rule.endsWith('unit-converted')
    ? converted
    : { verdict: 'undecided', rule: 'other-unit' };
}

/** Readings of an answer without the declared unit; one that another unit was cut off from is none. */
function ownForms(text: string, unit: string): WithoutUnit[] {
  const forms = shorterForms(text.slice(0, 600));
  const [whole = ''] = forms;
  return forms
    .filter((form) => {
      const word = unitBehind(whole.slice(whole.indexOf(form) + form.length), unit);
      return word === undefined || withoutUnit(`1 ${word}`, unit).found === 'declared';
    })
    .map((form) => withoutUnit(form, unit));
}

/** Within the tolerance, which is of the gold's own unit: a number in another is not compared by its digits. */
function judgeClose(text: string, problem: Problem): Judgement | undefined {
  const { value: gold } = goldOf(problem);
  const units = shorterForms(text.slice(0, 600)).flatMap((form) => {
    const value = readValue(form);
    return value.kind === 'number' ? [value] : [];
  });
  const [answer] = units;
  const differ = answer !== undefined && gold.kind === 'number' && answer.unit !== '' && answer.unit !== gold.unit;
  const shares = answer?.percent === true && gold.kind === 'number' && !gold.percent;
  return differ || shares ? judgeFree(text, { ...problem, policy: { type: 'free' } }) : judgeNumber(text, problem);
}

/** Several values: each of the answer's must be one of the wanted, and none may be left on either side. */
function judgeParts(parts: readonly string[], wanted: readonly Wanted[], problem: Problem): Judgement | undefined {
  const table = parts.map((part) => wanted.map((each) => judgeOne(part, each)));
  const isRead = table.every((row) => row.every((judgement) => isSettled(judgement)));
  if (parts.length !== wanted.length) {
    if (valuesInBrackets(parts) === wanted.length) return { verdict: 'undecided', rule: 'values-in-brackets' };
    if (!isRead) return table.flat().some(isSettled) ? { verdict: 'undecided', rule: 'values-unknown' } : undefined;
    return { verdict: 'incorrect', rule: parts.length < wanted.length ? 'fewer-values' : 'more-values' };
  }
  if (table.every((row, at) => row[at]?.verdict === 'correct')) return { verdict: 'correct', rule: 'values' };
  if (canPair(table)) {
    return isOrdered(parts, wanted, problem)
      ? { verdict: 'undecided', rule: 'values-order' }
      : { verdict: 'correct', rule: 'values:any-order' };
  }
  const isWrong = (judgements: readonly (Judgement | undefined)[]) =>
    judgements.every((judgement) => judgement?.verdict === 'incorrect');
  const missing = table.some(isWrong) || wanted.some((_, at) => isWrong(table.map((row) => row[at])));
  if (missing || isRead) return { verdict: 'incorrect', rule: 'other-values' };
  return table.flat().some((judgement) => judgement !== undefined)
    ? { verdict: 'undecided', rule: 'values-unknown' }
    : undefined;
}

/** How many values stand in the brackets of an answer that is one pair of them: `(1, 2)` may be a point, or two values. */
function valuesInBrackets([part = '', ...others]: readonly string[]): number {
  const inner = /^(?:\\left\s*)?[([](.*?)(?:\\right\s*)?[)\]]$/s.exec(part)?.[1];
  return inner === undefined || others.length > 0 ? 0 : splitValues(inner).length;
}

function isSettled(judgement: Judgement | undefined): boolean {
  return judgement?.verdict === 'correct' || judgement?.verdict === 'incorrect';
}

/** Whether each value of the answer can be given a wanted value of its own that it equals. */
function canPair(table: readonly (readonly (Judgement | undefined)[])[]): boolean {
  const holder = new Map<number, number>();
  const place = (part: number, tried: Set<number>): boolean => {
    for (const [at, judgement] of (table[part] ?? []).entries()) {
      if (judgement?.verdict !== 'correct' || tried.has(at)) continue;
      tried.add(at);
      const held = holder.get(at);
      if (held !== undefined && !place(held, tried)) continue;
      holder.set(at, part);
      return true;
    }
    return false;
  };
  return table.every((_, part) => place(part, new Set()));
}

/** Whether the order tells which value is which: the question says so, or the gold names them and the answer does not. */
function isOrdered(parts: readonly string[], wanted: readonly Wanted[], problem: Problem): boolean {
  if (/\brespectively\b|\bin (?:this|that|the (?:same|given|following)) order\b|依次|分别/i.test(problem.question))
    return true;
  const names = new Set(wanted.map(({ label }) => label));
  const isNamed = names.size === wanted.length && !names.has(undefined);
  const areNamed = parts.every((part) => {
    const value = readValue(part);
    return 'label' in value && value.label !== undefined;
  });
  return isNamed && !areNamed;
}
