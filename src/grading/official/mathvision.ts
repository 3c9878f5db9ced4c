import type { Problem } from '../../core/problem.ts';
import { areMathVisionEqual } from './mathvision-equality.ts';
import { extractMathVisionAnswer } from './mathvision-extraction.ts';
import type { OfficialVerdict } from './official-verdict.ts';

/** MATH-Vision's published verdict: the answer found equals the gold answer, or the text of the gold option. */
export function judgeMathVision(problem: Problem, response: string): OfficialVerdict {
  const extracted = extractMathVisionAnswer(response);
  const isCorrect = areMathVisionEqual(problem.answer, extracted) || areMathVisionEqual(goldOption(problem), extracted);
  return { verdict: isCorrect ? 'correct' : 'incorrect', rule: 'official-mathvision', extracted };
}

/** Options that stand in the picture are none here; the published text of such an option is its letter. */
function goldOption({ choices, answer }: Problem): string {
  return answer.length === 1 ? (choices[answer.charCodeAt(0) - 65] ?? '') : '';
}
