import { RowError } from '../../src/problems/define-benchmark.ts';

/** The versions with a picture in the order of a problem's five rows, and the folder of each one's picture. */
const versions: readonly (readonly [string, string])[] = [
  ['Text Dominant', 'images_version_1-4'],
  ['Text Lite', 'images_version_1-4'],
  ['Vision Intensive', 'images_version_1-4'],
  ['Vision Dominant', 'images_version_5'],
  ['Vision Only', 'images_version_6'],
];

/** What tells a row: its place among all rows, its problem, its version. The first two count from 1. */
export interface RowNames {
  readonly sampleIndex: number | undefined;
  readonly problemIndex: number | undefined;
  readonly version: string;
}

/** Both indices, of which a table may have one: the five versions of problem p are the rows 5(p - 1) + 1 to 5p. */
export function officialIndices({ sampleIndex, problemIndex, version }: RowNames): { sample: number; problem: number } {
  const place = versions.findIndex(([name]) => name === version);
  if (place < 0 && version !== 'Text Only') {
    throw new RowError('problem_version', `There is no version ${JSON.stringify(version)}`);
  }
  const perProblem = version === 'Text Only' ? 1 : versions.length;
  const offset = version === 'Text Only' ? 1 : place + 1;
  if (problemIndex !== undefined) {
    return { sample: sampleIndex ?? perProblem * (problemIndex - 1) + offset, problem: problemIndex };
  }
  if (sampleIndex === undefined) throw new RowError('problem_index', 'Neither sample_index nor problem_index is there');
  if ((sampleIndex - offset) % perProblem !== 0) {
    throw new RowError('problem_index', `Row ${sampleIndex} of the data set is not one of the version ${version}`);
  }
  return { sample: sampleIndex, problem: (sampleIndex - offset) / perProblem + 1 };
}

/** The name of a row's picture; empty in the version that has none. */
export function officialImage(version: string, problemIndex: number): string {
  const folder = versions.find(([name]) => name === version)?.[1];
  return folder === undefined ? '' : `${folder}/image_${problemIndex}.png`;
}
