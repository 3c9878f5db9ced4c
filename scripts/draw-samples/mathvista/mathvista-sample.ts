import type { EncodedImage } from '../drawing/encode.ts';
import { encode } from '../drawing/encode.ts';
import type { SampleFiles } from '../sample-files.ts';
import { publishedJson } from '../sample-files.ts';
import { chartProblems } from './chart-problems.ts';
import { geometryProblems } from './geometry-problems.ts';
import type { MathvistaProblem } from './mathvista-problem.ts';
import { plotProblems } from './plot-problems.ts';
import { puzzleProblems } from './puzzle-problems.ts';
import { sceneProblems } from './scene-problems.ts';
import { scienceProblems } from './science-problems.ts';

const problems = [
  ...chartProblems,
  ...plotProblems,
  ...geometryProblems,
  ...puzzleProblems,
  ...scienceProblems,
  ...sceneProblems,
];

/** `testmini.json`, an object by pid, and `images/<pid>.jpg`. */
export async function mathvistaSample(): Promise<SampleFiles> {
  const files: SampleFiles = new Map();
  const rows: Record<string, object> = {};
  for (const [index, problem] of problems.entries()) {
    const pid = String(index + 1);
    const image = await encode(problem.sheet, problem.form);
    rows[pid] = rowOf(problem, pid, image);
    files.set(`images/${pid}.jpg`, image.bytes);
  }
  files.set('testmini.json', publishedJson(rows));
  return files;
}

function rowOf(problem: MathvistaProblem, pid: string, image: EncodedImage): object {
  const {
    question,
    choices,
    unit,
    precision,
    answer,
    answerType,
    language,
    source,
    category,
    task,
    context,
    grade,
    skills,
  } = problem;
  return {
    question,
    image: `images/${pid}.jpg`,
    choices,
    unit,
    precision,
    answer,
    question_type: choices === null ? 'free_form' : 'multi_choice',
    answer_type: answerType,
    pid,
    metadata: {
      split: 'testmini',
      language,
      img_width: image.width,
      img_height: image.height,
      source,
      category,
      task,
      context,
      grade,
      skills: skills.map((skill) => (skill === 'numeric commonsense' ? skill : `${skill} reasoning`)),
    },
  };
}
