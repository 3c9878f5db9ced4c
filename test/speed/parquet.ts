import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { writeImageParquet } from '../problems/parquet/image-parquet.ts';
import type { SpeedRow } from './dispatch.ts';

const built = pathToFileURL(join(import.meta.dirname, '../../dist/src/problems/')).href;
const meanImageBytes = 400_000;
/** The library holds a row group and its result at once. */
const mostGigabytesForLibrary = 0.5;

const readers = {
  'images handed on': `
    const { readParquet } = await import('${built}parquet/read-parquet.js');
    const keepImage = (image, place) => ({ path: place });
    const rows = await readParquet(file, { images: ['image'], keepImage });`,
  'images kept by content': `
    const { readParquet } = await import('${built}parquet/read-parquet.js');
    const { openEmbeddedImages } = await import('${built}embedded-images.js');
    const rows = await readParquet(file, { images: ['image'], keepImage: openEmbeddedImages(folder) });`,
  'images not read': `
    const { readParquet } = await import('${built}parquet/read-parquet.js');
    const rows = await readParquet(file, { images: ['image'] });`,
  'hyparquet alone': `
    const { asyncBufferFromFile, parquetReadObjects } = await import('hyparquet');
    const { compressors } = await import('hyparquet-compressors');
    const rows = await parquetReadObjects({ file: await asyncBufferFromFile(file), compressors, utf8: false });`,
};

interface Measured {
  readonly rows: number;
  readonly seconds: number;
  readonly peakMb: number;
}

/**
 * Rows with embedded images read from one file, each reader in a process of its own. The file has row groups of 1000
 * rows whose images fill one page, as pyarrow writes them by default.
 *
 * @param gigabytes - of the file; 0.3 unless the environment variable SYNTHRL_SPEED_GB says another number
 */
export function measureParquet(gigabytes = Number(process.env['SYNTHRL_SPEED_GB'] ?? 0.3)): SpeedRow[] {
  const folder = mkdtempSync(join(tmpdir(), 'synthrl-speed-parquet-'));
  try {
    const file = join(folder, 'images.parquet');
    const wanted = Math.ceil((gigabytes * 1e9) / meanImageBytes);
    const groups = Math.ceil(wanted / 1000);
    const rowsPerGroup = Math.ceil(wanted / groups);
    const imageBytes = (row: number): number => meanImageBytes / 2 + (row % 101) * (meanImageBytes / 100);
    writeImageParquet(file, { groups, rowsPerGroup, imageBytes, layout: 'dictionary', codec: 'SNAPPY' });
    const megabytes = statSync(file).size / 1e6;
    const withoutLibrary = (Object.keys(readers) as (keyof typeof readers)[]).filter(
      (name) => name !== 'hyparquet alone',
    );
    const figures = withoutLibrary.flatMap((name) => figuresOf(name, read(name, file, folder), megabytes));
    return [...figures, ...(gigabytes > mostGigabytesForLibrary ? [] : compared(file, folder, megabytes))];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function compared(file: string, folder: string, megabytes: number): SpeedRow[] {
  const name = 'hyparquet alone';
  const theirs = read(name, file, folder);
  const ours = read('images handed on', file, folder);
  const ratio = (measure: string, value: number): SpeedRow => ({ measure, value, unit: 'times', n: theirs.rows });
  return [
    ...figuresOf(name, theirs, megabytes),
    ratio('parquet: speed against hyparquet alone', theirs.seconds / ours.seconds),
    ratio('parquet: peak memory against hyparquet alone', ours.peakMb / theirs.peakMb),
  ];
}

function figuresOf(name: keyof typeof readers, { rows, seconds, peakMb }: Measured, megabytes: number): SpeedRow[] {
  const measure = `parquet of ${(megabytes / 1000).toFixed(1)} GB, ${name}`;
  const bytes = { measure, value: megabytes / seconds, unit: 'MB per second', n: rows };
  return [
    { measure, value: rows / seconds, unit: 'rows per second', n: rows },
    ...(name === 'images not read' ? [] : [bytes]),
    { measure, value: peakMb, unit: 'MB peak memory of the process', n: rows },
  ];
}

function read(name: keyof typeof readers, file: string, folder: string): Measured {
  const program = `
    const [file, folder] = process.argv.slice(1);
    const startedAt = performance.now();
    ${readers[name]}
    const seconds = (performance.now() - startedAt) / 1000;
    console.log(JSON.stringify({ rows: rows.length, seconds, peakMb: process.resourceUsage().maxRSS / 1024 }));`;
  const words = ['--input-type=module', '--eval', program, file, join(folder, 'embedded')];
  return JSON.parse(
    execFileSync(process.execPath, words, { encoding: 'utf8', cwd: join(import.meta.dirname, '../..') }),
  );
}
