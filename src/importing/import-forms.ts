import { dynamathReport, dynamathTable } from './forms/dynamath.ts';
import { inspectLog } from './forms/inspect-log.ts';
import { lmEvaluationHarness } from './forms/lm-evaluation-harness.ts';
import { lmmsEval } from './forms/lmms-eval.ts';
import { mathVision } from './forms/math-vision.ts';
import { mathvista } from './forms/mathvista.ts';
import { plainRows } from './forms/plain-rows.ts';
import { synthrlResults } from './forms/synthrl-results.ts';
import { vlmevalkit } from './forms/vlmevalkit.ts';
import { weMath } from './forms/we-math.ts';
import type { ImportForm } from './import-form.ts';

/** Every form of rows that can be imported, the most particular first: the first that recognises a file reads it. */
export const importForms: readonly ImportForm[] = [
  inspectLog,
  synthrlResults,
  lmEvaluationHarness,
  lmmsEval,
  dynamathTable,
  dynamathReport,
  mathvista,
  weMath,
  mathVision,
  vlmevalkit,
  plainRows,
];
