import type { Graded, GradeItem, Grader } from '../grader.ts';
import type { Judge } from './judge.ts';

/** Responses handed over at once: enough to keep the judge busy while a few of them take long. */
const batchSize = 512;

/** The judge about every response: extract with the model, score with the model. */
export function createJudgeGrader(judge: Judge): Grader {
  return {
    mode: 'judge',
    version: judge.version,
    batchSize,
    grade: (items) => Promise.all(items.map(({ problem, text }) => judge.judge(problem, text))),
    close: () => judge.close(),
  };
}

/** Ways of finding that announce an answer so clearly that the judge need not look for it. */
const announced: ReadonlySet<string> = new Set(['boxed', 'joined-boxes', 'answer-tag']);

/** Rules that leave a response undecided because it is not clear which of its answers counts. */
const ambiguous: ReadonlySet<string> = new Set(['answers-contradict', 'runs-on']);

/** Our rules first; the judge for what they leave undecided. A grade's rule says who decided: `judge` or one of the rules. */
export function createFallbackGrader(rules: Grader, judge: Judge): Grader {
  return {
    mode: 'fallback',
    version: `${rules.version}, then ${judge.version}`,
    batchSize: Math.max(batchSize, rules.batchSize),
    async grade(items) {
      const graded = await rules.grade(items);
      return Promise.all(items.map((item, index) => settle(judge, item, graded[index])));
    },
    async close() {
      await Promise.all([rules.close(), judge.close()]);
    },
  };
}

async function settle(judge: Judge, { problem, text }: GradeItem, graded: Graded | undefined): Promise<Graded> {
  if (graded === undefined) throw new Error('the rules left a response without a verdict');
  if (graded.verdict !== 'undecided') return graded;
  const { extracted, rule } = graded;
  return !ambiguous.has(rule) && extracted !== null && announced.has(extracted.rule)
    ? judge.score(problem, extracted)
    : judge.judge(problem, text);
}
