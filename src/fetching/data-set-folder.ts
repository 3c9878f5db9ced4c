import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync, rmdirSync, rmSync, type Stats, statSync } from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';
import { SynthrlError, systemErrorCode } from '../core/errors.ts';
import { acquireRunLock, type RunLock } from '../core/run-lock.ts';
import { writeError } from '../core/write-file.ts';
import { hashFile } from './content-hash.ts';
import {
  type FetchedRecord,
  type KeptFile,
  type RemoteFile,
  readFetchedRecord,
  writeFetchedRecord,
} from './fetched-record.ts';

/**
 * The folder that a data set is fetched into, held by one process. Files have the names that the hub gives them and
 * appear whole and verified; what is on its way lies in `.fetching/`, named by its content.
 */
export class DataSetFolder {
  readonly path: string;
  readonly #lock: RunLock;
  #record: FetchedRecord | undefined;

  private constructor(path: string, lock: RunLock) {
    this.path = path;
    this.#lock = lock;
  }

  /** @throws {SynthrlError} `FETCH_LOCKED`, `RECORD_INVALID`, `WRITE_FAILED` */
  static open(path: string): DataSetFolder {
    const folder = new DataSetFolder(path, lock(path));
    try {
      folder.#record = readFetchedRecord(path);
      return folder;
    } catch (error) {
      folder.close();
      throw error;
    }
  }

  get record(): FetchedRecord | undefined {
    return this.#record;
  }

  /** Sets down what is fetched from now on; what was verified before stays known. */
  expect(expected: Omit<FetchedRecord, 'kept' | 'format'>): void {
    this.#write({ format: 1, ...expected, kept: this.#record?.kept ?? {} });
  }

  target(file: { path: string }): string {
    const target = resolve(this.path, file.path);
    // Names were checked when they were listed; this is the last door.
    if (!target.startsWith(resolve(this.path) + sep)) throw new Error(`${file.path} is outside of ${this.path}`);
    return target;
  }

  /** Where the content of a file is gathered before it is verified. */
  partial(file: RemoteFile): string {
    const content = file.sha256 ?? file.gitSha1 ?? 'unknown';
    // Two files of one data set may have the same content.
    const place = createHash('sha1').update(file.path).digest('hex').slice(0, 8);
    return join(this.path, '.fetching', `${content.slice(0, 40)}-${place}.partial`);
  }

  /** Where a file from elsewhere on this machine waits for verification. May be a second name of it: never written to. */
  staged(file: RemoteFile): string {
    return this.partial(file).replace(/partial$/, 'staged');
  }

  /**
   * Whether a file is there and right. One that was verified and has size and time of then is not read again, unless
   * `again`.
   *
   * @returns its SHA-256; undefined where it has to be fetched
   * @throws {SynthrlError} `FETCH_CONFLICT` where another file has its place that this program did not put there
   */
  async verified(
    file: RemoteFile,
    options: { again: boolean; note: (sentence: string) => void; signal?: AbortSignal | undefined },
  ): Promise<string | undefined> {
    const target = this.target(file);
    const stat = existingStat(target);
    if (stat === undefined) return undefined;
    const kept = this.#record?.kept[file.path];
    if (kept !== undefined && isAsKept(stat, kept) && !options.again) {
      // Verified as the file of another revision: replaced without a word.
      return isContentOf(kept, file) ? kept.sha256 : undefined;
    }
    const found = stat.isFile() ? await hashFile(target, file, options.signal) : undefined;
    if (found?.matches === true) {
      this.#keep(file, found.sha256);
      return found.sha256;
    }
    if (kept === undefined || found === undefined) throw conflict(target, file);
    options.note(`${target} is not what was fetched (changed or damaged); it is fetched again`);
    return undefined;
  }

  /** Gives a whole and verified file, `partial` or `staged`, its name. */
  place(file: RemoteFile, from: string, sha256: string): void {
    const target = this.target(file);
    try {
      mkdirSync(dirname(target), { recursive: true });
      renameSync(from, target);
    } catch (error) {
      throw writeError(error, target);
    }
    this.#keep(file, sha256);
  }

