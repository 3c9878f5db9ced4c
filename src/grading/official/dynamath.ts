import type { Problem } from '../../core/problem.ts';
import type { OfficialVerdict } from './official-verdict.ts';
import { printJson, readJson } from './python-json.ts';
import { parseFloatText } from './python-number-text.ts';
import { beforeFirst, firstCharacters } from './python-text.ts';

/** Absolute, as published; golds are given to three decimals at most where they are rounded. */
const tolerance = 0.001;

/** What the published code takes for the short answer of a response that is no JSON. */
const unreadable = 'wait for check';

/**
 * DynaMath's published verdict: the response is a JSON object, its `short answer` is compared by the kind of answer. A
 * response that is anything else is wrong.
 */
export function judgeDynaMath(problem: Problem, response: string): OfficialVerdict {
  const short = shortAnswer(response);
  const isCorrect = short !== undefined && isDynaMathCorrect(problem, short);
  return { verdict: isCorrect ? 'correct' : 'incorrect', rule: 'official-dynamath', extracted: short ?? null };
}

/** Whether a short answer is right for the problem. */
function isDynaMathCorrect({ policy, answer: gold }: Problem, short: string): boolean {
  if (policy.type === 'number') return isNear(short, gold);
  if (policy.type !== 'choice') return short.includes(gold);
  const start = firstCharacters(short, 3);
  return firstCharacters(short, 1) === short ? short === gold : start.includes(gold);
}

function isNear(short: string, gold: string): boolean {
  const token = beforeFirst(short, ' ');
  const value = token.includes('π') ? timesPi(beforeFirst(token, 'π')) : parseFloatText(token);
  const expected = parseFloatText(gold);
  return value !== undefined && expected !== undefined && Math.abs(value - expected) <= tolerance;
}

function timesPi(text: string): number | undefined {
  const factor = parseFloatText(text);
  return factor === undefined ? undefined : factor * Math.PI;
}

/** Undefined for JSON that is no object: the published code stops there. */
function shortAnswer(response: string): string | undefined {
  const value = readJson(response);
  if (value === undefined) return unreadable;
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return undefined;
  const short = Object.hasOwn(value, 'short answer') ? (value as Record<string, unknown>)['short answer'] : null;
  return printJson(short, response);
}
