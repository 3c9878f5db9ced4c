import type { Problem } from '../../core/problem.ts';
import type { OfficialVerdict } from './official-verdict.ts';
import { floatText, parseFloatText, parseIntegerText, roundFloat } from './python-number-text.ts';
import { editDistance, firstCharacters, strip } from './python-text.ts';

/**
 * How a whole number is read off an extraction. `int`: whole numbers only, as in the published score files of 2023;
 * `int-float`: any number, cut towards zero, as in today's code.
 */
export type MathVistaInteger = 'int' | 'int-float';

/** Longest text compared with the choices, in characters; edit distance takes work in proportion to it. */
const longestCompared = 5000;

/**
 * MathVista's published verdict on a response as far as no model is needed: a response that is a choice or a number by
 * itself, that is empty, or that says `The answer is "…".`. Any other is for a model to extract from.
 */
export function judgeMathVista(problem: Problem, response: string, integer: MathVistaInteger): OfficialVerdict {
  const extraction = extractMathVistaAnswer(problem, response);
  if (extraction === undefined) return { verdict: 'undecided', rule: 'official-needs-model', extracted: null };
  return judgeMathVistaExtraction(problem, extraction, integer);
}

/** The verdict on an extraction, whoever made it. */
export function judgeMathVistaExtraction(
  problem: Problem,
  extraction: string,
  integer: MathVistaInteger,
): OfficialVerdict {
  const prediction = predictMathVista(problem, extraction, integer);
  return {
    verdict: prediction === problem.answer ? 'correct' : 'incorrect',
    rule: 'official-mathvista',
    extracted: prediction ?? null,
  };
}

/** The published extraction without a model; undefined where the published code asks one. */
function extractMathVistaAnswer(problem: Problem, response: string): string | undefined {
  const { policy, choices } = problem;
  if (response === '') return '';
  if (policy.type === 'choice' && choices.includes(response)) return response;
  if (policy.type === 'number') {
    const whole = policy.integer === true ? parseIntegerText(response) : undefined;
    if (whole !== undefined) return String(whole);
    const float = policy.integer === true ? undefined : parseFloatText(response);
    if (float !== undefined) return floatText(float);
  }
  return quotedAnswer(response);
}

/** The prediction that is compared with the gold answer as a text; undefined where the extraction cannot be read. */
export function predictMathVista(problem: Problem, extraction: string, integer: MathVistaInteger): string | undefined {
  const { policy, choices } = problem;
  if (policy.type === 'choice') return nearestChoice(extraction, choices);
  if (policy.type !== 'number') return extraction;
  if (policy.integer === true) return integer === 'int' ? wholeNumber(extraction) : truncated(extraction);
  const value = parseFloatText(extraction);
  return value === undefined ? undefined : floatText(roundFloat(value, policy.decimals ?? 0));
}

/** A bracketed letter anywhere, else a letter by itself; else the choice that takes the fewest edits, the first of equals. */
function nearestChoice(extraction: string, choices: readonly string[]): string | undefined {
  const text = strip(extraction);
  const bracketed = /\(([a-zA-Z])\)/.exec(text)?.[1]?.toUpperCase();
  const read = bracketed ?? text;
  const byLetter = /^[A-Z]$/.test(read) ? choices[read.charCodeAt(0) - 65] : undefined;
  if (byLetter !== undefined) return byLetter;
  const compared = firstCharacters(read, longestCompared);
  let nearest: string | undefined;
  let smallest = Number.POSITIVE_INFINITY;
  for (const choice of choices) {
    const distance = editDistance(compared, choice);
    if (distance >= smallest) continue;
    nearest = choice;
    smallest = distance;
  }
  return nearest;
}

function wholeNumber(extraction: string): string | undefined {
  const value = parseIntegerText(extraction);
  return value === undefined ? undefined : String(value);
}

function truncated(extraction: string): string | undefined {
  const value = parseFloatText(extraction);
  return value === undefined || !Number.isFinite(value) ? undefined : String(BigInt(Math.trunc(value)));
}

/** The text between `The answer is "` and the last `".` of the first line that has both. */
function quotedAnswer(response: string): string | undefined {
  const opening = 'The answer is "';
  for (const line of response.split('\n')) {
    const start = line.indexOf(opening);
    const end = line.lastIndexOf('".');
    if (start >= 0 && end >= start + opening.length) return line.slice(start + opening.length, end);
  }
  return undefined;
}
