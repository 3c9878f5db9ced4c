import type { Problem } from '../../core/problem.ts';
import { isRefusal } from '../extraction/refusal.ts';
import { shorterForms } from '../extraction/shorter-forms.ts';
import { compareValues } from '../values/compare-values.ts';
import { readValue } from '../values/read-value.ts';
import type { SequenceValue } from '../values/value.ts';
import { goldOf } from './comparison-policy.ts';
import { type Judgement, judgementOf } from './judgement.ts';

/** Judges an answer that is to be several numbers in order; how they are bracketed does not matter. */
export function judgeList(text: string, problem: Problem): Judgement | undefined {
  const gold = bare(problem.answer);
  const forms = shorterForms(text.slice(0, 600));
  const answer = forms.map(bare).find((value) => value !== undefined);
  if (answer === undefined) {
    if (isRefusal(text.slice(0, 600))) return { verdict: 'no_answer', rule: 'refusal' };
    return forms.some((form) => readValue(form).kind === 'number')
      ? { verdict: 'incorrect', rule: 'one-value' }
      : undefined;
  }
  if (gold === undefined) return { verdict: 'undecided', rule: 'gold-unreadable' };
  return judgementOf(compareValues(gold, answer, goldOf(problem).policy), 'list');
}

function bare(text: string): SequenceValue | undefined {
  const value = readValue(text);
  return value.kind === 'sequence' ? { ...value, open: '', close: '' } : undefined;
}
