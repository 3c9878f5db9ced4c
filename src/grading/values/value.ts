import type { Rational } from './rational.ts';

/** A number with how it was written, since a gold answer decides what of that matters. */
export interface NumberValue {
  readonly kind: 'number';
  /** A percentage holds the hundredth part of what is written. */
  readonly exact: Rational | undefined;
  readonly approximate: number;
  readonly percent: boolean;
  /** One name for the unit, with its power (`cm^2`); `''` where none is given or it says nothing (`units`, `marbles`). */
  readonly unit: string;
  /** Digits behind the point where it is written as a decimal literal. */
  readonly decimals: number | undefined;
  /** Whether a decimal literal says that its digits go on. */
  readonly truncated: boolean;
  /** The rounded form in `2\pi \approx 6.28`, which the writer offers as the same value. */
  readonly rounded: NumberValue | undefined;
  /** What stands before the equals sign in `x = 5`. */
  readonly label: string | undefined;
}

/** Several values with what encloses them: `()`, `[]`, `(]`, `{}`, or nothing. */
export interface SequenceValue {
  readonly kind: 'sequence';
  readonly open: string;
  readonly close: string;
  readonly items: readonly Value[];
  readonly label: string | undefined;
}

/** What an answer says. `text` of any kind is its one spelling for comparing word for word. */
export type Value =
  | NumberValue
  | SequenceValue
  /** `3:4`, or a time of day. */
  | { readonly kind: 'ratio'; readonly parts: readonly NumberValue[]; readonly clock: boolean }
  /** Holds free variables, or is an ordering or a date (`5-4-3`, `04/06/2005`) that must not be calculated. */
  | { readonly kind: 'expression'; readonly text: string; readonly label: string | undefined }
  /** An equation or inequality. */
  | { readonly kind: 'relation'; readonly text: string }
  | { readonly kind: 'words'; readonly text: string }
  | { readonly kind: 'unreadable'; readonly reason: 'empty' | 'too-long' | 'not-parsed' };
