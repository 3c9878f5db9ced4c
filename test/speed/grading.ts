import { existsSync, readFileSync } from 'node:fs';
import { benchmarks } from '../../benchmarks/index.ts';
import type { Problem } from '../../src/core/problem.ts';
import { gradeResponse } from '../../src/grading/grade-response.ts';
import { loadExpressionLibrary } from '../../src/grading/values/compile-expression.ts';
import { loadProblems } from '../../src/problems/load-problems.ts';
import { parseSelections } from '../../src/problems/selection.ts';
import { hostileInputs } from '../grading/hostile-inputs.ts';
import { problemWith } from '../grading/problem-with.ts';
import { sharedPath } from '../shared-data.ts';
import type { SpeedRow } from './dispatch.ts';

const corpus = sharedPath('corpus', 'mathvision_responses.jsonl');

/**
 * The rules on one core: boxed MathVision replies per second and the 99th percentile of one, and the slowest hostile reply.
 * Without the reference replies only the latter.
 */
export async function measureGrading(): Promise<SpeedRow[]> {
  const replies = await boxedReplies();
  if (replies.length === 0) console.log('grading speed: skipped, the reference replies are not on this machine');
  // What the first expression with variables costs once per process is no part of a reply's time.
  loadExpressionLibrary();
  return [...measureReplies(replies), measureHostile()];
}

interface Reply {
  readonly problem: Problem;
  readonly text: string;
}

async function boxedReplies(): Promise<readonly Reply[]> {
  if (!existsSync(corpus)) return [];
  const [parsed] = parseSelections('mathvision', benchmarks);
  if (parsed === undefined) return [];
  const where = { dataRoot: sharedPath('data'), requireImages: false };
  const { problems } = await loadProblems(parsed.benchmark, parsed.selection, where);
  const known = new Map(problems.map((problem) => [problem.id, problem]));
  const rows = readFileSync(corpus, 'utf8').trim().split('\n');
  return rows.flatMap((line) => {
    const { id, response } = JSON.parse(line) as { id: string; response: string };
    const problem = known.get(id);
    return problem !== undefined && response.includes('\\boxed') ? [{ problem, text: response }] : [];
  });
}

function measureReplies(replies: readonly Reply[]): SpeedRow[] {
  if (replies.length === 0) return [];
  const grade = () => replies.map(({ problem, text }) => timed(() => gradeResponse(problem, text)));
  // Warm, and the best of several passes: other work on the machine only ever adds time.
  const passes = Array.from({ length: 6 }, grade).map((times) => times.sort((left, right) => left - right));
  const total = (times: readonly number[]) => times.reduce((sum, time) => sum + time, 0);
  const times = passes.reduce((best, pass) => (total(pass) < total(best) ? pass : best));
  const seconds = total(times) / 1000;
  const n = replies.length;
  return [
    { measure: 'boxed replies graded by the rules', value: n / seconds, unit: 'replies per second on one core', n },
    { measure: 'one of them', value: times[Math.floor(n * 0.99)] ?? 0, unit: 'ms (99th percentile)', n },
  ];
}

/** Golds of several kinds, so that every comparison meets every hostile reply. */
function measureHostile(): SpeedRow {
  const golds = ['1', 'x^2+y^2=49', '(-6,6]', '5x+3', 'y<5x+3', '\\{8,9\\}'];
  const problems = golds.map((answer) => problemWith({ answer, policy: { type: 'free' } }));
  const slowest = Object.entries(hostileInputs)
    .map(([name, text]) => ({
      name,
      // The better of two, since another process may have had the core.
      value: Math.max(
        ...problems.map((problem) =>
          Math.min(
            timed(() => gradeResponse(problem, text)),
            timed(() => gradeResponse(problem, text)),
          ),
        ),
      ),
    }))
    .reduce((worst, one) => (one.value > worst.value ? one : worst));
  const n = Object.keys(hostileInputs).length;
  return { measure: `slowest hostile reply: ${slowest.name}`, value: slowest.value, unit: 'ms', n };
}

function timed(run: () => unknown): number {
  const startedAt = performance.now();
  run();
  return performance.now() - startedAt;
}
