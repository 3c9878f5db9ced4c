import { encode } from '../drawing/encode.ts';
import type { SampleFiles } from '../sample-files.ts';
import { publishedJsonLines } from '../sample-files.ts';
import { countingProblems } from './counting-problems.ts';
import { gridProblems } from './grid-problems.ts';
import type { MathvisionProblem } from './mathvision-problem.ts';
import { measureProblems } from './measure-problems.ts';
import { numberProblems } from './number-problems.ts';
import { reasoningProblems } from './reasoning-problems.ts';
import { solidProblems } from './solid-problems.ts';
import { statisticsProblems } from './statistics-problems.ts';

const problems = [
  ...numberProblems,
  ...countingProblems,
  ...gridProblems,
  ...measureProblems,
  ...reasoningProblems,
  ...solidProblems,
  ...statisticsProblems,
];

/** `test.jsonl`, `testmini.jsonl` (the first problem of each subject) and `images/<id>.jpg`. */
export async function mathvisionSample(): Promise<SampleFiles> {
  const files: SampleFiles = new Map();
  const rows = problems.map((problem, index) => rowOf(problem, String(index + 1)));
  const isFirst = (subject: string, index: number): boolean =>
    problems.findIndex((problem) => problem.subject === subject) === index;
  files.set('test.jsonl', publishedJsonLines(rows));
  files.set('testmini.jsonl', publishedJsonLines(rows.filter(({ subject }, index) => isFirst(subject, index))));
  for (const [index, { sheet, form }] of problems.entries())
    files.set(`images/${index + 1}.jpg`, (await encode(sheet, form)).bytes);
  return files;
}

function rowOf({ question, options, answer, solution, level, subject }: MathvisionProblem, id: string) {
  return { id, question, options, answer, solution, level, subject, image: `images/${id}.jpg` };
}
