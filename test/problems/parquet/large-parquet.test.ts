import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { dataFolder } from '../temporary-data.ts';
import { writeImageParquet } from './image-parquet.ts';

const reader = pathToFileURL(join(import.meta.dirname, '../../../src/problems/parquet/read-parquet.ts')).href;

/** Reads all images in a process of its own and prints what it took. */
const program = `
const { readParquet } = await import(${JSON.stringify(reader)});
let bytes = 0;
const keepImage = (image, place) => { bytes += image.length; return { path: place }; };
const rows = await readParquet(process.argv[1], { images: ['image'], keepImage });
console.log(JSON.stringify({ rows: rows.length, bytes, peakKb: process.resourceUsage().maxRSS }));
`;

test.for([
  { layout: 'dictionary', codec: 'SNAPPY' },
  { layout: 'plain', codec: 'UNCOMPRESSED' },
] as const)(
  'a single $layout page of 320 MB ($codec) is read in a fraction of it',
  { timeout: 60_000 },
  ({ layout, codec }) => {
    const path = join(dataFolder(), 'large.parquet');
    writeImageParquet(path, { groups: 1, rowsPerGroup: 800, imageBytes: () => 400_000, layout, codec });
    const words = ['--import', 'tsx', '--input-type=module', '--eval', program, path];
    const { rows, bytes, peakKb } = JSON.parse(execFileSync(process.execPath, words, { encoding: 'utf8' }));
    expect({ rows, bytes }).toEqual({ rows: 800, bytes: 320_000_000 });
    expect(peakKb).toBeLessThan(220_000);
  },
);
