import { readFile, stat } from 'node:fs/promises';
import { errorMessage, SynthrlError, systemErrorCode } from '../../core/errors.ts';
import type { ImageSource } from '../../core/problem.ts';
import { ZipFile } from '../../problems/zip/zip-file.ts';
import { ImageError } from './image-error.ts';

/** Sources above this are refused unread; the largest image of the known benchmarks has 20 MB. */
const mostSourceBytes = 128 * 1024 * 1024;

/** What tells one state of a source from another without reading it; for a member, that of its zip file. */
export interface SourceState extends ImageSource {
  readonly size: number;
  readonly mtimeMs: number;
}

/** Equal for sources that are the same file, or the same member of the same zip file. */
export function sourceKey({ path, member }: ImageSource): string {
  return member === undefined ? path : `${path}\0${member}`;
}

/** How messages call a source. */
export function sourceName({ path, member }: ImageSource): string {
  return member === undefined ? path : `${member} in ${path}`;
}

/** @throws {ImageError} where there is no such file, or none that can be an image or hold one */
export async function sourceState(source: ImageSource): Promise<SourceState> {
  const name = sourceName(source);
  const found = await stat(source.path).catch((error: unknown) => {
    throw unreadable(name, error);
  });
  if (!found.isFile()) throw new ImageError('image_unreadable', `The image ${name} is not a file.`);
  if (source.member === undefined) checkSize(name, found.size);
  return { ...source, size: found.size, mtimeMs: found.mtimeMs };
}

/**
 * @throws {ImageError} which becomes the problem's failure record
 * @throws {SynthrlError} `WRITE_FAILED` where the system has no file handles left
 */
export async function readSource(source: ImageSource): Promise<Uint8Array> {
  const { path, member } = source;
  try {
    return member === undefined ? await readFile(path) : await readZipMember(path, member);
  } catch (error) {
    throw unreadable(sourceName(source), error);
  }
}

async function readZipMember(path: string, member: string): Promise<Uint8Array> {
  const zip = await ZipFile.open(path);
  try {
    const known = zip.members.get(member);
    if (!known) throw new ImageError('image_missing', `The file ${path} has no member ${member}.`);
    checkSize(sourceName({ path, member }), known.bytes);
    return await zip.read(member, mostSourceBytes);
  } finally {
    zip.close();
  }
}

function checkSize(name: string, bytes: number): void {
  if (bytes === 0) throw new ImageError('image_unreadable', `The image ${name} is empty: it has no bytes.`);
  if (bytes > mostSourceBytes) {
    throw new ImageError('image_unreadable', `The image ${name} is too large: ${bytes} bytes.`);
  }
}

function unreadable(name: string, error: unknown): Error {
  if (error instanceof ImageError) return error;
  const code = systemErrorCode(error instanceof SynthrlError ? error.cause : error);
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return new ImageError('image_missing', `The image ${name} does not exist.`, error);
  }
  // Out of file handles says nothing about the image.
  if (code === 'EMFILE' || code === 'ENFILE') {
    return new SynthrlError('WRITE_FAILED', `The image ${name} could not be opened: too many files are open.`, {
      hint: 'Raise the limit (ulimit -n) and run the same command again: it goes on where it stopped.',
      cause: error,
    });
  }
  // The zip file's own words name both already.
  if (error instanceof SynthrlError) {
    return new ImageError('image_unreadable', `An image cannot be read: ${error.message}`, error);
  }
  return new ImageError('image_unreadable', `The image ${name} cannot be read: ${errorMessage(error)}.`, error);
}
