import type { GateDecision, RuleResult } from '../analysis/gate/evaluate-gate.ts';
import { boundText, decisionSentence, figuresOf, type GateReport, limitsOf } from './gate-table.ts';
import { markdownCell, markdownText, xmlText } from './markup-text.ts';

const marks: Readonly<Record<GateDecision, string>> = {
  pass: '✅ pass',
  regression: '❌ regression',
  'cannot decide': '❔ cannot decide',
};

/** A gate's result as Markdown, for a comment on a pull request. */
export function gateMarkdown(report: GateReport): string {
  const { baseline, checkpoint, run, rules, grader, alpha } = report;
  const other = baseline.run === run ? baseline.checkpoint : `${baseline.run}, ${baseline.checkpoint}`;
  const rows = rules.map(
    (rule) =>
      `| ${[marks[rule.decision], rule.rule, figuresOf(rule), limitsOf(rule), boundText(rule.bound, rule.metric), String(rule.n)].map(markdownCell).join(' | ')} |`,
  );
  return [
    `### ${markdownText(`${run}: ${checkpoint} against ${other}`)}`,
    '',
    `**${decisionSentence[report.decision]}**`,
    '',
    '| | rule | figures | one-sided limits | bound | n |',
    '|---|---|---|---|---|---:|',
    ...rows,
    '',
    `Graded by ${markdownText(grader)}; one-sided tests at α = ${alpha}, broken rules corrected by Holm's method.`,
    ...rules.flatMap(({ rule, note }) => (note === undefined ? [] : [`\n${markdownText(`${rule}: ${note}`)}`])),
    ...report.notes.map((note) => `\n${markdownText(note)}`),
    ...(report.simulated
      ? ['\n**Simulated: the answers come from the built-in simulator and say nothing about any model.**']
      : []),
    '',
  ].join('\n');
}

/** A gate's result as JUnit XML: a test per rule; what cannot be decided is an error, a broken rule a failure. */
export function gateJunit(report: GateReport): string {
  const { rules, run, checkpoint } = report;
  const count = (decision: GateDecision) => rules.filter((rule) => rule.decision === decision).length;
  const suite = `name="${xmlText(`gate ${run} ${checkpoint}`)}" tests="${rules.length}" failures="${count('regression')}" errors="${count('cannot decide')}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${suite}>`,
    `  <testsuite ${suite}>`,
    ...rules.flatMap((rule) => testCase(rule)),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function testCase(rule: RuleResult): string[] {
  const head = `    <testcase classname="${xmlText(rule.scope)}" name="${xmlText(rule.rule)}"`;
  if (rule.decision === 'pass') return [`${head}/>`];
  const element = rule.decision === 'regression' ? 'failure' : 'error';
  const figures = [figuresOf(rule), limitsOf(rule)].filter((text) => text !== '').join(' ');
  const note = rule.note === undefined ? '' : `. ${rule.note}`;
  const words = `${rule.decision}: ${figures}, ${boundText(rule.bound, rule.metric)}, n ${rule.n}${note}`;
  return [`${head}>`, `      <${element} message="${xmlText(words)}"/>`, '    </testcase>'];
}
