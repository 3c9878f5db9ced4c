import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { DataSet } from '../../src/fetching/data-sets.ts';
import { type FetchListener, type FetchRequest, fetchData, type SetOutcome } from '../../src/fetching/fetch-data.ts';
import { type HubSettings, readHubSettings } from '../../src/fetching/hub-settings.ts';
import { type HubServer, randomContent, type ServedDataset, startHubServer } from './hub-server.ts';

// A proxy of the machine that the tests run on is not asked for servers of the tests.
process.env['NO_PROXY'] = '127.0.0.1';

export const firstCommit = 'a'.repeat(40);
export const secondCommit = 'b'.repeat(40);

/** Two large files and a small one, and files that nobody asks for; the second commit has another first file. */
export const tinyFiles = {
  'README.md': Buffer.from('# A data set\n'),
  'data/test-00000-of-00002.parquet': randomContent(200_000, 'one'),
  'data/test-00001-of-00002.parquet': randomContent(70_001, 'two'),
  'rows.jsonl': Buffer.from('{"id":"1"}\n{"id":"2"}\n'),
  'images.zip': randomContent(5000, 'zip'),
};

export function tinyDataset(): ServedDataset {
  return {
    commits: {
      [firstCommit]: tinyFiles,
      [secondCommit]: { ...tinyFiles, 'data/test-00000-of-00002.parquet': randomContent(90_000, 'other') },
    },
    refs: { main: firstCommit },
  };
}

export const tinySet: DataSet = {
  name: 'tiny',
  licence: 'CC0',
  hub: { dataset: 'owner/tiny', revision: firstCommit, files: ['data/test-*.parquet', 'rows.jsonl'] },
};

export const wantedFiles = ['data/test-00000-of-00002.parquet', 'data/test-00001-of-00002.parquet', 'rows.jsonl'];

export const tinyHub = (options?: Parameters<typeof startHubServer>[1]): Promise<HubServer> =>
  startHubServer({ 'owner/tiny': tinyDataset() }, options);

export class Notes implements FetchListener {
  readonly notes: string[] = [];
  readonly completedFiles: string[] = [];
  readonly left: { files: number; bytes: number }[] = [];
  arrived = 0;
  kept = 0;

  note(sentence: string): void {
    this.notes.push(sentence);
  }
  planned(left: { files: number; bytes: number }): void {
    this.left.push(left);
  }
  received(_file: string, bytes: number, kept: boolean): void {
    if (kept) this.kept += bytes;
    else this.arrived += bytes;
  }
  completed(file: string): void {
    this.completedFiles.push(file);
  }
}

/** Variables of a user's machine that a test starts from: an empty hub home in the folder. */
export function hubSettings(
  hub: { url: string },
  folder: string,
  environment: Record<string, string> = {},
): HubSettings {
  return readHubSettings({ HF_ENDPOINT: hub.url, HF_HOME: join(folder, 'hf'), ...environment });
}

/** A fetch of the tiny data set, impatient. */
export async function fetchTiny(
  hub: { url: string },
  folder: string,
  options: Partial<FetchRequest> & { environment?: Record<string, string> } = {},
): Promise<{ outcome: SetOutcome; notes: Notes }> {
  const notes = new Notes();
  const { environment, ...request } = options;
  const [outcome] = await fetchData({
    sets: [tinySet],
    dataRoot: join(folder, 'data'),
    settings: hubSettings(hub, folder, environment),
    verify: false,
    listener: notes,
    patience: { attempts: 4, firstDelayMs: 5, longestDelayMs: 20, longestRetryAfterMs: 3000 },
    ...request,
  });
  if (outcome === undefined) throw new Error('nothing was fetched');
  return { outcome, notes };
}

/** Every file below a folder, by relative path. */
export function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => statSync(join(folder, path)).isFile())
    .sort();
}

/** Whether a folder holds exactly the published content of the tiny data set, and its record. */
export function holdsTiny(folder: string, files: Readonly<Record<string, Buffer>> = tinyFiles): boolean {
  const whole = wantedFiles.every((path) => readFileSync(join(folder, path)).equals(files[path] as Buffer));
  const names = filesBelow(folder);
  return whole && names.join() === [...wantedFiles, 'fetched.json'].sort().join();
}
