import { type Dirent, readdirSync, realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { errorMessage, SynthrlError, systemErrorCode } from '../../core/errors.ts';

/** A file that may hold rows. */
export interface FolderFile {
  /** Absolute, as named: links are not resolved, since the name is on the link. */
  readonly path: string;
  /** Relative to the folder that was looked through, with `/`. */
  readonly name: string;
}

/** Folders below the one that is looked through; published copies have rows four deep at most. */
const mostDepth = 5;
/** Files and folders looked at in all. The largest known data set has 6,141 pictures and as many captions. */
const mostEntries = 100_000;
/** Files that may hold rows; a folder with more is no data set. */
const mostFiles = 5000;

/** Pictures, code and documents by their usual endings: never opened. */
const neverRows =
  /\.(png|jpe?g|gif|webp|bmp|tiff?|svg|avif|heic|pdf|md|txt|html?|py|ipynb|js|ts|css|sh|ya?ml|toml|lock|log|csv|xlsx?|gz|tar|tmp|incomplete|metadata)$/i;
const neverLookedInto = /^(\..*|images?([-_ ].*)?|ratings|node_modules|__pycache__)$/i;

/**
 * Lists the files below a folder that may hold rows, sorted by name. Links are followed, each folder once; folders of
 * pictures are left out.
 *
 * @param depth - how many folders deep
 * @throws {SynthrlError} `DATA_INVALID` where there is far more than any data set has, `DATA_NOT_FOUND` where the
 * folder may not be read
 */
export function listFiles(folder: string, depth = mostDepth): FolderFile[] {
  const files: FolderFile[] = [];
  const seen = new Set<string>();
  let entries = 0;
  const visit = (path: string, prefix: string, deep: number): void => {
    const real = realpathSync(path);
    if (seen.has(real)) return;
    seen.add(real);
    for (const entry of readFolder(path)) {
      entries += 1;
      if (entries > mostEntries || files.length > mostFiles) throw tooMuch(folder);
      const below = { path: join(path, entry.name), name: `${prefix}${entry.name}` };
      const kind = kindOf(entry, below.path);
      if (kind === 'file' && !neverRows.test(entry.name) && !entry.name.startsWith('.')) files.push(below);
      if (kind === 'folder' && deep < depth && !neverLookedInto.test(entry.name)) {
        visit(below.path, `${below.name}/`, deep + 1);
      }
    }
  };
  visit(folder, '', 0);
  return files;
}

function readFolder(path: string): Dirent[] {
  try {
    return readdirSync(path, { withFileTypes: true }).sort((one, two) => (one.name < two.name ? -1 : 1));
  } catch (error) {
    throw unseen(path, error);
  }
}

/** Undefined for what is neither, and for links that lead nowhere or in a circle. */
function kindOf(entry: Dirent, path: string): 'file' | 'folder' | undefined {
  if (entry.isFile()) return 'file';
  if (entry.isDirectory()) return 'folder';
  return entry.isSymbolicLink() ? kindAt(path) : undefined;
}

/**
 * What lies at a path, links followed; undefined where there is nothing.
 *
 * @throws {SynthrlError} `DATA_NOT_FOUND` where it cannot be looked at
 */
export function kindAt(path: string): 'file' | 'folder' | undefined {
  try {
    const found = statSync(path, { throwIfNoEntry: false });
    if (found?.isFile()) return 'file';
    return found?.isDirectory() ? 'folder' : undefined;
  } catch (error) {
    if (systemErrorCode(error) === 'ELOOP') return undefined;
    throw unseen(path, error);
  }
}

function unseen(path: string, cause: unknown): SynthrlError {
  return new SynthrlError('DATA_NOT_FOUND', `${path} cannot be looked at: ${errorMessage(cause)}.`, {
    hint: 'Check the permissions of the folders on the way to it.',
    cause,
  });
}

function tooMuch(folder: string): SynthrlError {
  return new SynthrlError('DATA_INVALID', `${folder} holds far more files than a data set has.`, {
    hint: 'Name the folder or the file of the data set itself with --data <name>=<file or folder>.',
  });
}
