import type { Problem } from '../../core/problem.ts';
import type { Candidate } from '../extraction/extract-answer.ts';
import { isRefusal } from '../extraction/refusal.ts';
import { shorterForms } from '../extraction/shorter-forms.ts';
import { readValue } from '../values/read-value.ts';
import { readYesNo } from './judge-yes-no.ts';
import type { Judge, Judgement } from './judgement.ts';
import { readChoice } from './read-choice.ts';

/** Kinds that are answers whatever words stand beside them, and kinds that must stand alone. */
const valueKinds: ReadonlySet<string> = new Set(['number', 'sequence', 'ratio']);
const mathsKinds: ReadonlySet<string> = new Set(
  'expression relation equation inequality union matrix ordering'.split(' '),
);

/** From the last word that equates to the end: `… is about 35 years`. */
const equated =
  /^.{0,390}(?:\b(?:is|are|was|were|be|equals?|has|have|had|shows?|reads|contains?|costs?|gets?|makes?|yields|gives?(?: us)?|results in)(?:\s+(?:equal to|thus|therefore|then|also))?|=|≈|\\approx|[:：]|是|为)\s+(\S.*)$/is;

/** A mark that a reply gives itself is no answer. */
const markings = /\b(?:judge?ment|verdict|score|grade|output|standard.answer)\b/i;

/** A clause that explains the statement in front of it. */
const subordinate =
  /[,;]?\s(?:which(?! (?:gives?|is equal|equals|yields|results))|because|since|where|so that|meaning|as (?:it|the|there|this|we))\b.*$/is;

/**
 * Wraps a judge for text that is not announced as an answer: the text itself where it is short, or what its last statement equates.
 * A text that declines is no answer, whatever else it mentions.
 */
export function judgeUnannounced(judge: Judge): (candidate: Candidate, problem: Problem) => Judgement | undefined {
  return ({ text, rule }: Candidate, problem: Problem): Judgement | undefined => {
    const short = text.trim();
    if (short.length > 400) return undefined;
    if (rule === 'first-line' ? isOption(short, problem) : isBareAnswer(short, problem)) {
      const judgement = judge(short, problem);
      if (judgement !== undefined) return judgement;
    }
    // A first line equates what is given, not what is found.
    if (rule === 'first-line') return undefined;
    if (isRefusal(short)) return { verdict: 'no_answer', rule: 'refusal' };
    if (markings.test(short)) return undefined;
    const said = equated.exec(short.replace(subordinate, ''))?.[1];
    const judgement = said === undefined ? undefined : judge(said, problem);
    // Several values in running text are rarely several answers.
    return judgement?.rule === 'several-values' ? undefined : judgement;
  };
}

/** Whether a text is nothing but an answer: a value, an option with its letter, or one to a few words. */
function isBareAnswer(text: string, problem: Problem): boolean {
  if (problem.policy.type === 'choice' || problem.policy.type === 'text' || problem.policy.type === 'yes-no')
    return true;
  return shorterForms(text).some((form) => {
    const { kind } = readValue(form);
    if (kind === 'bearing' || kind === 'description') return true;
    const isMaths = !/(?<!\\)\b[A-Za-z]{3,}/.test(form);
    return valueKinds.has(kind) || (isMaths && mathsKinds.has(kind));
  });
}

function isOption(text: string, problem: Problem): boolean {
  if (problem.policy.type === 'yes-no') return readYesNo(text) !== undefined;
  if (problem.policy.type !== 'choice') return false;
  const rule = readChoice(text, problem.choices)?.rule;
  if (rule === 'bracketed-letter') return text.length <= 20;
  return rule === 'letter' || rule === 'letter-and-text' || rule === 'several-letters' || rule === 'option-text';
}
