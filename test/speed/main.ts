import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { measureCoverage } from './coverage.ts';
import { measureDesigns } from './designs.ts';
import { measureDispatch } from './dispatch.ts';
import { measureGradeRun } from './grade-run.ts';
import { measureGrading } from './grading.ts';
import { measureGradingService } from './grading-service.ts';
import { measureImages } from './images.ts';
import { measureParquet } from './parquet.ts';
import { measureRatings } from './ratings.ts';
import { measureTsv } from './tsv.ts';

/** One measured figure. */
interface Row {
  readonly measure: string;
  readonly value: number;
  readonly unit: string;
  readonly n: number;
}

const root = join(import.meta.dirname, '../..');

/** Median wall-clock milliseconds of a command of the built program. */
function measureStart(words: readonly string[], n: number): Row {
  const times = Array.from({ length: n }, () => {
    const from = performance.now();
    spawnSync(process.execPath, [join(root, 'dist/src/cli.js'), ...words], { stdio: 'ignore' });
    return performance.now() - from;
  }).sort((left, right) => left - right);
  return {
    measure: `start-up: synthrl ${words.join(' ')}`,
    value: times[Math.floor(n / 2)] ?? 0,
    unit: 'ms (median)',
    n,
  };
}

function printTable(rows: readonly Row[]): void {
  const width = Math.max(...rows.map(({ measure }) => measure.length));
  for (const { measure, value, unit, n } of rows) {
    console.log(
      `${measure.padEnd(width)}  ${value.toFixed(value < 10 || unit === '%' ? 2 : 0).padStart(8)} ${unit}  (n = ${n})`,
    );
  }
}

const measures: Readonly<Record<string, () => Promise<Row[]> | Row[]>> = {
  dispatch: () => measureDispatch(),
  images: () => measureImages(),
  grading: () => measureGrading(),
  'grade-run': () => measureGradeRun(),
  'grading-service': () => measureGradingService(),
  tsv: () => measureTsv(),
  parquet: () => measureParquet(),
  designs: () => measureDesigns(),
  ratings: () => measureRatings(),
  coverage: () => measureCoverage(),
  start: () => [measureStart(['--help'], 11), measureStart(['--version'], 11)],
};

/** `--only grade-run,start` measures these alone. */
const { only } = parseArgs({ options: { only: { type: 'string' } } }).values;
const wanted = only?.split(',') ?? Object.keys(measures);
const unknown = wanted.filter((name) => measures[name] === undefined);
if (unknown.length > 0) throw new Error(`${unknown.join(', ')}: there are ${Object.keys(measures).join(', ')}`);
for (const name of wanted) printTable((await measures[name]?.()) ?? []);
