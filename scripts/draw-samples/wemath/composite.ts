import { agreed } from '../agreed.ts';
import type { ImageForm } from '../drawing/encode.ts';
import type { Sheet } from '../drawing/sheet.ts';

/** One row: a step of a composite problem, or the composite itself. */
export interface Step {
  /** Concept names of the published knowledge tree; the composite joins those of its steps. */
  readonly concepts: readonly string[];
  readonly question: string;
  /** All options in one string, with separators as irregular as the published ones. */
  readonly option: string;
  readonly answer: string;
  readonly sheet: Sheet;
  readonly form: ImageForm;
}

/** Two or three steps and the problem that needs all of them. */
export interface Composite {
  readonly steps: readonly Step[];
  readonly multi: Step;
}

/** `form` is a PNG unless told; many published `.png` files hold JPEG data. */
export function step(
  fields: Omit<Step, 'form' | 'concepts'> & { readonly form?: ImageForm; readonly concept: string },
): Step {
  const { concept, ...rest } = fields;
  return { form: { kind: 'png' }, concepts: [concept], ...rest };
}

export function multiStep(
  steps: readonly Step[],
  fields: Omit<Step, 'form' | 'concepts'> & { readonly form?: ImageForm },
): Composite {
  return { steps, multi: { form: { kind: 'png' }, concepts: steps.flatMap(({ concepts }) => concepts), ...fields } };
}

export const jpegInPng: ImageForm = { kind: 'jpeg' };

/**
 * The letter in front of a value in an option string, the value worked out twice.
 *
 * @throws {Error} where the two values differ, or the value does not stand in the string exactly once
 */
export function letterIn(option: string, first: number | string, second: number | string, suffix = ''): string {
  const value = `${agreed(option, String(first), String(second))}${suffix}`;
  const places = [...option.matchAll(/(?:^|[ ;])([A-F])\. ([^;]*?)(?=\s*(?:;|$| [A-F]\. ))/g)].filter(
    ([, , text]) => text?.trim() === value,
  );
  const letter = places[0]?.[1];
  if (letter === undefined || places.length !== 1)
    throw new Error(`"${value}" stands ${places.length} times in "${option}".`);
  return letter;
}
