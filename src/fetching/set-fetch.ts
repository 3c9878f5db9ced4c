import { mkdirSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { SynthrlError } from '../core/errors.ts';
import { hashFile } from './content-hash.ts';
import { DataSetFolder } from './data-set-folder.ts';
import type { DataSet } from './data-sets.ts';
import { downloadFile } from './download-file.ts';
import type { FetchedRecord, RemoteFile } from './fetched-record.ts';
import { HubCache, linkOrCopy } from './hub-cache.ts';
import type { HubClient } from './hub-client.ts';
import type { HubSettings } from './hub-settings.ts';
import { fileUrl, isCommit, listDataset, missingPatterns, resolveRevision } from './list-dataset.ts';

/** Where a file came from: it was there, it lay in the hub cache, or it was downloaded. */
export type FileOrigin = 'present' | 'cache' | 'downloaded';

export interface FetchedFile {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly from: FileOrigin;
}

export interface SetFetchOptions {
  readonly set: DataSet;
  readonly folder: string;
  readonly settings: HubSettings;
  /** Absent where no request may be made. */
  readonly client: HubClient | undefined;
  /** Commit, branch or tag; undefined for the recorded or declared one. */
  readonly revision: string | undefined;
  /** Hash files that are known to be right, too. */
  readonly verify: boolean;
  readonly note: (sentence: string) => void;
  readonly signal?: AbortSignal | undefined;
}

/** The fetch of one data set: first what is there and what the cache has, then what is left to download. */
export class SetFetch {
  readonly files: FetchedFile[] = [];
  /** Files to download. */
  readonly wanted: RemoteFile[] = [];
  readonly #options: SetFetchOptions;
  readonly #folder: DataSetFolder;
  readonly #cache: HubCache;

  private constructor(options: SetFetchOptions, folder: DataSetFolder) {
    this.#options = options;
    this.#folder = folder;
    this.#cache = new HubCache(options.settings.cacheFolder, options.set.hub.dataset);
  }

  /**
   * Opens the folder, settles commit and listing, and takes what needs no download.
   *
   * @throws {SynthrlError} `FETCH_OFFLINE` where something is missing and no request may be made; what listing and
   * folder throw
   */
  static async open(options: SetFetchOptions): Promise<SetFetch> {
    const fetch = new SetFetch(options, DataSetFolder.open(options.folder));
    try {
      await fetch.#settle();
      return fetch;
    } catch (error) {
      fetch.close();
      throw error;
    }
  }

  get record(): FetchedRecord {
    const { record } = this.#folder;
    if (record === undefined) throw new Error('the listing is not settled yet');
    return record;
  }

  async #settle(): Promise<void> {
    const { set, note, verify, signal } = this.#options;
    const revision = await this.#commit();
    const files = await this.#list(revision);
    const known = this.#folder.record;
    if (known?.revision !== revision || known.files !== files) {
      const { endpoint } = this.#options.settings;
      this.#folder.expect({ dataset: set.hub.dataset, revision, endpoint, licence: set.licence, files: [...files] });
    }
    for (const file of files) {
      signal?.throwIfAborted();
      const present = await this.#folder.verified(file, { again: verify, note, signal });
      const cached = present === undefined ? await this.#fromCache(file, revision) : undefined;
      const sha256 = present ?? cached;
      if (sha256 === undefined) this.wanted.push(file);
      else this.#got(file, sha256, present === undefined ? 'cache' : 'present');
    }
    if (this.wanted.length > 0 && this.#options.client === undefined)
      throw this.#offline(this.wanted.map(({ path }) => path));
  }

  #known(): FetchedRecord | undefined {
    const { record } = this.#folder;
    return record?.dataset === this.#options.set.hub.dataset ? record : undefined;
  }

  async #commit(): Promise<string> {
    const { set, revision, client, signal } = this.#options;
    const wanted = revision ?? this.#known()?.revision ?? set.hub.revision ?? 'main';
    if (isCommit(wanted)) return wanted;
    if (client !== undefined) return resolveRevision(client, set.hub.dataset, wanted, signal);
    const cached = this.#cache.commitOf(wanted);
    if (cached === undefined) throw this.#offline(set.hub.files);
    return cached;
  }

  async #list(revision: string): Promise<readonly RemoteFile[]> {
    const { set, client, signal } = this.#options;
    const known = this.#known();
    if (known?.revision === revision && missingPatterns(set.hub, known.files).length === 0) return known.files;
    if (client !== undefined) return listDataset(client, set.hub, revision, signal);
    const cached = this.#cache.list(set.hub, revision);
    const missing = missingPatterns(set.hub, cached);
    if (missing.length > 0) throw this.#offline(missing);
    return cached;
  }

  /** Takes a file over from the hub cache; one with other content is passed over. */
  async #fromCache(file: RemoteFile, revision: string): Promise<string | undefined> {
    const cached = this.#cache.find(file, revision);
    if (cached === undefined) return undefined;
    const staged = this.#folder.staged(file);
    mkdirSync(dirname(staged), { recursive: true });
    linkOrCopy(cached, staged);
    const { sha256, matches } = await hashFile(staged, file, this.#options.signal);
    if (matches) {
      this.#folder.place(file, staged, sha256);
      return sha256;
    }
    rmSync(staged);
    this.#options.note(`${cached} in the hub cache is damaged; the file is fetched instead`);
    return undefined;
  }

  #got({ path, bytes }: RemoteFile, sha256: string, from: FileOrigin): void {
    this.files.push({ path, bytes, sha256, from });
  }

  /** Bytes of a wanted file that an earlier run left behind. */
  begun(file: RemoteFile): number {
    const size = statSync(this.#folder.partial(file), { throwIfNoEntry: false })?.size ?? 0;
    return size > file.bytes ? 0 : size;
  }

  /** Downloads a wanted file and gives it its name. */
  async download(file: RemoteFile, onBytes: (bytes: number) => void, signal: AbortSignal): Promise<void> {
    const { client, set } = this.#options;
    if (client === undefined) throw this.#offline([file.path]);
    const { dataset } = set.hub;
    const partial = this.#folder.partial(file);
    const sha256 = await downloadFile({
      client,
      url: fileUrl(client, dataset, this.record.revision, file.path),
      page: client.page(dataset),
      task: `${file.path} of ${dataset}`,
      expected: file,
      partial,
      onBytes,
      signal,
    });
    this.#folder.place(file, partial, sha256);
    this.#got(file, sha256, 'downloaded');
  }

  /** All files are there. */
  finish(): void {
    this.#folder.finish(this.#options.note);
  }

  close(): void {
    this.#folder.close();
  }

  #offline(missing: readonly string[]): SynthrlError {
    const { set, folder } = this.#options;
    return new SynthrlError(
      'FETCH_OFFLINE',
      `HF_HUB_OFFLINE is set, and ${set.name} lacks ${missing.join(', ')}. Looked at: ${folder}, ${this.#cache.folder}.`,
      {
        hint: `Unset HF_HUB_OFFLINE, or get the files of ${set.hub.dataset} into the hub cache (HF_HOME, HF_HUB_CACHE).`,
      },
    );
  }
}
