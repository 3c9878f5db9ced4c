import { z } from 'zod';
import { defineBenchmark, RowError, type Split } from '../../src/problems/define-benchmark.ts';
import { geometry3kParquet } from './from-parquet.ts';

/** The annotation with its formulas in LaTeX; a few readers of the data set know only the plain text. */
const rowSchema = z.object({
  id: z.union([z.int().min(0), z.string().min(1)]),
  annotat_text: z.string().min(1),
  choices: z.array(z.string()).length(4),
  answer: z.string().regex(/^[A-D]$/),
  problem_type_graph: z.array(z.string().min(1)).optional(),
  problem_type_goal: z.array(z.string().min(1)).optional(),
});

/** One folder per problem, below a folder that is named as the split. */
function folders(name: string, rows: number): Split {
  const places = [name, `geometry3k/${name}`, `data/geometry3k/${name}`];
  return { parts: [{ files: places, shape: 'folder', rows }] };
}

/** Plane geometry from textbooks: one diagram, four options that the question does not show. */
export const geometry3k = defineBenchmark({
  name: 'geometry3k',
  title: 'Geometry3K',
  onlyWhenNamed: true,
  source: {
    url: 'https://github.com/lupantech/InterGPS',
    revision: 'd9d2c4cc',
    license: 'MIT',
    hub: { dataset: 'hiyouga/geometry3k', files: ['data/test-*.parquet'] },
  },
  splits: { test: folders('test', 601), validation: folders('val', 300), train: folders('train', 2101) },
  defaultSplit: 'test',
  imageFolders: ['.'],
  facets: ['graph', 'goal'],
  forms: [geometry3kParquet],
  metrics: [],
  crossFacets: [],
  row: rowSchema,
  problem: (row, { key }) => {
    const folder = key ?? String(row.id);
    const letters = [row.answer];
    if (row.choices['ABCD'.indexOf(row.answer)] === '') throw new RowError('answer', 'The option of the gold is empty');
    return {
      id: String(row.id),
      group: String(row.id),
      question: row.annotat_text,
      prompt: row.annotat_text,
      images: [`${folder}/img_diagram.png`],
      choices: row.choices,
      answer: row.answer,
      policy: { type: 'choice', letters },
      facets: { graph: stated(row.problem_type_graph), goal: stated(row.problem_type_goal) },
    };
  },
});

/** Tables on the hub leave the kinds of problem out. */
function stated(kinds: readonly string[] | undefined): readonly string[] {
  return kinds === undefined || kinds.length === 0 ? ['not stated'] : kinds;
}
