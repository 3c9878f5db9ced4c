import type { Problem } from '../../core/problem.ts';
import { judgeDynaMath } from './dynamath.ts';
import { judgeMathVision } from './mathvision.ts';
import { judgeMathVista, type MathVistaInteger } from './mathvista.ts';
import type { OfficialVerdict } from './official-verdict.ts';
import { judgeWeMath } from './wemath.ts';

export interface OfficialOptions {
  /** MathVista's reading of whole numbers, which changed between its published scores and today's code. */
  readonly mathvistaInteger: MathVistaInteger;
}

type OfficialRule = (problem: Problem, response: string, options: OfficialOptions) => OfficialVerdict;

/** Published rules that need no model, by benchmark. MathVerse extracts and scores with a model only, so it has none. */
const rules: ReadonlyMap<string, OfficialRule> = new Map<string, OfficialRule>([
  ['mathvision', judgeMathVision],
  ['mathvista', (problem, response, options) => judgeMathVista(problem, response, options.mathvistaInteger)],
  ['wemath', judgeWeMath],
  ['dynamath', judgeDynaMath],
]);

/**
 * Published evaluations that are not reproduced here: OlympiadBench scores with a computer algebra system, Inter-GPS
 * (Geometry3K) the choice of its own solver in place of a reply. HallusionBench and LogicVista ask a model.
 */
const notReproduced: ReadonlySet<string> = new Set(['geometry3k', 'olympiadbench']);

/** The verdict of the benchmark's published evaluation; `undecided` where that evaluation asks a model, or is not known. */
export function judgeOfficially(problem: Problem, response: string, options: OfficialOptions): OfficialVerdict {
  const rule = rules.get(problem.benchmark);
  if (rule === undefined) {
    const reason = notReproduced.has(problem.benchmark) ? 'official-not-reproduced' : 'official-needs-model';
    return { verdict: 'undecided', rule: reason, extracted: null };
  }
  return rule(problem, response, options);
}
