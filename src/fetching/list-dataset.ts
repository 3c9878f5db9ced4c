import { SynthrlError } from '../core/errors.ts';
import type { HubSource } from '../problems/hub-source.ts';
import { type RemoteFile, remoteFileSchema } from './fetched-record.ts';
import { fitsPattern } from './file-names.ts';
import type { HubClient } from './hub-client.ts';

const mostEntries = 100_000;

/** Whether a revision is a commit and needs no looking up. */
export function isCommit(revision: string): boolean {
  return /^[0-9a-f]{40}$/.test(revision);
}

/** The commit that a branch, tag or commit stands for at the hub. */
export async function resolveRevision(
  client: HubClient,
  dataset: string,
  revision: string,
  signal: AbortSignal | undefined,
): Promise<string> {
  if (isCommit(revision)) return revision;
  const { datasetInfo } = await import('@huggingface/hub');
  const { sha } = await datasetInfo({
    name: dataset,
    revision,
    additionalFields: ['sha'],
    hubUrl: client.endpoint,
    fetch: client.apiFetch({ page: client.page(dataset), task: dataset, shape: 'object', signal }),
  });
  if (typeof sha === 'string' && isCommit(sha)) return sha;
  throw strange(client, 'names no commit');
}

/**
 * The files of a data set that its patterns ask for, at one commit.
 *
 * @throws {SynthrlError} `FETCH_NOT_FOUND` where a pattern has no file; `FETCH_FAILED` for a listing that makes no
 * sense or names a place outside the data set's folder
 */
export async function listDataset(
  client: HubClient,
  source: HubSource,
  commit: string,
  signal: AbortSignal | undefined,
): Promise<RemoteFile[]> {
  const { listFiles } = await import('@huggingface/hub');
  const page = client.page(source.dataset);
  const files: RemoteFile[] = [];
  const paths = new Set<string>();
  const seen: string[] = [];
  let entries = 0;
  for await (const entry of listFiles({
    repo: { type: 'dataset', name: source.dataset },
    revision: commit,
    recursive: true,
    hubUrl: client.endpoint,
    fetch: client.apiFetch({ page, task: `The listing of ${source.dataset}`, shape: 'list', signal }),
  })) {
    entries += 1;
    if (entries > mostEntries) throw strange(client, `lists more than ${mostEntries} files`);
    if (typeof entry?.path !== 'string' || entry.type !== 'file') continue;
    if (seen.length < 20) seen.push(JSON.stringify(entry.path.slice(0, 100)));
    if (!source.files.some((pattern) => fitsPattern(entry.path, pattern))) continue;
    const file = readEntry(client, entry);
    // Two downloads of one file would write into the same place.
    if (paths.has(file.path)) throw strange(client, `lists ${JSON.stringify(file.path.slice(0, 100))} twice`);
    paths.add(file.path);
    files.push(file);
  }
  requireAll(source, files, { page, seen });
  return files;
}

function readEntry(
  client: HubClient,
  entry: { path: string; size: number; oid?: string; lfs?: { oid: string } },
): RemoteFile {
  const { path, size, oid, lfs } = entry;
  const hash = lfs === undefined || lfs === null ? { gitSha1: oid } : { sha256: lfs.oid };
  const parsed = remoteFileSchema.safeParse({ path, bytes: size, ...hash });
  // A file without any hash could not be verified.
  if (parsed.success && (parsed.data.sha256 ?? parsed.data.gitSha1) !== undefined) return parsed.data;
  throw strange(client, `lists ${JSON.stringify(path.slice(0, 100))}, which is no file that can be fetched safely`);
}

/** @throws {SynthrlError} `FETCH_NOT_FOUND` naming what is missing */
function requireAll(
  source: HubSource,
  files: readonly RemoteFile[],
  { page, seen }: { page: string; seen: readonly string[] },
): void {
  const missing = missingPatterns(source, files);
  if (missing.length === 0) return;
  throw new SynthrlError('FETCH_NOT_FOUND', `${page} has no ${missing.join(', ')} at this revision.`, {
    hint: `It has ${seen.join(', ') || 'no files'}. Leave --revision out for the revision that is known to be complete.`,
  });
}

/** Patterns that no file fits. */
export function missingPatterns(source: HubSource, files: readonly { path: string }[]): string[] {
  return source.files.filter((pattern) => !files.some(({ path }) => fitsPattern(path, pattern)));
}

function strange(client: HubClient, what: string): SynthrlError {
  return new SynthrlError('FETCH_FAILED', `${new URL(client.endpoint).host} ${what}.`, {
    hint: 'Is HF_ENDPOINT a Hugging Face hub or a mirror of it?',
  });
}

/** Where a file of a data set is downloaded from; names may hold any character. */
export function fileUrl(client: HubClient, dataset: string, commit: string, path: string): string {
  return `${client.page(dataset)}/resolve/${commit}/${path.split('/').map(encodeURIComponent).join('/')}`;
}
