import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SpeedRow } from './dispatch.ts';

const built = join(import.meta.dirname, '../../dist/src');

/** Reads the table in a process of its own with the built program; images are decoded and let go. */
const readCode = `
  const [built, path] = process.argv.slice(1);
  const { readTsv } = await import(built + '/problems/tsv/read-tsv.js');
  let bytes = 0;
  const from = performance.now();
  const rows = await readTsv(path, { images: 'image', keepImage: (image) => ({ path: String((bytes += image.length)) }) });
  print(rows.length, bytes, from);
`;

/** The least that any reader does: lines split at tabs, base64 decoded. Knows no quotation marks, keeps no row. */
const plainCode = `
  const [, path] = process.argv.slice(1);
  const { createReadStream } = await import('node:fs');
  const { createInterface } = await import('node:readline');
  let bytes = 0;
  let count = -1;
  const from = performance.now();
  for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Infinity })) {
    count += 1;
    if (count === 0) continue;
    const fields = line.split('\\t');
    bytes += Buffer.from(fields[1], 'base64').length;
  }
  print(count, bytes, from);
`;

const printCode = `
  function print(rows, bytes, from) {
    const seconds = (performance.now() - from) / 1000;
    console.log(JSON.stringify({ rows, bytes, seconds, megabytes: process.resourceUsage().maxRSS / 1024 }));
  }
`;

/** Rows and megabytes a second and peak memory of reading a table with images, beside the plainest reader there is. */
export function measureTsv(): SpeedRow[] {
  const gigabytes = Number(process.env['SYNTHRL_SPEED_GB'] ?? 0.3);
  const folder = mkdtempSync(join(tmpdir(), 'synthrl-speed-tsv-'));
  try {
    const path = join(folder, 'table.tsv');
    const written = writeTable(path, gigabytes * 1e9);
    const size = statSync(path).size / 1e6;
    const plain = readInChild(plainCode, path);
    const ours = readInChild(readCode, path);
    for (const { rows, bytes } of [plain, ours]) {
      if (rows !== written.rows || bytes !== written.bytes)
        throw new Error(`${rows} rows and ${bytes} bytes were read`);
    }
    const name = `table of ${(size / 1000).toFixed(1)} GB`;
    const n = ours.rows;
    return [
      { measure: `${name} read`, value: ours.rows / ours.seconds, unit: 'rows a second', n },
      { measure: `${name} read`, value: size / ours.seconds, unit: 'MB a second', n },
      { measure: `${name} read`, value: ours.megabytes, unit: 'MB peak memory', n },
      { measure: `${name}, lines split at tabs`, value: size / plain.seconds, unit: 'MB a second', n },
      { measure: `${name}, lines split at tabs`, value: plain.megabytes, unit: 'MB peak memory', n },
      {
        measure: `${name}, time of reading it by that of lines`,
        value: ours.seconds / plain.seconds,
        unit: 'times',
        n,
      },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function readInChild(code: string, path: string): { rows: number; bytes: number; seconds: number; megabytes: number } {
  const words = ['--input-type=module', '-e', printCode + code, '--', built, path];
  const { stdout, stderr, status } = spawnSync(process.execPath, words, { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

/** Rows as of a published table: images of 1 kB to 400 kB, some texts of a few hundred characters. */
function writeTable(path: string, wantedBytes: number): { rows: number; bytes: number } {
  const noise = Buffer.from(Uint32Array.from({ length: 100_000 }, (_, at) => Math.imul(at + 1, 2_654_435_761)).buffer);
  const file = openSync(path, 'w');
  writeSync(file, 'index\timage\tquestion\tanswer\tchoices\tcategory\n');
  let rows = 0;
  let bytes = 0;
  for (let size = 0; size < wantedBytes; rows += 1) {
    const image = noise.subarray(0, 1000 + ((rows * 7919) % 399) * 1000);
    const question = `Row ${rows}: ${'In the figure, find the angle ∠ABC in degrees. '.repeat(1 + (rows % 8))}`;
    const row = `${rows}\t${image.toString('base64')}\t${question}\t42\t['A', 'B', 'C', 'D']\tmetric geometry - angle\n`;
    size += writeSync(file, row);
    bytes += image.length;
  }
  closeSync(file);
  return { rows, bytes };
}
