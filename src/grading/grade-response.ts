import type { AnswerPolicy, Problem } from '../core/problem.ts';
import { type Candidate, type Extraction, extractAnswer } from './extraction/extract-answer.ts';
import { deniesLetter, isDenied, isTakenBack } from './extraction/is-denied.ts';
import { isRefusal } from './extraction/refusal.ts';
import type { Graded } from './grader.ts';
import { withUnitBehind } from './policies/declared-unit.ts';
import { judgeChoice } from './policies/judge-choice.ts';
import { judgeFree } from './policies/judge-free.ts';
import { judgeList } from './policies/judge-list.ts';
import { judgeNumber } from './policies/judge-number.ts';
import { judgeText } from './policies/judge-text.ts';
import { judgeUnannounced } from './policies/judge-unannounced.ts';
import { judgeValues } from './policies/judge-values.ts';
import { judgeYesNo } from './policies/judge-yes-no.ts';
import type { Judge, Judgement } from './policies/judgement.ts';
import { mentionsOneOption } from './policies/mentions-option.ts';

/** Name and version of the rules; verdicts of different versions are not to be mixed. */
export const graderVersion = 'rules/2';

/** Most characters of an extracted answer that a grade repeats; its offsets tell the rest. */
const maxShown = 400;

const judges: Readonly<Record<AnswerPolicy['type'], Judge>> = {
  choice: judgeChoice,
  number: judgeNumber,
  list: judgeList,
  text: judgeText,
  free: judgeFree,
  values: judgeValues,
  'yes-no': judgeYesNo,
};

interface Found extends Judgement {
  readonly candidate: Candidate;
}

/**
 * The verdict of the rules on one response. Pure; time is linear in the response's length, and nothing in it is executed.
 * `correct` and `incorrect` are given only where the rules can tell; an answer that they cannot read is `undecided`, no answer `no_answer`.
 */
export function gradeResponse(problem: Problem, text: string): Graded {
  const extraction = extractAnswer(text);
  const result = gradeExtraction(problem, text, extraction);
  // What is denied may be asked for: which statement is wrong?
  if (result.verdict === 'correct' && result.extracted !== null) {
    const letters = problem.policy.type === 'choice' ? problem.policy.letters : [];
    if (isDenied(text, result.extracted) || deniesLetter(text, result.extracted, letters))
      return { ...result, verdict: 'undecided', rule: 'denied' };
    if (isTakenBack(text, result.extracted)) return { ...result, verdict: 'undecided', rule: 'taken-back' };
  }
  // Which of its questions such a response answers is for a reader to say.
  return extraction.runsOn && result.verdict === 'correct'
    ? { ...result, verdict: 'undecided', rule: 'runs-on' }
    : result;
}

function gradeExtraction(problem: Problem, text: string, { stated, restated, unannounced }: Extraction): Graded {
  const judgeWith = judges[problem.policy.type];
  const judge = (candidate: Candidate) => judgeWith(withUnitBehind(text, candidate, problem), problem);
  const first = firstReadable(stated, judge);
  const later = firstReadable(restated, judge);
  const settled = settle(first, later);
  if (settled !== undefined) return graded(settled, settled.candidate);
  const announced = stated[0];
  if (announced?.rule === 'boxed' || announced?.rule === 'joined-boxes' || announced?.rule === 'answer-tag') {
    return graded({ verdict: 'undecided', rule: 'unreadable' }, announced);
  }
  if (text.trim() === '') return { verdict: 'no_answer', rule: 'empty-response', extracted: null };
  const weak = firstReadable(unannounced, (candidate) => judgeUnannounced(judgeWith)(candidate, problem));
  if (weak !== undefined) return graded(weak, weak.candidate);
  if (isRefusal(text)) return { verdict: 'no_answer', rule: 'refusal', extracted: null };
  const shown = announced ?? unannounced.find(({ rule }) => rule === 'whole-response');
  if (shown !== undefined) return graded({ verdict: 'undecided', rule: 'unreadable' }, shown);
  const mentions = problem.policy.type === 'choice' && mentionsOneOption(text, problem.choices);
  return mentions
    ? { verdict: 'undecided', rule: 'option-mentioned', extracted: null }
    : { verdict: 'no_answer', rule: 'nothing-found', extracted: null };
}

function firstReadable(
  candidates: readonly Candidate[],
  judge: (candidate: Candidate) => Judgement | undefined,
): Found | undefined {
  for (const candidate of candidates) {
    const judgement = judge(candidate);
    if (judgement !== undefined) return { ...judgement, candidate };
  }
  return undefined;
}

/** A box and what is said behind it: where one is right and the other wrong, the response contradicts itself. */
function settle(first: Found | undefined, later: Found | undefined): Found | undefined {
  if (first === undefined || later === undefined) return first ?? later;
  const verdicts = [first.verdict, later.verdict];
  if (verdicts.includes('correct') && verdicts.includes('incorrect')) {
    return { verdict: 'undecided', rule: 'answers-contradict', candidate: later.candidate };
  }
  if (first.verdict === 'correct' || first.verdict === 'incorrect') return first;
  return later.verdict === 'correct' || later.verdict === 'incorrect' ? later : first;
}

function graded(judgement: Judgement, { text, start, end, rule }: Candidate): Graded {
  if (judgement.verdict === 'no_answer') return { verdict: 'no_answer', rule: judgement.rule, extracted: null };
  return {
    verdict: judgement.verdict,
    rule: judgement.rule,
    extracted: { text: text.trim().slice(0, maxShown), start, end, rule },
  };
}
