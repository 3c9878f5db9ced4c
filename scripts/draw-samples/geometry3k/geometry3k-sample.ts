import { encode } from '../drawing/encode.ts';
import { publishedJson, type SampleFiles } from '../sample-files.ts';
import { otherProblems } from './other-problems.ts';
import { triangleProblems } from './triangle-problems.ts';

/** Ids in the order of problems; as in the data set they are no unbroken count. */
const firstId = 2401;

/** `test/<id>/data.json` with `img_diagram.png` beside it. */
export async function geometry3kSample(): Promise<SampleFiles> {
  const files: SampleFiles = new Map();
  for (const [index, problem] of [...triangleProblems, ...otherProblems].entries()) {
    const id = firstId + index * 3;
    const { bytes, width, height } = await encode(problem.sheet, { kind: 'png' });
    const row = {
      problem_text: problem.text.replaceAll('$', ''),
      choices: problem.choices,
      answer: problem.answer,
      problem_type_graph: [problem.graph],
      problem_type_goal: [problem.goal],
      source: 'drawn',
      id,
      annotat_text: problem.text,
      unit: '',
      img_width: width,
      img_height: height,
      data_type: 'test',
    };
    files.set(`test/${id}/data.json`, publishedJson(row));
    files.set(`test/${id}/img_diagram.png`, bytes);
  }
  return files;
}
