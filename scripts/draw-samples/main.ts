/**
 * Draws the built-in sample data of every benchmark, questions, golds and pictures, into benchmarks/<name>/sample.
 *
 * Run `npx tsx scripts/draw-samples/main.ts` after a change to this folder, and commit what it writes. It gives the same
 * bytes every time on one machine. Another folder can be named: `npx tsx scripts/draw-samples/main.ts <folder>`.
 */
import { join } from 'node:path';
import { drawSamples } from './draw-samples.ts';

await drawSamples(process.argv[2] ?? join(import.meta.dirname, '../../benchmarks'));
