import type { AnswerPolicy, Problem } from '../../core/problem.ts';
import { goldLetters } from '../../problems/options/gold-letters.ts';
import { readValue } from '../values/read-value.ts';
import type { ReadGradingItem } from './grading-item.ts';

/** What a benchmark that publishes an absolute tolerance for floats allows. */
const tolerances: Readonly<Record<string, number>> = { dynamath: 0.001 };

/** The problem that an item states, as the rules take it. */
export function problemOfItem(item: ReadGradingItem): Problem {
  const policy = policyOfItem(item);
  return {
    benchmark: item.benchmark ?? '',
    id: '',
    group: '',
    question: '',
    prompt: '',
    images: [],
    choices: item.options ?? [],
    answer: withUnit(item.answer, item.unit ?? '', policy),
    policy,
    facets: {},
  };
}

function policyOfItem(item: ReadGradingItem): AnswerPolicy {
  const options = item.options ?? [];
  const choice = (): AnswerPolicy => ({ type: 'choice', letters: goldLetters(item.answer, options) });
  switch (item.answer_type) {
    case 'multi-choice':
    case 'multi_choice':
    case 'multiple choice':
      return choice();
    case 'integer':
      return { type: 'number', integer: true };
    case 'float':
      return { type: 'number', ...closeness(item) };
    case 'list':
      return { type: 'list' };
    case 'text':
      return options.length > 0 ? choice() : { type: 'text' };
    case 'free-form':
    case 'free_form':
      return { type: 'free' };
    default:
      return isChoice(item) ? choice() : unnamed(item);
  }
}

/** With options, or where the answer is a letter, the question is multiple-choice. */
function isChoice({ answer, options, benchmark }: ReadGradingItem): boolean {
  return (options ?? []).length > 0 || benchmark === 'wemath' || /^\s*\(?[A-H]\)?\.?\s*$/.test(answer);
}

/** An answer of no stated type: a number where something is said of numbers, else whatever the answer reads as. */
function unnamed(item: ReadGradingItem): AnswerPolicy {
  const says = closeness(item);
  const isNumber = Object.keys(says).length > 0 && readValue(item.answer).kind === 'number';
  return isNumber ? { type: 'number', ...says } : { type: 'free' };
}

function closeness({ precision, benchmark }: ReadGradingItem): { decimals?: number; tolerance?: number } {
  if (typeof precision === 'number') return { decimals: precision };
  const tolerance = tolerances[benchmark ?? ''];
  return tolerance === undefined ? {} : { tolerance };
}

/** The answer with its unit behind it, where both together read as a number with a unit. */
function withUnit(answer: string, unit: string, policy: AnswerPolicy): string {
  if (unit === '' || (policy.type !== 'number' && policy.type !== 'free')) return answer;
  const bare = readValue(answer);
  if (bare.kind !== 'number' || bare.unit !== '') return answer;
  const together = `${answer} ${unit}`;
  return readValue(together).kind === 'number' ? together : answer;
}
