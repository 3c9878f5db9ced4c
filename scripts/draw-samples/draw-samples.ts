import { join } from 'node:path';
import { dynamathSample } from './dynamath/dynamath-sample.ts';
import { geometry3kSample } from './geometry3k/geometry3k-sample.ts';
import { hallusionbenchSample } from './hallusionbench/hallusionbench-sample.ts';
import { logicvistaSample } from './logicvista/logicvista-sample.ts';
import { mathverseSample } from './mathverse/mathverse-sample.ts';
import { mathvisionSample } from './mathvision/mathvision-sample.ts';
import { mathvistaSample } from './mathvista/mathvista-sample.ts';
import { olympiadbenchSample } from './olympiadbench/olympiadbench-sample.ts';
import type { SampleFiles } from './sample-files.ts';
import { writeSample } from './sample-files.ts';
import { wemathSample } from './wemath/wemath-sample.ts';

const samples: Readonly<Record<string, () => Promise<SampleFiles>>> = {
  mathverse: mathverseSample,
  mathvision: mathvisionSample,
  mathvista: mathvistaSample,
  wemath: wemathSample,
  dynamath: dynamathSample,
  geometry3k: geometry3kSample,
  logicvista: logicvistaSample,
  olympiadbench: olympiadbenchSample,
  hallusionbench: hallusionbenchSample,
};

/** Writes `<benchmark>/sample/` for every benchmark below a folder, in place of what is there. */
export async function drawSamples(folder: string): Promise<void> {
  for (const [name, draw] of Object.entries(samples)) await writeSample(join(folder, name, 'sample'), await draw());
}
