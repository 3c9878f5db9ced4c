import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import type { Benchmark, RowContext, SplitPart } from '../../../src/problems/define-benchmark.ts';

/** A row of the official files with where it stands and its picture. */
export interface OfficialRow {
  readonly value: Readonly<Record<string, unknown>>;
  readonly context: RowContext;
  /** The picture's bytes; drawn where the data at hand lacks it, undefined where the row names none. */
  readonly picture: Buffer | undefined;
}

/** Reads official files the plain way, apart from the product's readers. */
export async function officialRows(
  benchmark: Benchmark,
  folder: string,
  split: string,
  { file, pictures }: { file: string | undefined; pictures: boolean },
): Promise<OfficialRow[]> {
  const parts = benchmark.splits[split]?.parts ?? [];
  const rows: OfficialRow[] = [];
  for (const part of parts) {
    const path = file ?? part.files.map((name) => join(folder, name)).find((name) => existsSync(name));
    if (path === undefined) throw new Error(`${folder} has none of ${part.files.join(', ')}`);
    for (const { value, key } of parse(readFileSync(path, 'utf8'), part)) {
      const picture = pictures ? await pictureOf(benchmark, dirname(path), value, rows.length) : undefined;
      rows.push({ value, context: { key, facets: part.facets ?? {} }, picture });
    }
  }
  return rows;
}

function parse(text: string, { shape }: SplitPart): { value: Record<string, unknown>; key: string | undefined }[] {
  if (shape === 'jsonl') {
    const lines = text.split('\n').filter((line) => line.trim() !== '');
    return lines.map((line) => ({ value: JSON.parse(line), key: undefined }));
  }
  if (shape === 'array') {
    return (JSON.parse(text) as Record<string, unknown>[]).map((value) => ({ value, key: undefined }));
  }
  const entries = Object.entries(JSON.parse(text) as Record<string, Record<string, unknown>>);
  return entries.map(([key, value]) => ({ value, key }));
}

async function pictureOf(
  benchmark: Benchmark,
  folder: string,
  value: Readonly<Record<string, unknown>>,
  place: number,
): Promise<Buffer | undefined> {
  const name = value['image'] ?? value['image_path'];
  if (typeof name !== 'string' || name === '') return undefined;
  const found = benchmark.imageFolders.map((images) => join(folder, images, name)).find((path) => existsSync(path));
  return found === undefined ? drawn(place) : readFileSync(found);
}

let pixel: Promise<Buffer> | undefined;

/** A picture of one pixel; its place stands behind the end, so that no two have the same bytes. */
async function drawn(place: number): Promise<Buffer> {
  pixel ??= sharp({ create: { width: 1, height: 1, channels: 3, background: 'white' } })
    .png()
    .toBuffer();
  return Buffer.concat([await pixel, Buffer.from(String(place))]);
}
