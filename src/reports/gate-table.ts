import type { GateDecision, GateResult, RuleResult } from '../analysis/gate/evaluate-gate.ts';
import type { GateBound } from '../analysis/gate/gate-rule.ts';
import type { GatePlan, RulePlan } from '../analysis/gate/plan-gate.ts';
import { displayWidth, fitToWidth, padToWidth } from './display-width.ts';
import { ansiPaint, type Paint, plainPaint } from './paint.ts';
import { printableText } from './printable-text.ts';

/** Whom a gate compared and how they were graded. */
export interface GateIdentity {
  readonly run: string;
  readonly checkpoint: string;
  readonly baseline: { readonly run: string; readonly checkpoint: string };
  readonly mode: string;
  readonly grader: string;
  readonly simulated: boolean;
}

/** A gate's result with whom it is about. */
export interface GateReport extends GateIdentity, GateResult {
  readonly notes: readonly string[];
}

/** What a decision means for the one who asked. */
export const decisionSentence: Readonly<Record<GateDecision, string>> = {
  pass: 'PASS: every rule holds.',
  regression: 'REGRESSION: at least one rule is broken.',
  'cannot decide': 'CANNOT DECIDE: no rule is shown to be broken, and not all are shown to hold.',
};

/** A gate's result for a terminal. Ends without a line feed. */
export function gateTable(report: GateReport, options: { readonly colour: boolean; readonly width: number }): string {
  const paint = options.colour ? ansiPaint : plainPaint;
  const rows = report.rules.map((rule) => [rule.decision, rule.rule, figuresOf(rule), limitsOf(rule), `n ${rule.n}`]);
  const sentence = decisionSentence[report.decision];
  return [
    paint.bold(title(report)),
    '',
    ...alignedRows(rows, options.width),
    '',
    ...report.rules.flatMap(({ note, rule }) => (note === undefined ? [] : [`${printableText(rule)}: ${note}`])),
    `One-sided tests at ${percent(report.alpha)}; a broken rule is significant after Holm's correction over all rules.`,
    report.decision === 'pass' ? paint.bold(sentence) : paint.warn(sentence),
    ...simulatedLine(report, paint),
  ].join('\n');
}

/** What the rules could tell, for a terminal. Ends without a line feed. */
export function planTable(plan: GatePlan, options: GateIdentity & { readonly width: number }): string {
  const rows = plan.rules.map((rule) => [rule.rule, ...detects(rule), needs(rule), `n ${rule.n}`]);
  return [
    title(options),
    '',
    ...alignedRows(rows, options.width),
    '',
    'Points: the least loss that would be shown, and the least margin at which an equal side would pass.',
    `With ${percent(plan.power)} power, one-sided tests at ${percent(plan.alpha)}, and as many differing answers as between these two sides.`,
  ].join('\n');
}

function detects({ detectable, margin }: RulePlan): [loss: string, margin: string] {
  return [`loss from ${amount(margin + detectable)}`, `margin from ${amount(detectable)}`];
}

function amount(share: number): string {
  return (share * 100).toFixed(1);
}

function needs({ needed, n }: RulePlan): string {
  if (needed === null) return 'a margin of 0 asks for proof of a gain';
  return needed <= n ? 'enough problems' : `needs ${needed} problems`;
}

function title({ run, checkpoint, baseline }: GateIdentity): string {
  const other = baseline.run === run ? baseline.checkpoint : `${baseline.run}, ${baseline.checkpoint}`;
  return printableText(`${run}: ${checkpoint} against ${other}`);
}

function simulatedLine({ simulated }: GateIdentity, paint: Paint): string[] {
  return simulated
    ? [paint.warn('SIMULATED: the answers come from the built-in simulator and say nothing about any model.')]
    : [];
}

/** The two sides, or the one that a floor or a ceiling is about. */
export function figuresOf({ newer, older, metric }: RuleResult): string {
  if (newer === null) return '–';
  if (metric === 'asked') return String(newer);
  return older === null ? percent(newer) : `${percent(older)} → ${percent(newer)}`;
}

/** One-sided limits, as far as the bound looks at them. */
export function limitsOf({ lower, upper, bound }: RuleResult): string {
  if (lower === null || upper === null) return '';
  if (bound.kind === 'margin') return `[${signed(lower)}, ${signed(upper)}] points`;
  return `[${percent(lower)}, ${percent(upper)}]`;
}

/** A bound in words. */
export function boundText(bound: GateBound, metric: RuleResult['metric']): string {
  if (metric === 'asked') return `≥ ${bound.amount}`;
  if (bound.kind === 'margin') return `margin ${amount(bound.amount)} points`;
  return `${bound.kind === 'at_least' ? '≥' : '≤'} ${percent(bound.amount)}`;
}

function signed(difference: number): string {
  return `${difference < 0 ? '−' : '+'}${Math.abs(difference * 100).toFixed(1)}`;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

/** Columns padded to their widest cell; the rule's name gives way where the terminal is narrow. */
function alignedRows(rows: readonly (readonly string[])[], width: number): string[] {
  const cells = rows.map((row) => row.map(printableText));
  const widths = (cells[0] ?? []).map((_, column) => Math.max(...cells.map((row) => displayWidth(row[column] ?? ''))));
  const over = widths.reduce((sum, one) => sum + one + 2, 0) - 2 - width;
  const longest = widths.indexOf(Math.max(...widths));
  const allowed = widths.map((one, column) => (column === longest && over > 0 ? Math.max(16, one - over) : one));
  return cells.map((row) =>
    row
      .map((cell, column) => padToWidth(fitToWidth(cell, allowed[column] ?? 0), allowed[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
