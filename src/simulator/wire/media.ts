import { readFile, realpath, stat } from 'node:fs/promises';
import { isAbsolute, relative, resolve } from 'node:path';
import { sha256 } from '../../core/canonical-json.ts';
import { errorMessage, systemErrorCode } from '../../core/errors.ts';
import { ApiError } from './api-error.ts';
import { checkImage, type KnownImage } from './image-check.ts';

/** Checked images that are remembered. */
const remembered = 50_000;
/** vLLM's VLLM_IMAGE_FETCH_TIMEOUT. */
const fetchTimeoutMs = 5000;

/**
 * Loads images by address as vLLM's media connector does. An image is checked once per content, a file once per path,
 * size and time of change; the bytes themselves are not kept.
 */
export class MediaLoader {
  readonly #folder: string | undefined;
  readonly #byFile = new Map<string, Promise<KnownImage>>();
  readonly #byContent = new Map<string, Promise<KnownImage>>();
  #realFolder: Promise<string> | undefined;

  /** @param folder - absolute folder below which file:// images may lie */
  constructor(folder: string | undefined) {
    this.#folder = folder;
  }

  /** @throws {ApiError} */
  async load(url: string): Promise<KnownImage> {
    if (url.startsWith('data:')) return this.#check(fromDataUrl(url));
    const address = parseUrl(url);
    if (address.protocol === 'file:') return this.#loadFile(address);
    if (address.protocol === 'http:' || address.protocol === 'https:') return this.#check(await fetchImage(address));
    throw new ApiError(400, 'The URL must be either a HTTP, data or file URL.');
  }

  async #loadFile(address: URL): Promise<KnownImage> {
    if (this.#folder === undefined) {
      throw new ApiError(500, 'Cannot load local files without `--allowed-local-media-path`.');
    }
    this.#realFolder ??= realpath(this.#folder);
    const folder = await this.#realFolder;
    const path = await resolveLinks(filePath(address));
    const inside = relative(folder, path);
    if (inside === '' || inside.startsWith('..') || isAbsolute(inside)) {
      throw new ApiError(400, 'The file path <path> must be a subpath of `--allowed-local-media-path <path>`.');
    }
    try {
      const { mtimeMs, size } = await stat(path);
      return await once(this.#byFile, `${path} ${mtimeMs} ${size}`, async () => this.#check(await readFile(path)));
    } catch (error) {
      if (systemErrorCode(error) === undefined) throw error;
      throw new ApiError(500, `[Errno 2] No such file or directory: '<path>'`);
    }
  }

  #check(bytes: Buffer): Promise<KnownImage> {
    const hash = sha256(bytes);
    return once(this.#byContent, hash, () => checkImage(bytes, hash));
  }
}

/** Remembers what was made, also a refusal; forgets the oldest when too much is held. */
function once(
  known: Map<string, Promise<KnownImage>>,
  key: string,
  make: () => Promise<KnownImage>,
): Promise<KnownImage> {
  const held = known.get(key);
  if (held) return held;
  const made = make();
  known.set(key, made);
  const [oldest] = known.keys();
  if (known.size > remembered && oldest !== undefined) known.delete(oldest);
  return made;
}

function parseUrl(url: string): URL {
  try {
    return new URL(url);
  } catch {
    throw new ApiError(400, 'The URL must be either a HTTP, data or file URL.');
  }
}

/** Python joins the host and the path of a file URL; a query and a fragment are dropped. */
function filePath(address: URL): string {
  try {
    return resolve('/', decodeURIComponent(address.host + address.pathname));
  } catch {
    throw new ApiError(400, 'The URL must be either a HTTP, data or file URL.');
  }
}

async function resolveLinks(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch {
    // What does not exist is judged by where it would lie.
    return path;
  }
}

function fromDataUrl(url: string): Buffer {
  const comma = url.indexOf(',');
  const head = url.slice('data:'.length, comma < 0 ? url.length : comma);
  if (comma < 0 || !head.endsWith(';base64')) {
    throw new ApiError(501, 'Only base64 data URLs are supported for now.');
  }
  const text = url.slice(comma + 1);
  const bytes = Buffer.from(text, 'base64');
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  // Node passes over what is no base64; a validating decoder refuses it.
  if (text.length % 4 !== 0 || bytes.length !== (text.length / 4) * 3 - padding || /[-_]/.test(text)) {
    throw new ApiError(400, 'Non-base64 digit found');
  }
  return bytes;
}

async function fetchImage(address: URL): Promise<Buffer> {
  let response: Response;
  try {
    response = await fetch(address, { signal: AbortSignal.timeout(fetchTimeoutMs) });
  } catch (error) {
    throw new ApiError(500, errorMessage(error));
  }
  if (!response.ok) {
    await response.body?.cancel();
    const status = response.status < 500 ? 422 : 500;
    throw new ApiError(status, `${response.status}, message='${response.statusText}', url='${address}'`);
  }
  return Buffer.from(await response.arrayBuffer());
}
