import type { ImageForm } from '../drawing/encode.ts';
import type { Sheet } from '../drawing/sheet.ts';
import type { SeededRandom } from '../seeded-random.ts';

/** What differs between the variants of a seed question. */
export interface Variant {
  readonly question: string;
  readonly answer: string;
  readonly sheet: Sheet;
}

/** A question whose numbers are drawn anew for every variant. */
export interface DynamathSeed {
  readonly answerType: 'float' | 'multiple choice' | 'text';
  readonly subject: string;
  readonly level: 'elementary school' | 'high school' | 'undergraduate';
  readonly form: ImageForm;
  variant(random: SeededRandom, number: number): Variant;
}
