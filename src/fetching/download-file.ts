import { mkdirSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { SynthrlError } from '../core/errors.ts';
import { writeError } from '../core/write-file.ts';
import { ContentHash, type ExpectedContent } from './content-hash.ts';
import type { HubClient, OpenReply } from './hub-client.ts';
import { Attempts, connectionFailure, HubTrouble } from './patience.ts';
import { PartRefused } from './refusal.ts';

/** Progress worth the name: this share of the file. Smaller steps count as none, so that attempts stay bounded. */
const leastStep = 0.001;

/** What came is not the file that was listed. */
class WrongContent extends Error {
  override readonly name = 'WrongContent';
}

export interface Download {
  readonly client: HubClient;
  readonly url: string;
  readonly page: string;
  /** For messages: the file with its data set. */
  readonly task: string;
  readonly expected: ExpectedContent;
  /** File that receives the content; what is in it already is kept and continued. */
  readonly partial: string;
  /** Bytes more than before; negative where it begins anew. Called first with what is there already. */
  readonly onBytes: (bytes: number) => void;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Downloads one file until its hash is verified: continues what is there, resumes a cut connection, and begins once
 * from nothing where the content is wrong.
 *
 * @returns its SHA-256; `partial` then holds the whole file, flushed to disk
 * @throws {SynthrlError} `FETCH_CORRUPT` where it is wrong a second time; `FETCH_FAILED` when patience ends
 */
export async function downloadFile(download: Download): Promise<string> {
  const receiver = await Receiver.open(download);
  try {
    return await receive(download, receiver);
  } finally {
    await receiver.close();
  }
}

async function receive(download: Download, receiver: Receiver): Promise<string> {
  const { client, expected, signal, task } = download;
  const attempts = new Attempts({ task, patience: client.patience, signal, note: client.note });
  let best = receiver.received;
  // What an earlier run left may be what is wrong; that does not count against the hub.
  let chances = receiver.received > 0 ? 2 : 1;
  for (;;) {
    try {
      if (receiver.received < expected.bytes) await transfer(download, receiver);
      if (receiver.received === expected.bytes) return await receiver.finish();
      throw new HubTrouble('the connection ended early');
    } catch (error) {
      signal?.throwIfAborted();
      if (error instanceof WrongContent) {
        await receiver.restart();
        if (chances === 0) throw corrupt(task, error);
        chances -= 1;
        best = 0;
        client.note(`${task}: ${error.message}; it is fetched again from the beginning`);
        continue;
      }
      if (receiver.received - best > expected.bytes * leastStep) attempts.progressed();
      best = Math.max(best, receiver.received);
      await attempts.failed(error);
    }
  }
}

/** One connection: from where the partial file ends to where the connection does. */
async function transfer(download: Download, receiver: Receiver): Promise<void> {
  const { client, url, page, signal } = download;
  const from = receiver.received;
  const headers: Record<string, string> = {};
  if (from > 0) {
    headers['range'] = `bytes=${from}-`;
    if (receiver.etag !== undefined) headers['if-range'] = receiver.etag;
  }
  const reply = await openRange(receiver, () => client.open(url, { page, headers, signal }));
  if (reply === undefined) return;
  try {
    checkSize(reply, from, download.expected.bytes);
    if (from > 0 && reply.status !== 206) await receiver.restart();
    receiver.etag = strongEtag(reply.header('etag'));
    for await (const chunk of reply.body as AsyncIterable<Buffer>) await receiver.write(chunk);
  } catch (error) {
    reply.body.on('error', () => undefined).destroy();
    signal?.throwIfAborted();
    if (error instanceof SynthrlError || error instanceof WrongContent || error instanceof HubTrouble) throw error;
    throw connectionFailure(error, new URL(url).host);
  }
}

/** A part that the server does not have begins the file anew; undefined then. */
async function openRange(receiver: Receiver, attempt: () => Promise<OpenReply>): Promise<OpenReply | undefined> {
  try {
    return await attempt();
  } catch (error) {
    if (!(error instanceof PartRefused) || receiver.received === 0) throw error;
    await receiver.restart();
    return undefined;
  }
}

function checkSize({ status, header, linkedBytes }: OpenReply, from: number, bytes: number): void {
  if (linkedBytes !== undefined && linkedBytes !== bytes) throw wrongSize(linkedBytes, bytes);
  if (status === 206) {
    const [, start, total] = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(header('content-range') ?? '') ?? [];
    if (total !== undefined && total !== '*' && Number(total) !== bytes) throw wrongSize(Number(total), bytes);
    if (Number(start) !== from) throw new WrongContent('another part came than was asked for');
    return;
  }
  const length = header('content-length');
  if (length !== undefined && Number(length) !== bytes) throw wrongSize(Number(length), bytes);
}

function wrongSize(got: number, wanted: number): WrongContent {
  return new WrongContent(`${got} bytes are offered where the listing says ${wanted}`);
}

function corrupt(task: string, cause: WrongContent): SynthrlError {
  return new SynthrlError('FETCH_CORRUPT', `${task} came wrong again: ${cause.message}.`, {
    hint: 'Nothing of it was kept. A proxy or mirror on the way may change files: try another network or HF_ENDPOINT.',
    cause,
  });
}

function strongEtag(etag: string | undefined): string | undefined {
  return etag !== undefined && /^"[\x20-\x7e]{1,200}"$/.test(etag) ? etag : undefined;
}

/** The partial file and the hash of what is in it. */
class Receiver {
  /** Bytes in the file. */
  received = 0;
  /** Of the reply that the bytes came from, where this process saw it. */
  etag: string | undefined;
  readonly #download: Download;
  readonly #handle: FileHandle;
  #hash: ContentHash;

  private constructor(download: Download, handle: FileHandle) {
    this.#download = download;
    this.#handle = handle;
    this.#hash = new ContentHash(download.expected);
  }

  static async open(download: Download): Promise<Receiver> {
    const { partial, expected } = download;
    try {
      mkdirSync(dirname(partial), { recursive: true });
      const receiver = new Receiver(download, await open(partial, 'a+'));
      const { size } = await receiver.#handle.stat();
      if (size > expected.bytes) await receiver.restart();
      else await receiver.#readBack();
      return receiver;
    } catch (error) {
      throw writeError(error, partial);
    }
  }

  async #readBack(): Promise<void> {
    const buffer = Buffer.allocUnsafe(1 << 20);
    for (;;) {
      const { bytesRead } = await this.#handle.read(buffer, 0, buffer.length, this.received);
      if (bytesRead === 0) break;
      this.#hash.update(buffer.subarray(0, bytesRead));
      this.received += bytesRead;
    }
    if (this.received > 0) this.#download.onBytes(this.received);
  }

  /** @throws WrongContent where more comes than the file has */
  async write(chunk: Buffer): Promise<void> {
    const { expected, onBytes, partial } = this.#download;
    if (this.received + chunk.length > expected.bytes) {
      throw new WrongContent(`more than the ${expected.bytes} bytes of the listing came`);
    }
    try {
      await this.#handle.writeFile(chunk);
    } catch (error) {
      throw writeError(error, partial);
    }
    this.#hash.update(chunk);
    this.received += chunk.length;
    onBytes(chunk.length);
  }

  /** Begins from nothing. */
  async restart(): Promise<void> {
    try {
      await this.#handle.truncate(0);
    } catch (error) {
      throw writeError(error, this.#download.partial);
    }
    if (this.received > 0) this.#download.onBytes(-this.received);
    this.received = 0;
    this.etag = undefined;
    this.#hash = new ContentHash(this.#download.expected);
  }

  /** @throws WrongContent where the hash is another one */
  async finish(): Promise<string> {
    const { sha256, matches } = this.#hash.end();
    if (!matches) throw new WrongContent('the hash is not the one that the listing says');
    try {
      await this.#handle.sync();
    } catch (error) {
      throw writeError(error, this.#download.partial);
    }
    return sha256;
  }

  async close(): Promise<void> {
    await this.#handle.close();
  }
}
