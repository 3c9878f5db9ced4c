import {
  accessSync,
  constants,
  copyFileSync,
  existsSync,
  linkSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { systemErrorCode } from '../core/errors.ts';
import { writeError } from '../core/write-file.ts';
import type { HubSource } from '../problems/hub-source.ts';
import type { RemoteFile } from './fetched-record.ts';
import { fitsPattern, isSafeName } from './file-names.ts';

/** One data set in the cache of the Hugging Face tools: `snapshots/<commit>/<path>` links to `blobs/<hash>`. */
export class HubCache {
  readonly folder: string;

  constructor(cacheFolder: string, dataset: string) {
    this.folder = join(cacheFolder, `datasets--${dataset.replaceAll('/', '--')}`);
  }

  /** The commit that a branch or tag stood for when it was last looked up. */
  commitOf(revision: string): string | undefined {
    if (!isSafeName(revision)) return undefined;
    const path = join(this.folder, 'refs', revision);
    const text = existsSync(path) ? readFileSync(path, 'utf8').trim() : '';
    return /^[0-9a-f]{40}$/.test(text) ? text : undefined;
  }

  /** The files of a snapshot that a source needs, as far as they are there, with the hashes that their blobs are named by. */
  list(source: HubSource, commit: string): RemoteFile[] {
    const snapshot = join(this.folder, 'snapshots', commit);
    if (!existsSync(snapshot)) return [];
    return readdirSync(snapshot, { recursive: true, encoding: 'utf8' })
      .map((path) => path.replaceAll('\\', '/'))
      .filter((path) => isSafeName(path) && source.files.some((pattern) => fitsPattern(path, pattern)))
      .sort()
      .flatMap((path) => {
        const blob = existingFile(join(snapshot, path));
        return blob === undefined ? [] : [{ path, bytes: statSync(blob).size, ...hashNamed(basename(blob)) }];
      });
  }

  /** A file of the cache that should be this one: same name at the same commit, or same content. Not verified. */
  find(file: RemoteFile, commit: string): string | undefined {
    const content = file.sha256 ?? file.gitSha1;
    const places = [
      join(this.folder, 'snapshots', commit, file.path),
      ...(content === undefined ? [] : [join(this.folder, 'blobs', content)]),
    ];
    return places
      .map(existingFile)
      .find((path): path is string => path !== undefined && statSync(path).size === file.bytes);
  }
}

/** Blobs of large files are named by SHA-256, others by git's SHA-1. */
function hashNamed(name: string): { sha256?: string; gitSha1?: string } {
  if (/^[0-9a-f]{64}$/.test(name)) return { sha256: name };
  return /^[0-9a-f]{40}$/.test(name) ? { gitSha1: name } : {};
}

/** The file itself behind links; undefined where there is none, or none that may be read. */
function existingFile(path: string): string | undefined {
  try {
    const real = realpathSync(path);
    accessSync(real, constants.R_OK);
    return statSync(real).isFile() ? real : undefined;
  } catch {
    // A snapshot may hold links to blobs that were cleaned away, and a shared cache what is another user's alone.
    return undefined;
  }
}

/**
 * Puts a file of the cache at a new place: as a second name of the same bytes where the disk is the same, else copied.
 *
 * @throws {SynthrlError} `DISK_FULL` or `WRITE_FAILED`
 */
export function linkOrCopy(source: string, target: string): void {
  rmSync(target, { force: true });
  try {
    linkSync(source, target);
    return;
  } catch (error) {
    const code = systemErrorCode(error) ?? '';
    // Another disk, or one without links, or one that forbids them for files of others.
    if (!['EXDEV', 'EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'EMLINK', 'EACCES', 'ENOSYS'].includes(code)) {
      throw writeError(error, target);
    }
  }
  try {
    copyFileSync(source, target);
  } catch (error) {
    rmSync(target, { force: true });
    throw writeError(error, target);
  }
}
