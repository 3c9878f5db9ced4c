import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Contents by path below the sample's folder. */
export type SampleFiles = Map<string, Buffer | string>;

/** Puts a sample in place of whatever the folder held. */
export async function writeSample(folder: string, files: SampleFiles): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  for (const [path, content] of files) {
    const file = join(folder, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content);
  }
}

/** JSON as the published files have it: indented by four, everything beyond ASCII escaped. */
export function publishedJson(value: unknown): string {
  return `${asciiOnly(JSON.stringify(value, null, 4))}\n`;
}

/** One JSON object per line. */
export function publishedJsonLines(rows: readonly unknown[]): string {
  return rows.map((row) => `${asciiOnly(JSON.stringify(row))}\n`).join('');
}

function asciiOnly(json: string): string {
  return json.replace(/[^\n -~]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
