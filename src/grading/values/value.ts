import type { Expression } from './expression.ts';
import type { Rational } from './rational.ts';
import type { Token } from './tokenise.ts';

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

/** Several values with what encloses them: `()`, `[]`, `(]`, `{}`, or nothing. Also an interval; the other side tells which. */
export interface SequenceValue {
  readonly kind: 'sequence';
  readonly open: string;
  readonly close: string;
  readonly items: readonly Value[];
  readonly label: string | undefined;
}

/** `tree` is absent only for infinity. */
export interface ExpressionValue {
  readonly kind: 'expression';
  readonly text: string;
  readonly label: string | undefined;
  readonly tree: Expression | undefined;
}

export interface EquationValue {
  readonly kind: 'equation';
  readonly text: string;
  readonly left: Expression;
  readonly right: Expression;
}

/** A sign between two expressions; `≠` for what must not be equal. */
export interface Inequality {
  readonly left: Expression;
  readonly sign: '<' | '>' | '≤' | '≥' | '≠';
  readonly right: Expression;
}

/** Inequalities that hold at once, as in `0 < x - y < 2`. */
export interface InequalityValue {
  readonly kind: 'inequality';
  readonly text: string;
  readonly all: readonly Inequality[];
}

/** Intervals of numbers, any of which may hold: `(-\infty, 1] \cup [2, 3)`, `x \ne 3`, all real numbers. */
export interface UnionValue {
  readonly kind: 'union';
  readonly parts: readonly SequenceValue[];
}

export interface MatrixValue {
  readonly kind: 'matrix';
  readonly rows: readonly (readonly Value[])[];
}

/** A sentence with named values: `domain: [0, 2] and range: (1, 3)`. */
export interface DescriptionValue {
  readonly kind: 'description';
  readonly entries: readonly { readonly name: string; readonly value: Value }[];
}

/** Why a text is not read. */
export type UnreadableReason = 'empty' | 'too-long' | 'not-parsed' | 'division-by-zero';

/** What an answer says. `text` of any kind is its one spelling for comparing word for word. */
export type Value =
  | NumberValue
  | SequenceValue
  /** `3:4`, or a time of day. */
  | { readonly kind: 'ratio'; readonly parts: readonly NumberValue[]; readonly clock: boolean }
  | ExpressionValue
  /** Literals between dashes or strokes that must not be calculated: an ordering `5-4-3`, a range `0.2 - 0.4`, a date `04/06/2005`. */
  | { readonly kind: 'ordering'; readonly text: string; readonly parts: readonly NumberValue[] }
  | EquationValue
  | InequalityValue
  | UnionValue
  | MatrixValue
  | DescriptionValue
  /** A direction in degrees clockwise from north: `035°T`, `N 35° E`. */
  | { readonly kind: 'bearing'; readonly degrees: number }
  /** An equation or inequality of which a side is not read. */
  | { readonly kind: 'relation'; readonly text: string }
  | { readonly kind: 'words'; readonly text: string }
  | { readonly kind: 'unreadable'; readonly reason: UnreadableReason };

/** Reads tokens of an answer, or of a part of one at a depth below it. */
export type ReadTokens = (tokens: readonly Token[], depth: number) => Value;
