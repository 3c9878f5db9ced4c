import type { CheckpointSummary } from '../../core/summary.ts';
import { xmlText } from '../markup-text.ts';
import { countText, intervalText, percentText } from '../percent.ts';
import { unsettledText } from '../unsettled-text.ts';
import { benchmarkNames, type ExportedRun, isSimulated, missingBenchmarks } from './exported-run.ts';

/**
 * Results as JUnit XML: a test for each checkpoint, benchmark and way of grading, which fails where something asked has no
 * answer or no verdict. Whether a checkpoint is good enough is for a gate to say.
 */
export function resultsJunit(runs: readonly ExportedRun[]): string {
  const suites = runs.map((run) => suiteOf(run));
  const count = (part: 'tests' | 'failures') => suites.reduce((sum, suite) => sum + suite[part], 0);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="synthrl" tests="${count('tests')}" failures="${count('failures')}" errors="0">`,
    ...suites.flatMap(({ lines }) => lines),
    '</testsuites>',
    '',
  ].join('\n');
}

interface Suite {
  readonly tests: number;
  readonly failures: number;
  readonly lines: readonly string[];
}

interface TestCase {
  readonly checkpoint: string;
  readonly test: string;
  readonly figures: string;
  /** Why it fails; empty where it passes. */
  readonly failure: string;
}

function suiteOf(run: ExportedRun): Suite {
  const cases = run.summaries.flatMap((summary) => casesOf(run, summary));
  if (cases.length === 0) {
    cases.push({
      checkpoint: 'none',
      test: 'graded',
      figures: '',
      failure: 'no checkpoint of this run has been graded',
    });
  }
  const failures = cases.filter(({ failure }) => failure !== '').length;
  const simulated = isSimulated(run);
  return {
    tests: cases.length,
    failures,
    lines: [
      `  <testsuite name="${xmlText(run.record.run)}" tests="${cases.length}" failures="${failures}" errors="0">`,
      '    <properties>',
      `      <property name="simulated" value="${simulated}"/>`,
      `      <property name="generator" value="${xmlText(run.generator)}"/>`,
      '    </properties>',
      ...cases.flatMap((one) => caseLines(run, one)),
      '  </testsuite>',
    ],
  };
}

function casesOf(run: ExportedRun, summary: CheckpointSummary): TestCase[] {
  const missing = missingBenchmarks(run, summary);
  return benchmarkNames(run).flatMap((benchmark): TestCase[] => {
    const named = { checkpoint: summary.name, test: `${benchmark} (${summary.mode})` };
    const tally = Object.hasOwn(summary.benchmarks, benchmark) ? summary.benchmarks[benchmark] : undefined;
    if (tally === undefined) {
      return missing.includes(benchmark) ? [{ ...named, figures: '', failure: 'it was never answered or graded' }] : [];
    }
    const figures = `accuracy ${percentText(tally.accuracy)} [${intervalText(tally.interval)}], n ${countText(tally.asked)}`;
    const unjudged = summary.unjudged !== undefined && tally.undecided > 0;
    const open = tally.failed > 0 || unjudged;
    return [
      { ...named, figures, failure: open ? `incomplete: ${unsettledText(tally)} of ${countText(tally.asked)}` : '' },
    ];
  });
}

function caseLines(run: ExportedRun, { checkpoint, test, figures, failure }: TestCase): string[] {
  const head = `    <testcase classname="${xmlText(`${run.record.run}.${checkpoint}`)}" name="${xmlText(test)}">`;
  return [
    head,
    ...(failure === '' ? [] : [`      <failure message="${xmlText(failure)}"/>`]),
    ...(figures === '' ? [] : [`      <system-out>${xmlText(figures)}</system-out>`]),
    '    </testcase>',
  ];
}
