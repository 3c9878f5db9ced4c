import type { Benchmark } from '../src/problems/define-benchmark.ts';
import { dynamath } from './dynamath/benchmark.ts';
import { mathverse } from './mathverse/benchmark.ts';
import { mathvision } from './mathvision/benchmark.ts';
import { mathvista } from './mathvista/benchmark.ts';
import { wemath } from './wemath/benchmark.ts';

/** Every benchmark of the product, in the order in which they are shown. */
export const benchmarks: readonly Benchmark[] = [mathverse, mathvision, mathvista, wemath, dynamath];
