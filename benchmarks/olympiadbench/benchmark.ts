import { z } from 'zod';
import type { AnswerPolicy } from '../../src/core/problem.ts';
import { defineBenchmark, type ProblemFields, RowError, singleFile } from '../../src/problems/define-benchmark.ts';
import { buildPrompt } from './build-prompt.ts';
import { olympiadbenchJson } from './from-json.ts';
import { olympiadbenchParquet } from './from-parquet.ts';

const rowSchema = z.object({
  id: z.union([z.int(), z.string().min(1)]).transform(String),
  question: z.string().min(1),
  context: z.string().nullish(),
  answer: z.union([z.string(), z.array(z.string())]).nullish(),
  answer_type: z.string().nullish(),
  source: z.string().nullish(),
  subject: z.string().nullish(),
  /** `["invalid"]` where the problem has none. */
  image_paths: z.array(z.string().min(1)).nullish(),
  // Not in every release of the rows.
  is_multiple_answer: z.boolean().nullish(),
  unit: z.string().nullish(),
  error: z.union([z.string(), z.number()]).nullish(),
  language: z.string().nullish(),
});
type Row = z.infer<typeof rowSchema>;

/** Olympiad and entrance examination problems in maths and physics, with several pictures, one or none. */
export const olympiadbench = defineBenchmark({
  name: 'olympiadbench',
  title: 'OlympiadBench',
  onlyWhenNamed: true,
  source: {
    url: 'https://github.com/OpenBMB/OlympiadBench',
    revision: '003c8414',
    license: 'apache-2.0 by its Hugging Face card',
    hub: { dataset: 'Hothan/OlympiadBench', files: ['OlympiadBench/OE_*/*.parquet'] },
  },
  splits: {
    'open-ended': singleFile({
      files: ['olympiadbench_metadata.json', 'olympiadbench/olympiadbench_metadata.json'],
      shape: 'array',
      rows: 6728,
    }),
  },
  defaultSplit: 'open-ended',
  imageFolders: ['images', '../images', '.'],
  facets: ['source', 'subject', 'language', 'modality', 'answer-type', 'images'],
  forms: [olympiadbenchJson, olympiadbenchParquet],
  metrics: [],
  crossFacets: [['subject', 'modality']],
  complete: withOwnIds,
  row: rowSchema,
  problem: (row) => {
    const source = row.source ?? '';
    const isMath = /math/i.test(source === '' ? (row.subject ?? '') : source);
    const answer = typeof row.answer === 'string' ? row.answer : (row.answer ?? []).join(', ');
    const question = !isMath && row.context && row.context !== 'nan' ? `${row.context}\n${row.question}` : row.question;
    const images = row.image_paths ?? [];
    const isTextOnly = images.length === 1 && images[0] === 'invalid';
    const isChinese = row.language ? /chinese|^zh/i.test(row.language) : /_zh_/.test(source);
    const policy = policyOf(row, answer);
    const asked = { isMath, isChinese, answerType: row.answer_type ?? '', several: policy.several, unit: policy.unit };
    return {
      id: row.id,
      group: row.id,
      question,
      prompt: `${buildPrompt(asked)}\n\n${question}`,
      images: isTextOnly ? [] : images,
      choices: [],
      answer,
      policy,
      facets: {
        source: source === '' ? 'not stated' : source,
        subject: isMath ? 'Math' : 'Physics',
        language: isChinese ? 'Chinese' : 'English',
        modality: modalityOf(source, isTextOnly, images.length),
        'answer-type': row.answer_type?.split(',').map((type) => type.trim()) ?? ['not stated'],
        images: String(isTextOnly ? 0 : images.length),
      },
    };
  },
});

/** Rows without a list of images, or with an empty one, are text only unless their source says that pictures belong to them. */
function modalityOf(source: string, isTextOnly: boolean, images: number): string {
  if (isTextOnly) return 'text only';
  if (images > 0) return 'multimodal';
  return /_MM_/.test(source) ? 'pictures missing' : 'text only';
}

/** How the gold is compared. A row that does not say whether it has several answers has them where its gold lists some. */
function policyOf(row: Row, answer: string): AnswerPolicy & { readonly type: 'values' } {
  const type = row.answer_type ?? '';
  const isTuple = type.includes('Tuple');
  const several = row.is_multiple_answer ?? (!/Tuple|Interval/.test(type) && listsValues(answer));
  const unit = row.unit?.trim();
  const tolerances = isTuple ? [] : tolerancesOf(row.error);
  return {
    type: 'values',
    several,
    ...(unit ? { unit } : {}),
    ...(tolerances.some((tolerance) => tolerance > 0) ? { tolerances } : {}),
  };
}

/** Whether a comma outside of brackets parts the gold; digits in groups of three are one number. */
function listsValues(answer: string): boolean {
  const bare = answer.replaceAll('$', '').trim();
  if (/^[-+]?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/.test(bare)) return false;
  let depth = 0;
  for (const sign of bare) {
    if ('([{'.includes(sign)) depth += 1;
    else if (')]}'.includes(sign)) depth -= 1;
    else if (',;，；'.includes(sign) && depth === 0) return true;
  }
  return false;
}

/** The published tolerance: absolute, one for all values, or one per value with nothing between the commas for none. */
function tolerancesOf(error: Row['error']): readonly number[] {
  const texts = error === null || error === undefined ? [] : String(error).split(',');
  const numbers = texts.map((text) => (text.trim() === '' ? 0 : Number(text)));
  if (numbers.some((number) => !Number.isFinite(number) || number < 0)) {
    throw new RowError('error', `Expected a number or numbers between commas, got ${JSON.stringify(error)}`);
  }
  return numbers;
}

/** Numbers that a file gives to two problems get their source in front. */
function withOwnIds<Fields extends ProblemFields>(problems: readonly Fields[]): readonly Fields[] {
  const counts = new Map<string, number>();
  for (const { id } of problems) counts.set(id, (counts.get(id) ?? 0) + 1);
  return problems.map((problem) => {
    if (counts.get(problem.id) === 1) return problem;
    const id = `${String(problem.facets['source'])}:${problem.id}`;
    return { ...problem, id, group: id };
  });
}
