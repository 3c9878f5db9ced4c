import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** A data set as the server holds it: files by path at each commit. */
export interface ServedDataset {
  readonly commits: Readonly<Record<string, Readonly<Record<string, Buffer>>>>;
  /** What branches stand for; may be changed while the server runs. */
  readonly refs: Record<string, string>;
}

/** One request as it arrived. */
export interface Seen {
  readonly server: 'hub' | 'cdn';
  readonly url: string;
  readonly authorization: string | undefined;
  readonly range: string | undefined;
  readonly ifRange: string | undefined;
}

/** What goes wrong with one reply. */
export type Fault =
  | { readonly status: number; readonly headers?: Record<string, string> }
  /** Ends the connection after so many bytes of the body. */
  | { readonly cutAfter: number }
  /** Says no more after so many bytes of the body. */
  | { readonly stallAfter: number }
  /** Sends this in place of the content, with its own length. */
  | { readonly content: Buffer }
  /** Gives the whole file whatever was asked for. */
  | { readonly ignoreRange: true }
  /** A page in place of what the API says. */
  | { readonly page: string }
  /** Other headers of a reply that is right otherwise. */
  | { readonly headers: Record<string, string> };

export interface HubServer {
  readonly url: string;
  readonly cdnUrl: string;
  readonly seen: Seen[];
  /** Decides for each request; the count is that of requests for the same URL path before it. */
  fault: (seen: Seen, count: number) => Fault | undefined;
  /** Bytes per second and reply; undefined for no limit. */
  bytesPerSecond: number | undefined;
  close(): Promise<void>;
}

/** Entries that a listing has beside the files, as another server might make them up. */
type ExtraEntry = Readonly<Record<string, unknown>>;

/**
 * A hub on two ports of this machine: the API and small files on one; files ending in .parquet, .zip or .bin are large
 * ones, kept on the other as by a content network.
 */
export async function startHubServer(
  datasets: Readonly<Record<string, ServedDataset>>,
  options: { pageSize?: number; extraEntries?: readonly ExtraEntry[] } = {},
): Promise<HubServer> {
  const counts = new Map<string, number>();
  const hub: HubServer = {
    url: '',
    cdnUrl: '',
    seen: [],
    fault: () => undefined,
    bytesPerSecond: undefined,
    close: async () => {
      for (const server of [front, cdn]) {
        server.closeAllConnections();
        server.close();
      }
    },
  };
  const meet = (server: Seen['server'], request: IncomingMessage): Fault | undefined => {
    const { authorization, range } = request.headers;
    const ifRange = request.headers['if-range']?.toString();
    const seen = { server, url: request.url ?? '', authorization, range, ifRange };
    hub.seen.push(seen);
    const path = `${server}${seen.url.split('?')[0]}`;
    const count = counts.get(path) ?? 0;
    counts.set(path, count + 1);
    return hub.fault(seen, count);
  };
  const front = createServer((request, response) => {
    const fault = meet('hub', request);
    void answer(hub, datasets, options, { request, response, fault });
  });
  const blobs = new Map(
    Object.values(datasets).flatMap(({ commits }) =>
      Object.values(commits).flatMap((files) =>
        Object.values(files).map((content) => [sha256(content), content] as const),
      ),
    ),
  );
  const cdn = createServer((request, response) => {
    const fault = meet('cdn', request);
    const content = blobs.get((request.url ?? '').replace('/blobs/', '').split('?')[0] ?? '');
    if (content === undefined) response.writeHead(404).end();
    else void sendContent(hub, { request, response, fault }, content, `"${sha256(content)}"`);
  });
  const [url, cdnUrl] = await Promise.all([listen(front), listen(cdn)]);
  return Object.assign(hub, { url, cdnUrl });
}

async function listen(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly fault: Fault | undefined;
}