  #keep(file: RemoteFile, sha256: string): void {
    if (this.#record === undefined) throw new Error('nothing is expected in the folder yet');
    const { size, mtimeMs } = statSync(this.target(file));
    const kept: KeptFile = {
      bytes: size,
      sha256,
      ...(file.gitSha1 === undefined ? {} : { gitSha1: file.gitSha1 }),
      modifiedMs: Math.round(mtimeMs),
    };
    this.#write({ ...this.#record, kept: { ...this.#record.kept, [file.path]: kept } });
  }

  /** Everything expected is there: files of an earlier revision go, unless they were changed since. */
  finish(note: (sentence: string) => void): void {
    const record = this.#record;
    if (record === undefined) return;
    const wanted = new Set(record.files.map(({ path }) => path));
    const gone = Object.keys(record.kept).filter((path) => !wanted.has(path));
    for (const path of gone) {
      const target = this.target({ path });
      const stat = existingStat(target);
      const kept = record.kept[path];
      if (stat === undefined || kept === undefined) continue;
      if (isAsKept(stat, kept)) rmSync(target);
      else note(`${target} belongs to another revision and was changed; it stays`);
    }
    if (gone.length > 0) {
      this.#write({
        ...record,
        kept: Object.fromEntries(Object.entries(record.kept).filter(([path]) => wanted.has(path))),
      });
    }
    for (const name of readdirSync(join(this.path, '.fetching'))) {
      if (/\.(partial|staged)$/.test(name)) rmSync(join(this.path, '.fetching', name), { force: true });
    }
    // Left by processes that were killed while they wrote the record; the lock is ours.
    for (const name of readdirSync(this.path)) {
      if (/^fetched\.json\..+\.tmp$/.test(name)) rmSync(join(this.path, name), { force: true });
    }
  }

  #write(record: FetchedRecord): void {
    writeFetchedRecord(this.path, record);
    this.#record = record;
  }

  /** Lets the folder go; partial files stay for the next time. */
  close(): void {
    this.#lock.release();
    removeEmpty(join(this.path, '.fetching'));
    removeEmpty(this.path);
  }
}

/** A folder that holds something stays. */
function removeEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch (error) {
    const code = systemErrorCode(error) ?? '';
    if (!['ENOTEMPTY', 'EEXIST', 'ENOENT', 'ENOTDIR'].includes(code)) throw writeError(error, folder);
  }
}

function lock(folder: string): RunLock {
  try {
    return acquireRunLock(join(folder, '.fetching', 'lock'));
  } catch (error) {
    if (!(error instanceof SynthrlError) || error.code !== 'RUN_LOCKED') throw error;
    const who = /by (.+)\.$/.exec(error.message)?.[1] ?? 'another process';
    throw new SynthrlError('FETCH_LOCKED', `${folder} is being fetched into by ${who}.`, {
      ...(error.hint === undefined ? {} : { hint: error.hint }),
      cause: error,
    });
  }
}

function existingStat(path: string): Stats | undefined {
  return existsSync(path) ? statSync(path) : undefined;
}

function isAsKept(stat: Stats, kept: KeptFile): boolean {
  return stat.isFile() && stat.size === kept.bytes && Math.round(stat.mtimeMs) === kept.modifiedMs;
}

function isContentOf(kept: KeptFile, file: RemoteFile): boolean {
  return file.sha256 === undefined ? kept.gitSha1 === file.gitSha1 : kept.sha256 === file.sha256;
}

function conflict(target: string, file: RemoteFile): SynthrlError {
  return new SynthrlError(
    'FETCH_CONFLICT',
    `${target} is there and is not the published file of ${file.bytes} bytes.`,
    {
      hint: 'It was not put there by data fetch and is left alone. Move it away, or fetch into another --data-root.',
    },
  );
}
