import { expect, test, vi } from 'vitest';
import { benchmarks } from '../../benchmarks/index.ts';
import type { Problem } from '../../src/core/problem.ts';
import { gradeResponse } from '../../src/grading/grade-response.ts';
import { loadProblems } from '../../src/problems/load-problems.ts';
import { parseSelections } from '../../src/problems/selection.ts';
import { describeShared, sharedPath } from '../shared-data.ts';
import { goldStylings, restatements } from './gold-stylings.ts';
import { nearMisses } from './near-misses.ts';
import { problemWith } from './problem-with.ts';

// Tens of thousands of replies each; machines shared with other work need more than the usual five seconds.
vi.setConfig({ testTimeout: 60_000 });

const sources: readonly { selection: string; file: string; named?: boolean; rows: number }[] = [
  { selection: 'mathverse', file: 'data/mathverse/testmini_subset.json', named: true, rows: 480 },
  { selection: 'mathverse:text-only', file: 'data/mathverse/testmini_text_only.json', named: true, rows: 788 },
  { selection: 'mathvision', file: 'data/mathvision/test.jsonl', rows: 3040 },
  { selection: 'mathvista', file: 'data/mathvista/testmini.json', rows: 1000 },
  { selection: 'wemath', file: 'data/wemath/testmini.json', rows: 1740 },
  { selection: 'dynamath', file: 'data/dynamath/10trials', rows: 5010 },
];

async function problemsOf({ selection, file, named }: (typeof sources)[number]): Promise<readonly Problem[]> {
  const [parsed] = parseSelections(selection, benchmarks);
  if (parsed === undefined) throw new Error(`no selection ${selection}`);
  const where = { dataRoot: sharedPath('data'), requireImages: false };
  const loaded = await loadProblems(
    parsed.benchmark,
    parsed.selection,
    named ? { ...where, named: sharedPath(file) } : where,
  );
  return loaded.problems;
}

describeShared(
  'published gold answers',
  sources.map(({ file }) => file),
  () => {
    test.for(sources)('$selection: the gold answer is right in every styling', async (source) => {
      const problems = await problemsOf(source);
      expect(problems.length).toBe(source.rows);
      const refused = problems.flatMap((problem) =>
        Object.entries(goldStylings(problem)).flatMap(([style, response]) => {
          const { verdict, rule } = gradeResponse(problem, response);
          return verdict === 'correct' ? [] : [{ id: problem.id, style, response, verdict, rule }];
        }),
      );
      expect(refused).toEqual([]);
    });

    test('free answers are right in other words, and near misses of them never are', async () => {
      const problems = (await Promise.all(sources.slice(0, 3).map(problemsOf))).flat();
      const golds = new Set(problems.filter(({ policy }) => policy.type === 'free').map(({ answer }) => answer));
      let missed = 0;
      for (const answer of golds) {
        const problem = problemWith({ answer, policy: { type: 'free' } });
        for (const text of restatements(answer)) {
          expect([answer, text, gradeResponse(problem, `\\boxed{${text}}`).verdict]).toEqual([answer, text, 'correct']);
        }
        // Of a chain only the last member counts, and a cosine repeats itself.
        for (const text of /\\cos|y_1/.test(answer) ? [] : nearMisses(answer)) {
          missed += 1;
          const { verdict, rule } = gradeResponse(problem, `\\boxed{${text}}`);
          expect([answer, text, verdict, rule]).not.toEqual([answer, text, 'correct', rule]);
        }
      }
      expect(golds.size).toBeGreaterThan(600);
      expect(missed).toBeGreaterThan(5000);
    });
  },
);
