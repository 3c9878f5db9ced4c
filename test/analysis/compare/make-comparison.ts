import type { ComparedBenchmark, ComparedCheckpoint } from '../../../src/analysis/compare/score-benchmark.ts';
import type { Verdict } from '../../../src/core/grade.ts';
import { sampleKey } from '../../../src/core/response.ts';
import { makeProblem } from '../make-outcomes.ts';

const letters: Readonly<Record<string, Verdict>> = {
  '+': 'correct',
  '-': 'incorrect',
  '?': 'undecided',
  '!': 'failed',
};

/** A benchmark of problems numbered from 0, `groupSize` of them in a group, with a facet `half`. */
export function makeBenchmark(name: string, length: number, groupSize = 1): ComparedBenchmark {
  const problems = Array.from({ length }, (_, at) =>
    makeProblem({
      id: `${at}`,
      group: `g${Math.floor(at / groupSize)}`,
      facets: { half: [at % 2 === 0 ? 'even' : 'odd'] },
    }),
  );
  return { name, problems, repeat: 1 };
}

/** A checkpoint from one sign per problem: `+` right, `-` wrong, `?` undecided, `!` failed, `.` not asked. */
export function makeCheckpoint(
  name: string,
  signs: Readonly<Record<string, string>>,
  members: Partial<ComparedCheckpoint> = {},
): ComparedCheckpoint {
  const step = /(\d+)$/.exec(name)?.[1];
  const verdicts = new Map(
    Object.entries(signs).map(([benchmark, text]) => [
      benchmark,
      new Map(
        [...text].flatMap((sign, at): [string, Verdict][] => {
          const verdict = letters[sign];
          return verdict === undefined ? [] : [[sampleKey(`${at}`, 0), verdict]];
        }),
      ),
    ]),
  );
  return { name, step: step === undefined ? null : Number(step), fingerprint: null, verdicts, ...members };
}
