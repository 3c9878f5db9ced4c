import type { FormLabel } from '../../src/problems/define-benchmark.ts';

/** Rows of the published pieces with open questions. Pieces named `TP_…` hold proofs, which have no answer to compare. */
const rows: Readonly<Record<string, number>> = {
  OE_MM_maths_en_COMP: 150,
  OE_MM_maths_zh_CEE: 1910,
  OE_MM_maths_zh_COMP: 56,
  OE_MM_physics_en_COMP: 456,
  OE_MM_physics_zh_CEE: 1483,
  OE_TO_maths_en_COMP: 674,
  OE_TO_maths_zh_CEE: 1240,
  OE_TO_maths_zh_COMP: 408,
  OE_TO_physics_en_COMP: 236,
  OE_TO_physics_zh_CEE: 115,
};

/** A label per piece: its name says subject, language and whether pictures belong to it. */
export const configurationLabels: readonly FormLabel[] = Object.entries(rows).map(([source, count]) => ({
  label: source,
  split: 'open-ended',
  rows: count,
  facets: {
    source,
    subject: source.includes('_maths_') ? 'Math' : 'Physics',
    language: source.includes('_zh_') ? 'Chinese' : 'English',
  },
}));
