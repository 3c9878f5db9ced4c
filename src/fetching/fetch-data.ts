import { join, resolve } from 'node:path';
import PQueue from 'p-queue';
import { SynthrlError } from '../core/errors.ts';
import type { DataSet } from './data-sets.ts';
import { requireSpace } from './disk-space.ts';
import type { RemoteFile } from './fetched-record.ts';
import { HubClient } from './hub-client.ts';
import type { HubSettings } from './hub-settings.ts';
import type { Patience } from './patience.ts';
import { type FetchedFile, SetFetch } from './set-fetch.ts';

/** Files that are downloaded side by side; more gain little and a hub may count them against one. */
const filesAtOnce = 4;

/** Follows a fetch. Files are named `<data set>/<path>`. */
export interface FetchListener {
  note(sentence: string): void;
  /** Everything is planned: what is left to download, in files and bytes. */
  planned(left: { files: number; bytes: number }): void;
  /** Bytes that arrived; `kept` are those of an earlier run. Negative where a file begins anew. */
  received(file: string, bytes: number, kept: boolean): void;
  completed(file: string, bytes: number): void;
}

export interface FetchRequest {
  readonly sets: readonly DataSet[];
  readonly dataRoot: string;
  readonly settings: HubSettings;
  readonly revision?: string | undefined;
  readonly verify: boolean;
  readonly listener: FetchListener;
  readonly patience?: Patience;
  readonly signal?: AbortSignal;
}

/** What became of one data set. */
export interface SetOutcome {
  readonly name: string;
  readonly dataset: string;
  readonly licence: string;
  /** Absolute. */
  readonly folder: string;
  /** Commit; undefined where it could not be settled. */
  readonly revision: string | undefined;
  readonly files: readonly FetchedFile[];
  /** Why it is not complete; undefined where it is. */
  readonly error: SynthrlError | undefined;
}

/** One data set on its way. */
interface Work {
  readonly set: DataSet;
  readonly folder: string;
  fetch?: SetFetch;
  error?: SynthrlError;
}

/**
 * Fetches data sets into `<data root>/<name>`. One that fails does not stop the others.
 *
 * @throws {SynthrlError} `DISK_FULL` and `WRITE_FAILED`, which concern all; `INTERRUPTED` after the signal
 */
export async function fetchData(request: FetchRequest): Promise<SetOutcome[]> {
  const { settings, listener, patience, signal } = request;
  const note = (sentence: string) => listener.note(sentence);
  const client = settings.offline ? undefined : new HubClient({ settings, note, ...(patience ? { patience } : {}) });
  const works: Work[] = request.sets.map((set) => ({ set, folder: resolve(join(request.dataRoot, set.name)) }));
  try {
    const opened = await Promise.allSettled(
      works.map((work) => attempt(work, request, () => open(work, request, client))),
    );
    signal?.throwIfAborted();
    const [failed] = opened.filter((each) => each.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
    await downloadAll(works, request);
    for (const work of works) await attempt(work, request, async () => work.fetch?.finish());
    return works.map(outcome);
  } catch (error) {
    throw signal?.aborted ? interrupted(works, error) : error;
  } finally {
    for (const { fetch } of works) fetch?.close();
    await client?.close();
  }
}

async function open(work: Work, request: FetchRequest, client: HubClient | undefined): Promise<void> {
  const { settings, revision, verify, listener, signal } = request;
  const { set, folder } = work;
  const note = (sentence: string) => listener.note(sentence);
  work.fetch = await SetFetch.open({ set, folder, settings, client, revision, verify, note, signal });
  const { dataset, revision: commit, licence } = work.fetch.record;
  note(`${set.name}: ${dataset} at ${commit.slice(0, 8)}, licence: ${licence}`);
}

async function downloadAll(works: readonly Work[], request: FetchRequest): Promise<void> {
  const tasks = works.flatMap((work) => {
    const { fetch } = work;
    return fetch === undefined ? [] : fetch.wanted.map((file) => ({ work, fetch, file }));
  });
  const left = tasks.map(({ fetch, file }) => file.bytes - fetch.begun(file)).reduce((sum, bytes) => sum + bytes, 0);
  requireSpace(request.dataRoot, left);
  request.listener.planned({ files: tasks.length, bytes: tasks.reduce((sum, { file }) => sum + file.bytes, 0) });
  // What concerns all, such as a full disk, ends all.
  const ending = new AbortController();
  const signal = request.signal ? AbortSignal.any([request.signal, ending.signal]) : ending.signal;
  const queue = new PQueue({ concurrency: filesAtOnce });
  let failure: unknown;
  for (const { work, fetch, file } of tasks) {
    void queue.add(async () => {
      if (signal.aborted || work.error !== undefined) return;
      try {
        await attempt(work, request, () => download(work, fetch, file, request, signal));
      } catch (error) {
        failure ??= error;
        ending.abort();
      }
    });
  }
  await queue.onIdle();
  request.signal?.throwIfAborted();
  if (failure !== undefined) throw failure;
}

async function download(
  { set }: Work,
  fetch: SetFetch,
  file: RemoteFile,
  { listener }: FetchRequest,
  signal: AbortSignal,
): Promise<void> {
  const name = `${set.name}/${file.path}`;
  let begun = fetch.begun(file);
  await fetch.download(
    file,
    (bytes) => {
      listener.received(name, bytes, begun > 0);
      begun = 0;
    },
    signal,
  );
  listener.completed(name, file.bytes);
}

/** Keeps a failure that concerns one data set with it; the others go on. */
async function attempt(work: Work, { signal }: FetchRequest, step: () => Promise<void>): Promise<void> {
  if (work.error !== undefined) return;
  try {
    await step();
  } catch (error) {
    const concernsAll = !(error instanceof SynthrlError) || ['DISK_FULL', 'WRITE_FAILED'].includes(error.code);
    if (concernsAll || signal?.aborted) throw error;
    work.error = error;
  }
}

function outcome({ set, folder, fetch, error }: Work): SetOutcome {
  return {
    name: set.name,
    dataset: set.hub.dataset,
    licence: set.licence,
    folder,
    revision: fetch?.record.revision,
    files: (fetch?.files ?? []).toSorted((one, other) => (one.path < other.path ? -1 : 1)),
    error,
  };
}

function interrupted(works: readonly Work[], cause: unknown): SynthrlError {
  const complete = works.flatMap(({ fetch }) => fetch?.files ?? []).length;
  return new SynthrlError('INTERRUPTED', `The fetch was stopped with ${complete} files complete.`, {
    hint: 'What arrived of the others is kept. The same command goes on where it stopped.',
    cause,
  });
}
