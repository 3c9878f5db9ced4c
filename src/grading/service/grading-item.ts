import { z } from 'zod';

/** Benchmarks whose declared way of comparing answers an item may ask for. */
const itemBenchmarks = ['mathverse', 'mathvision', 'mathvista', 'wemath', 'dynamath'] as const;

/** How benchmarks name the kinds of answer. */
const answerTypes = [
  'multi-choice',
  'multi_choice',
  'multiple choice',
  'integer',
  'float',
  'list',
  'text',
  'free-form',
  'free_form',
] as const;

/** One reply to be graded, as `POST /grade` takes it. */
export const gradingItemSchema = z.strictObject({
  /** The whole reply of the model. */
  response: z.string(),
  /** The right answer: a letter or an option's text, a number, LaTeX, a word. */
  answer: z.union([z.string(), z.number().transform(String)], { error: 'expected a text or a number' }),
  /** Option texts in letter order. */
  options: z.array(z.string()).max(26).nullish(),
  /** Compare as this benchmark declares it; left out for other data. */
  benchmark: z.enum(itemBenchmarks).nullish(),
  /** Kind of the answer; read off options and answer where it is left out. */
  answer_type: z.enum(answerTypes).nullish(),
  /** Decimals to which a float is compared. */
  precision: z.number().int().min(0).max(15).nullish(),
  /** Unit of a number, e.g. `cm`: a reply in another unit is then wrong, one without a unit is not. */
  unit: z.string().max(100).nullish(),
});

/** One reply to be graded. Fields that are left out may also be null. */
export type GradingItem = z.input<typeof gradingItemSchema>;
export type ReadGradingItem = z.output<typeof gradingItemSchema>;

/** Reads an item, or says which field is wrong (`options[2]`; empty for the item itself) and how. */
export function readGradingItem(
  value: unknown,
): { readonly item: ReadGradingItem } | { readonly field: string; readonly problem: string } {
  const read = gradingItemSchema.safeParse(value);
  if (read.success) return { item: read.data };
  const [issue] = read.error.issues;
  const field = (issue?.path ?? []).map((part) => (typeof part === 'number' ? `[${part}]` : String(part))).join('');
  return { field, problem: issue?.message ?? 'not an item' };
}
