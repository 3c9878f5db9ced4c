import { existsSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, posix, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ImageSource } from '../../core/problem.ts';
import { cellList } from '../cell-values.ts';
import { missingImage } from '../embedded-images.ts';
import { safeImageName } from '../image-paths.ts';
import type { SourceRow } from '../read-rows.ts';
import type { RowsFile } from './located-data.ts';

/** An image of a row, and whether it is there. */
export interface FoundImage {
  readonly source: ImageSource;
  readonly exists: boolean;
}

/** Where a row's images are looked for. */
export interface ImagePlace {
  readonly file: RowsFile;
  /** Folders that hold images, relative to the folder of the rows. */
  readonly folders: readonly string[];
  /** Whether each row has a folder of its own; the folders of images are then relative to the one above it. */
  readonly hasFolders: boolean;
  /** Of the zip file that holds the rows. */
  readonly members: ReadonlySet<string> | undefined;
}

/** The folder that the folders of images are relative to. */
function baseOf({ file, hasFolders }: ImagePlace): string {
  const folder = file.member === undefined ? dirname(file.path) : posix.dirname(file.member);
  return hasFolders ? join(folder, '..') : folder;
}

/**
 * An image's name as official rows have it. A `file://` address becomes one where it lies in one of the folders.
 *
 * @returns undefined where it leads out of the data's folders
 */
export function imageName(name: string, place: ImagePlace): string | undefined {
  if (!/^file:/i.test(name)) return safeImageName(name);
  const path = pathOfUrl(name);
  if (path === undefined || place.file.member !== undefined) return undefined;
  const base = baseOf(place);
  // Above the rows' folder the data goes on only in a clone, which has them in `data`.
  const folders = place.folders.filter((folder) => !folder.startsWith('..') || basename(base) === 'data');
  for (const folder of folders) {
    const below = relative(join(base, folder), path);
    const safe = isAbsolute(below) ? undefined : safeImageName(below);
    if (safe !== undefined) return safe;
  }
  return undefined;
}

function pathOfUrl(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined;
  try {
    return fileURLToPath(text);
  } catch {
    // Another host, or characters that no path has: it is nowhere here.
    return undefined;
  }
}

/** An image that a row names: in the first folder that has it, else where it should have been. */
export function namedImage(name: string, place: ImagePlace): FoundImage {
  const { file, folders, members } = place;
  const base = baseOf(place);
  if (file.member !== undefined) {
    const places = folders.map((folder) => posix.join(base, folder, name));
    const found = places.find((member) => members?.has(member));
    return { source: { path: file.path, member: found ?? places[0] ?? name }, exists: found !== undefined };
  }
  const paths = folders.map((folder) => join(base, folder, name));
  const found = paths.find((path) => existsSync(path));
  return { source: { path: found ?? paths[0] ?? name }, exists: found !== undefined };
}

/**
 * Images of a row of a table that should carry them and has none: files that it names itself, or the official ones
 * beside it; else what stands for a missing image.
 */
export function imagesBeside(row: SourceRow, names: readonly string[], place: ImagePlace): FoundImage[] {
  const moved = movedImages(row, place);
  return names.map((name, index) => {
    const own = moved.length === names.length ? moved[index] : undefined;
    const found = own === undefined ? namedImage(name, place) : { source: { path: own }, exists: existsSync(own) };
    return found.exists ? found : { source: missingImage(row.place), exists: false };
  });
}

/** Files of `image_path` that lie below the table's folder; empty where there are none or one lies elsewhere. */
function movedImages({ value }: SourceRow, { file }: ImagePlace): string[] {
  if (typeof value !== 'object' || value === null || !('image_path' in value)) return [];
  const folder = dirname(file.path);
  const paths = (cellList({ image_path: value.image_path }, 'image_path') ?? []).map((name) => {
    const below = safeImageName(isAbsolute(name) ? relative(folder, name) : name);
    return below === undefined ? undefined : join(folder, below);
  });
  const inside = paths.flatMap((path) => path ?? []);
  return inside.length === paths.length ? inside : [];
}
