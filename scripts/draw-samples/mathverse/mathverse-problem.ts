import type { Sheet } from '../drawing/sheet.ts';

/** One problem of which five picture versions and a text-only version are made. */
export interface MathverseProblem {
  readonly source: string;
  readonly subject: 'Plane Geometry' | 'Functions' | 'Solid Geometry';
  readonly subfield: string;
  readonly questionType: 'multi-choice' | 'free-form';
  /** As published data have it: dirt included. */
  readonly answer: string;
  /** Option lines, e.g. `A:30°`; empty for a free answer. */
  readonly choices: readonly string[];
  readonly textDominant: string;
  readonly textLite: string;
  readonly visionIntensive: string;
  readonly visionDominant: string;
  /** The figure; `withConditions` writes the values into it that the text then leaves out. */
  draw(withConditions: boolean): Sheet;
}
