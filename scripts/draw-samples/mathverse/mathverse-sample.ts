import type { EncodedImage } from '../drawing/encode.ts';
import { encode } from '../drawing/encode.ts';
import { Sheet } from '../drawing/sheet.ts';
import { wrapText, writeLines } from '../figures/text-block.ts';
import type { SampleFiles } from '../sample-files.ts';
import { publishedJson } from '../sample-files.ts';
import { functionProblems } from './function-problems.ts';
import type { MathverseProblem } from './mathverse-problem.ts';
import { planeProblems } from './plane-problems.ts';
import { solidProblems } from './solid-problems.ts';

const problems: readonly MathverseProblem[] = [...planeProblems, ...functionProblems, ...solidProblems];

/** The picture versions in their order in the file, with the folder of their pictures. */
const versions = [
  ['Text Dominant', 'images_version_1-4', 'textDominant'],
  ['Text Lite', 'images_version_1-4', 'textLite'],
  ['Vision Intensive', 'images_version_1-4', 'visionIntensive'],
  ['Vision Dominant', 'images_version_5', 'visionDominant'],
  ['Vision Only', 'images_version_6', undefined],
] as const;

/** `testmini.json`, `testmini_text_only.json` and `images/` with their three folders. */
export async function mathverseSample(): Promise<SampleFiles> {
  const files: SampleFiles = new Map();
  files.set('testmini.json', publishedJson(problems.flatMap((problem, index) => pictureRows(problem, index + 1))));
  files.set(
    'testmini_text_only.json',
    publishedJson(problems.map((problem, index) => textOnlyRow(problem, index + 1))),
  );
  for (const [index, problem] of problems.entries()) {
    const name = `image_${index + 1}.png`;
    files.set(`images/images_version_1-4/${name}`, (await encodePlain(problem.draw(false), index)).bytes);
    files.set(`images/images_version_5/${name}`, (await encode(problem.draw(true), { kind: 'png' })).bytes);
    files.set(
      `images/images_version_6/${name}`,
      (await encode(questionSheet(problem), { kind: 'png', colours: 16 })).bytes,
    );
  }
  return files;
}

/** The sheets without background keep their transparency, as some published pictures do. */
function encodePlain(sheet: Sheet, index: number): Promise<EncodedImage> {
  return encode(sheet, index === 1 || index === 5 ? { kind: 'png-alpha' } : { kind: 'png' });
}

function pictureRows(problem: MathverseProblem, number: number): object[] {
  return versions.map(([version, folder, field], order) => {
    const question = field === undefined ? '' : withChoices(problem, problem[field]);
    return {
      sample_index: String(5 * (number - 1) + order + 1),
      problem_index: String(number),
      problem_version: version,
      question,
      image: `${folder}/image_${number}.png`,
      ...commonFields(problem),
      query_wo: query(problem, question, 'directly answer the question and provide', ''),
      query_cot: query(
        problem,
        question,
        'first conduct reasoning, and then answer the question and provide',
        ', at the end',
      ),
      question_for_eval: withChoices(problem, problem.textDominant),
    };
  });
}

function textOnlyRow(problem: MathverseProblem, number: number): object {
  const question = withChoices(problem, problem.textDominant);
  return {
    sample_index: String(number),
    problem_index: String(number),
    problem_version: 'Text Only',
    question,
    image: '',
    ...commonFields(problem),
    query_wo: query(problem, question, 'directly answer the question and provide', ''),
    query_cot: query(
      problem,
      question,
      'first conduct reasoning, and then answer the question and provide',
      ', at the end',
    ),
    question_for_eval: question,
  };
}

function commonFields(problem: MathverseProblem): object {
  return {
    answer: problem.answer,
    question_type: problem.questionType,
    metadata: { split: 'testmini', source: problem.source, subject: problem.subject, subfield: problem.subfield },
  };
}

function withChoices(problem: MathverseProblem, text: string): string {
  return problem.choices.length === 0 ? text : `${text}\nChoices:\n${problem.choices.join('\n')}`;
}

/** The published wording around a question; without a question the picture holds it. */
function query(problem: MathverseProblem, question: string, how: string, end: string): string {
  const what =
    problem.questionType === 'multi-choice'
      ? 'the correct option letter, e.g., A, B, C, D'
      : 'the final value, e.g., 1, 2.5, 300';
  const request = `lease ${how} ${what}${end}.`;
  return question === ''
    ? `According to the question shown in the image, p${request}`
    : `P${request}\nQuestion: ${question}`;
}

/** The question in writing above the figure that holds its values. */
function questionSheet(problem: MathverseProblem): Sheet {
  const figure = problem.draw(true);
  const size = 10;
  const lines = wrapText(withChoices(problem, problem.visionDominant), 400, size);
  const textHeight = lines.length * size * 2.1 + 26;
  const sheet = new Sheet(440, textHeight + figure.height);
  sheet.place(figure, [(440 - figure.width) / 2, textHeight - 6]);
  writeLines(sheet, 20, 24, lines, size);
  return sheet;
}
