import type { Benchmark } from '../src/problems/define-benchmark.ts';
import { dynamath } from './dynamath/benchmark.ts';
import { geometry3k } from './geometry3k/benchmark.ts';
import { hallusionbench } from './hallusionbench/benchmark.ts';
import { logicvista } from './logicvista/benchmark.ts';
import { mathverse } from './mathverse/benchmark.ts';
import { mathvision } from './mathvision/benchmark.ts';
import { mathvista } from './mathvista/benchmark.ts';
import { olympiadbench } from './olympiadbench/benchmark.ts';
import { wemath } from './wemath/benchmark.ts';

/** Every benchmark of the product, in the order in which they are shown. */
export const benchmarks: readonly Benchmark[] = [
  mathverse,
  mathvision,
  mathvista,
  wemath,
  dynamath,
  geometry3k,
  logicvista,
  olympiadbench,
  hallusionbench,
];
