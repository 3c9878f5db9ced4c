import { mkdirSync, realpathSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import PQueue from 'p-queue';
import { sha256 } from '../../core/canonical-json.ts';
import { systemErrorCode } from '../../core/errors.ts';
import type { ImageSource } from '../../core/problem.ts';
import type { ImageLimits } from '../../core/run-record.ts';
import { writeError, writeWholeFile } from '../../core/write-file.ts';
import { ImageIndex, type PreparedEntry } from './image-index.ts';
import { readSource, type SourceState, sourceKey, sourceName, sourceState } from './image-source.ts';
import { imageSize, preparationVersion, prepareImage } from './prepare-image.ts';

/** An image as it is sent, in the store's folder. */
export interface PreparedImage {
  /** Absolute, inside the store's folder, with symbolic links resolved. */
  readonly path: string;
  /** Of the prepared file's bytes, hexadecimal. */
  readonly sha256: string;
  readonly mediaType: 'image/png' | 'image/jpeg';
  /** Pixels of the prepared image. */
  readonly width: number;
  readonly height: number;
}

/**
 * Prepares each image once per content and limits, in a folder that all checkpoints and processes share and that
 * servers read. A source whose path, size and time of change are known is not even read again; for a member of a zip
 * file, those of the zip file.
 */
export class ImageStore {
  /** Absolute, with symbolic links resolved, since servers compare resolved paths. */
  readonly folder: string;
  /** Images decoded, and images found prepared, by this store. */
  readonly counts = { decoded: 0, reused: 0 };
  readonly #limits: ImageLimits;
  readonly #kind: string;
  readonly #index: ImageIndex;
  readonly #limiter: PQueue;
  readonly #seenWhole = new Set<string>();
  readonly #underway = new Map<string, Promise<PreparedEntry>>();

  /**
   * @param options.folder - made where absent
   * @param options.concurrency - images decoded at the same time, each on one thread; by default 2
   * @throws {SynthrlError} `WRITE_FAILED` where the folder cannot be made
   */
  constructor(options: { folder: string; limits: ImageLimits; concurrency?: number }) {
    const folder = resolve(options.folder);
    try {
      mkdirSync(folder, { recursive: true });
      this.folder = realpathSync(folder);
    } catch (error) {
      throw writeError(error, folder);
    }
    this.#limits = options.limits;
    this.#kind = `${preparationVersion} ${options.limits.minPixels}-${options.limits.maxPixels}`;
    this.#index = new ImageIndex(this.folder, this.#kind);
    this.#limiter = new PQueue({ concurrency: options.concurrency ?? 2 });
  }

  /**
   * @throws {ImageError} which becomes the problem's failure record
   * @throws {SynthrlError} `DISK_FULL` or `WRITE_FAILED` for the store's own folder
   */
  async prepare(source: ImageSource): Promise<PreparedImage> {
    const { file, sha256: hash, mediaType, width, height } = await this.#entry(await sourceState(source));
    return { path: join(this.folder, file), sha256: hash, mediaType, width, height };
  }

  async #entry(source: SourceState): Promise<PreparedEntry> {
    const known = this.#index.find(source);
    if (known && (this.#seenWhole.has(known.file) || (await this.#isWhole(known)))) {
      this.#seenWhole.add(known.file);
      this.counts.reused += 1;
      return known;
    }
    return this.#once(`source ${sourceKey(source)}`, () => this.#limiter.add(() => this.#fromSource(source)));
  }

  /** Read and decoded in one turn of the limiter, so that no more sources are in memory than are worked on. */
  async #fromSource(source: SourceState): Promise<PreparedEntry> {
    const bytes = await readSource(source);
    const key = sha256(`${this.#kind} ${sha256(bytes)}`);
    const prepared = await this.#once(`content ${key}`, () => this.#fromContent(bytes, key, sourceName(source)));
    this.#index.add(source, prepared);
    return prepared;
  }

  /** Callers who want the same thing at the same time share one making of it. */
  #once(key: string, make: () => Promise<PreparedEntry>): Promise<PreparedEntry> {
    const underway = this.#underway.get(key);
    if (underway) {
      return underway.then((prepared) => {
        this.counts.reused += 1;
        return prepared;
      });
    }
    const made = make().finally(() => this.#underway.delete(key));
    this.#underway.set(key, made);
    return made;
  }

  async #fromContent(bytes: Uint8Array, key: string, name: string): Promise<PreparedEntry> {
    const found = (await this.#adopt(`${key}.png`)) ?? (await this.#adopt(`${key}.jpg`));
    if (found) {
      this.counts.reused += 1;
      return found;
    }
    const image = await prepareImage(bytes, name, this.#limits);
    const file = `${key}.${image.mediaType === 'image/jpeg' ? 'jpg' : 'png'}`;
    writeWholeFile(join(this.folder, file), image.bytes);
    this.counts.decoded += 1;
    const { mediaType, width, height } = image;
    return { file, bytes: image.bytes.length, sha256: sha256(image.bytes), mediaType, width, height };
  }

  /** A prepared file that the index does not know: another process made it, or the index was deleted. */
  async #adopt(file: string): Promise<PreparedEntry | undefined> {
    let bytes: Uint8Array;
    try {
      bytes = await readFile(join(this.folder, file));
    } catch (error) {
      if (systemErrorCode(error) === 'ENOENT') return undefined;
      throw writeError(error, join(this.folder, file));
    }
    const mediaType = file.endsWith('.jpg') ? 'image/jpeg' : 'image/png';
    // One whose beginning is damaged is made again.
    const size = await imageSize(bytes).catch(() => undefined);
    return size && { file, bytes: bytes.length, sha256: sha256(bytes), mediaType, ...size };
  }

  async #isWhole(entry: PreparedEntry): Promise<boolean> {
    const found = await stat(join(this.folder, entry.file)).catch(() => undefined);
    return found?.size === entry.bytes;
  }
}