async function answer(
  hub: HubServer,
  datasets: Readonly<Record<string, ServedDataset>>,
  options: { pageSize?: number; extraEntries?: readonly ExtraEntry[] },
  exchange: Exchange,
): Promise<void> {
  const { request, response, fault } = exchange;
  const url = new URL(request.url ?? '', 'http://hub');
  const api = /^\/api\/datasets\/([^/]+\/[^/]+)\/(revision|tree)\/([^/]+)$/.exec(url.pathname);
  const file = /^\/datasets\/([^/]+\/[^/]+)\/resolve\/([^/]+)\/(.+)$/.exec(url.pathname);
  const [, name = '', revision = ''] = api ? [api[0], api[1], api[3]] : (file ?? []);
  const dataset = datasets[name];
  const commit = dataset?.refs[decodeURIComponent(revision)] ?? revision;
  const files = dataset?.commits[commit];
  if (fault && 'status' in fault) return void response.writeHead(fault.status, fault.headers).end('no');
  if (fault && 'page' in fault) return void response.writeHead(200).end(fault.page);
  if (files === undefined) {
    const code = dataset ? 'RevisionNotFound' : 'RepoNotFound';
    // A hub does not tell strangers what there is not.
    const status = (dataset ?? request.headers.authorization) ? 404 : 401;
    return void response.writeHead(status, { 'x-error-code': code }).end();
  }
  if (api?.[2] === 'revision')
    return sendJson(exchange, { _id: '1', id: name, sha: commit, lastModified: '2024-01-01' });
  if (api) return sendTree(hub, exchange, url, [...(options.extraEntries ?? []), ...treeOf(files)], options.pageSize);
  const path = decodeURIComponent(file?.[3] ?? '');
  const content = files[path];
  if (content === undefined) return void response.writeHead(404, { 'x-error-code': 'EntryNotFound' }).end();
  const headers = { 'x-repo-commit': commit };
  if (!isLarge(path)) return sendContent(hub, exchange, content, `"${gitSha1(content)}"`, headers);
  const extra = fault && 'headers' in fault ? fault.headers : {};
  response.writeHead(302, {
    ...headers,
    'x-linked-size': String(content.length),
    'x-linked-etag': `"${sha256(content)}"`,
    location: `${hub.cdnUrl}/blobs/${sha256(content)}?signature=1`,
    ...extra,
  });
  response.end();
}

function sendJson({ response }: Exchange, value: unknown, headers: Record<string, string> = {}): void {
  response.writeHead(200, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(value));
}

function sendTree(hub: HubServer, exchange: Exchange, url: URL, entries: readonly unknown[], pageSize = 1000): void {
  const from = Number(url.searchParams.get('cursor') ?? 0);
  const next = new URL(url.pathname + url.search, hub.url);
  next.searchParams.set('cursor', String(from + pageSize));
  const more = from + pageSize < entries.length;
  sendJson(exchange, entries.slice(from, from + pageSize), more ? { link: `<${next.href}>; rel="next"` } : {});
}

function treeOf(files: Readonly<Record<string, Buffer>>): unknown[] {
  return [
    { type: 'directory', oid: '0'.repeat(40), size: 0, path: 'data' },
    ...Object.entries(files).map(([path, content]) =>
      isLarge(path)
        ? {
            type: 'file',
            oid: '1'.repeat(40),
            size: content.length,
            lfs: { oid: sha256(content), size: content.length, pointerSize: 130 },
            xetHash: '2'.repeat(64),
            path,
          }
        : { type: 'file', oid: gitSha1(content), size: content.length, path },
    ),
  ];
}

async function sendContent(
  hub: HubServer,
  { request, response, fault }: Exchange,
  content: Buffer,
  etag: string,
  headers: Record<string, string> = {},
): Promise<void> {
  if (fault && 'status' in fault) return void response.writeHead(fault.status, fault.headers).end();
  const whole = fault && 'content' in fault ? fault.content : content;
  const { range, 'if-range': ifRange } = request.headers;
  const ranged = /^bytes=(\d+)-$/.exec(range ?? '');
  const wanted = ranged && (ifRange ?? etag) === etag && !(fault && 'ignoreRange' in fault);
  const from = wanted ? Number(ranged[1]) : 0;
  if (from >= whole.length && from > 0) return void response.writeHead(416).end();
  const body = whole.subarray(from);
  response.writeHead(wanted ? 206 : 200, {
    ...headers,
    etag,
    'content-length': body.length,
    ...(wanted ? { 'content-range': `bytes ${from}-${whole.length - 1}/${whole.length}` } : {}),
    ...(fault && 'headers' in fault && !('status' in fault) ? fault.headers : {}),
  });
  const cut = fault && 'cutAfter' in fault ? fault.cutAfter : undefined;
  const stall = fault && 'stallAfter' in fault ? fault.stallAfter : undefined;
  await send(hub, response, body.subarray(0, cut ?? stall ?? body.length));
  if (cut !== undefined) setTimeout(() => response.socket?.resetAndDestroy(), 5);
  else if (stall === undefined) response.end();
}

async function send(hub: HubServer, response: ServerResponse, body: Buffer): Promise<void> {
  if (hub.bytesPerSecond === undefined) return void response.write(body);
  const step = Math.max(1, Math.round(hub.bytesPerSecond / 100));
  for (let at = 0; at < body.length && !response.destroyed; at += step) {
    response.write(body.subarray(at, at + step));
    await sleep(10);
  }
}

function isLarge(path: string): boolean {
  return /\.(parquet|zip|bin)$/.test(path);
}

export function sha256(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

export function gitSha1(content: Uint8Array): string {
  return createHash('sha1').update(`blob ${content.length}\0`).update(content).digest('hex');
}

/** Content that looks like nothing and is the same each time. */
export function randomContent(bytes: number, seed: string): Buffer {
  const blocks: Buffer[] = [];
  for (let index = 0; index * 32 < bytes; index += 1) {
    blocks.push(createHash('sha256').update(`${seed}/${index}`).digest());
  }
  return Buffer.concat(blocks).subarray(0, bytes);
}
