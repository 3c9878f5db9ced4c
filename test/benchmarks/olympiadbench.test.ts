import { describe, expect, test } from 'vitest';
import { benchmarks } from '../../benchmarks/index.ts';
import { type LoadedBenchmark, loadProblems } from '../../src/problems/load-problems.ts';
import { parseSelections } from '../../src/problems/selection.ts';
import { dataFolder } from '../problems/temporary-data.ts';
import { byId } from './load-shared.ts';

async function load(files: Readonly<Record<string, unknown>>, selection = 'olympiadbench'): Promise<LoadedBenchmark> {
  const [selected] = parseSelections(selection, benchmarks);
  if (selected === undefined) throw new Error('nothing selected');
  const named = dataFolder(files);
  return loadProblems(selected.benchmark, selected.selection, { dataRoot: '/nowhere', named, requireImages: false });
}

const row = {
  id: 2231,
  question: 'Determine $C$.',
  context: null,
  answer: '$\\frac{1}{2}$',
  answer_type: 'Numerical',
  source: 'OE_MM_maths_en_COMP',
  subject: 'Geometry',
  image_paths: ['2231_1.jpg', '2231_2.jpg'],
};
const metadata = (...rows: readonly object[]) => ({ 'olympiadbench_metadata.json': rows });

describe('rows as SynthRL’s evaluation reads them', () => {
  test('several pictures in order, text only, and pictures that are missing in the data', async () => {
    const { problems } = await load(
      metadata(
        row,
        { ...row, id: 1, source: 'OE_TO_maths_en_COMP', image_paths: ['invalid'] },
        { ...row, id: 2, image_paths: [] },
      ),
    );
    expect(byId(problems, '2231').images.map(({ path }) => path.split('/').slice(-2).join('/'))).toEqual([
      'images/2231_1.jpg',
      'images/2231_2.jpg',
    ]);
    expect(problems.map(({ images }) => images.length)).toEqual([2, 0, 0]);
    expect(problems.map(({ facets }) => facets['modality']?.[0])).toEqual([
      'multimodal',
      'text only',
      'pictures missing',
    ]);
  });

  test('the published request stands in front, with the context in physics only', async () => {
    const physics = {
      ...row,
      id: 1,
      source: 'OE_TO_physics_en_COMP',
      context: 'A stone falls.',
      image_paths: ['invalid'],
    };
    const { problems } = await load(metadata({ ...row, context: 'Not used.' }, physics));
    expect(byId(problems, '2231').prompt).toBe(
      'The following is an open-ended problem from an International Math competition. The answer of The problem should be a numerical value. Please calculate the answer according to the given requirements and the information provided. Please use LaTeX format to represent the variables and formulas used in the solution process and results. Please end your solution with "So the final answer is \\boxed{answer}." and give the result explicitly.\n\nDetermine $C$.',
    );
    expect(byId(problems, '1').prompt).toContain('International Physics competition');
    expect(byId(problems, '1').prompt).toMatch(/\n\nA stone falls\.\nDetermine \$C\$\.$/);
  });

  test.for([
    ['Numerical', '$1,2$', true],
    ['Numerical', '$1,200$', false],
    ['Numerical', '$f(1,2)$', false],
    ['Numerical', '1; 2', true],
    ['Interval', '$(1,2)$', false],
    ['Tuple', '$1,2,3$', false],
  ] as const)('%s %s without a flag is several values: %s', async ([type, answer, several]) => {
    const { problems } = await load(metadata({ ...row, answer, answer_type: type }));
    expect(problems[0]?.policy).toEqual({ type: 'values', several });
  });

  test('the same number twice gets its source in front', async () => {
    const { problems } = await load(metadata(row, { ...row, source: 'OE_TO_maths_en_COMP' }, { ...row, id: 7 }));
    expect(problems.map(({ id }) => id)).toEqual(['OE_MM_maths_en_COMP:2231', 'OE_TO_maths_en_COMP:2231', '7']);
  });

  test('a tolerance that is no number is malformed; a row without an answer is kept', async () => {
    await expect(load(metadata({ ...row, error: 'small' }))).rejects.toMatchObject({
      code: 'DATA_INVALID',
      message: expect.stringContaining('at "error"'),
    });
    const { problems } = await load(metadata({ ...row, answer: null }));
    expect(byId(problems, '2231').answer).toBe('');
  });
});

describe('the authors’ files', () => {
  const published = {
    id: 2231,
    subfield: 'Geometry',
    context: null,
    question: 'See <img_3362> and again <img_3362>, then <img_3363>.',
    solution: ['…'],
    final_answer: ['$3,4$'],
    is_multiple_answer: true,
    unit: '$\\mathrm{cm}$',
    answer_type: 'Numerical',
    error: ',0.1',
  };

  test('are one per piece; a selection of facets needs the pieces of these', async () => {
    const files = {
      'data/OE_MM_maths_en_COMP.json': [published],
      'data/OE_TO_maths_en_COMP.json': [{ ...published, id: 1, question: 'How long?', context: 'x' }],
    };
    const { problems } = await load(files, 'olympiadbench:language=English:subject=Math');
    expect(byId(problems, '2231')).toMatchObject({
      answer: '$3,4$',
      policy: { type: 'values', several: true, unit: '$\\mathrm{cm}$', tolerances: [0, 0.1] },
      facets: { source: ['OE_MM_maths_en_COMP'], modality: ['multimodal'], images: ['2'] },
    });
    expect(byId(problems, '2231').images[0]?.path).toMatch(/images\/img_3362\.jpg$/);
    expect(byId(problems, '2231').prompt).toContain(
      'The problem has multiple answers, each of them should be a numerical value.',
    );
    expect(byId(problems, '2231').prompt).toContain(
      '"So the final answer is \\boxed{multiple answers connected with commas}(unit)." and give the result explicitly, note that the unit',
    );
    expect(byId(problems, '1').images).toEqual([]);
    await expect(load(files)).rejects.toMatchObject({ code: 'DATA_NOT_FOUND' });
  });

  test('in Chinese are asked in Chinese', async () => {
    const chinese = { ...published, answer_type: 'Numerical,Expression', unit: null, question: '求值。' };
    const { problems } = await load(
      { 'data/OE_TO_maths_zh_COMP.json': [chinese] },
      'olympiadbench:source=OE_TO_maths_zh_COMP',
    );
    expect(problems[0]?.prompt).toBe(
      '以下是中国数学竞赛中的解答题，题目有多个答案，答案类型分别为数值、表达式。请根据题目的要求和所提供的信息计算得出答案。解答过程和结果中使用的变量和公式请使用LaTeX格式表示。请在最后以“所以最终答案是\\boxed{用英文逗号连接的多个答案}。”显式给出结果。\n\n求值。',
    );
  });
});
