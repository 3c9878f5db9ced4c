import type { Problem } from '../../core/problem.ts';
import { type ComparisonPolicy, defaultPolicy } from '../values/comparison.ts';
import { readValue } from '../values/read-value.ts';
import type { Value } from '../values/value.ts';

/** What every response to a problem is compared with: read once. */
export interface Gold {
  readonly value: Value;
  readonly policy: ComparisonPolicy;
}

const golds = new WeakMap<Problem, Gold>();

/** The gold answer as a value, with how answers compare with it. */
export function goldOf(problem: Problem): Gold {
  let gold = golds.get(problem);
  if (gold === undefined) {
    const value = readValue(problem.answer);
    gold = { value, policy: comparisonPolicy(problem, value) };
    golds.set(problem, gold);
  }
  return gold;
}

/** The defaults with what question, gold answer and benchmark say. Questions beyond 4,000 characters are looked at from their end. */
function comparisonPolicy(problem: Problem, gold: Value): ComparisonPolicy {
  const question = problem.question.slice(-4000);
  return {
    ...defaultPolicy,
    percent: /percent|%|百分/i.test(question) ? 'as-written' : 'value',
    degrees: /\bradians?\b|弧度/i.test(question) && problem.policy.type !== 'choice' ? 'radians' : 'unit',
    listOrder: listOrder(question, problem, gold),
    rangeDash: gold.kind === 'ordering' && gold.parts.length === 2,
    decimalComma: gold.kind === 'number',
    ratio: /\bratio\b|proportion|\bodds\b|比/i.test(question),
    clock: /\btime\b|clock|时间|钟|几点/i.test(question) || (problem.policy.type === 'text' && gold.kind === 'ratio'),
  };
}

/** Solutions come in any order; sequences and what is asked for `respectively` in theirs. Lists of a benchmark that says `list` do, too. */
function listOrder(question: string, problem: Problem, gold: Value): ComparisonPolicy['listOrder'] {
  if (problem.policy.type === 'list' || problem.policy.type === 'choice') return 'ordered';
  if (
    /\b(?:order(?:ed|ing)?|sequence|respectively|first|next|ascending|descending|coordinates?|sorted)\b|依次|顺序|分别/i.test(
      question,
    )
  )
    return 'ordered';
  const solutions =
    /\b(?:solutions?|solve|roots?|zeros?|find all|all (?:possible |real )?values|values of|intercepts)\b|所有|解/i;
  if (gold.kind === 'sequence' && solutions.test(question)) return 'unordered';
  return problem.policy.type === 'text' ? 'ordered' : 'open';
}
