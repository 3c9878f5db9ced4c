import type { JudgeCost } from '../core/summary.ts';
import type { Audit } from '../grading/judge/audit-checkpoint.ts';
import type { AuditFigures } from '../grading/judge/audit-figures.ts';
import { countOf, countText, intervalText, percentText } from '../reports/percent.ts';
import { printableText } from '../reports/printable-text.ts';
import type { JudgeOutcome } from './grading-session.ts';

/** What an audit found and what the judge cost, in lines for people. */
export function judgeLines({ cost, audits }: JudgeOutcome): string[] {
  const lines = audits.flatMap((audit) => ['', ...auditLines(audit)]);
  return cost === undefined ? lines : [...lines, '', costLine(cost)];
}

/** The sentence that says what could not be judged; undefined where everything could. */
export function unjudgedSentence({ cost, gone }: JudgeOutcome): string | undefined {
  if (cost === undefined || cost.failed === 0) return undefined;
  const why = gone === undefined ? '' : ` (${gone.replace(/\.$/, '')})`;
  return `The judge could not be asked ${countOf(cost.failed, 'time')}${why}; these answers are undecided.`;
}

function costLine(cost: JudgeCost): string {
  const tokens = `${countText(cost.promptTokens)} prompt and ${countText(cost.completionTokens)} completion tokens`;
  const parts = [`${countOf(cost.calls, 'request')}, ${tokens}`, `${countText(cost.cacheHits)} judgements reused`];
  if (cost.unusable > 0) parts.push(`${countText(cost.unusable)} not in the form asked for`);
  if (cost.failed > 0) parts.push(`${countText(cost.failed)} failed`);
  const simulated = cost.simulated ? ' (SIMULATED: its verdicts say nothing about any model)' : '';
  return `judge ${printableText(cost.model)}${simulated}: ${parts.join('; ')}`;
}

function auditLines(audit: Audit): string[] {
  const names = Object.keys(audit.benchmarks);
  const head = `audit of ${printableText(audit.name)} (${audit.grader}) by ${printableText(audit.judge.model)}:`;
  const parts = names.length < 2 ? [] : Object.entries(audit.benchmarks);
  return [
    head,
    `  ${figuresText(audit)}`,
    ...parts.map(([name, one]) => `  ${printableText(name)}: ${figuresText(one)}`),
  ];
}

function figuresText(figures: AuditFigures): string {
  const { judged, decided, agreement, agreement_interval, flips } = figures;
  const drawn = `${countText(judged)} of ${countOf(decided, 'decided answer')} judged`;
  const unjudged = figures.unjudged === 0 ? '' : `, ${countText(figures.unjudged)} not judged`;
  if (agreement === null) return `${drawn}${unjudged}`;
  const agreed = `${percentText(agreement)} ${intervalText(agreement_interval)} agree`;
  const flipped = `correct by the judge alone: ${countText(flips.to_correct)}, by the rules alone: ${countText(flips.to_incorrect)}`;
  const corrected = `accuracy ${percentText(figures.accuracy)}, corrected ${percentText(figures.corrected_accuracy)} ${intervalText(figures.corrected_interval)}`;
  return `${drawn}${unjudged}; ${agreed}; ${flipped}; ${corrected}`;
}
