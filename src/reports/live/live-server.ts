import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream/promises';
import { SynthrlError, systemErrorCode } from '../../core/errors.ts';
import { EventStream } from './event-stream.ts';
import { livePage, type PageFile } from './live-page.ts';
import { openReportFile } from './report-file.ts';
import { RunWatch, type RunWatchOptions } from './run-watch.ts';

/** Only this machine's own processes can connect. */
const address = '127.0.0.1';
/** Milliseconds between two looks at the run. */
const pollMs = 1000;

/** The live page loads nothing but its own files, and no other page may show it in a frame. */
const livePolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Report pages bring a policy of their own, which names their style sheet by its hash; both are enforced together. */
const reportPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const securityHeaders = {
  'content-security-policy': livePolicy,
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  // Another site's page may neither read nor embed what is served here.
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cache-control': 'no-store',
};

export interface LiveServerOptions extends RunWatchOptions {
  /** 0 takes any free port. */
  readonly port: number;
  /** Program and version, for the foot of the page. */
  readonly generator: string;
  /** Told of failures that are the server's own. */
  readonly onFailure?: (error: unknown) => void;
}

export interface LiveServer {
  /** e.g. `http://127.0.0.1:40123/`. */
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Serves a run's live page (`/`), its state (`/live/state.json`, `/live/events`) and its report (`/report/`) on this
 * machine. The run need not be there yet, and is only read.
 *
 * @throws {SynthrlError} `PORT_TAKEN`
 */
export async function startLiveServer(options: LiveServerOptions): Promise<LiveServer> {
  const service = new LiveService(options);
  const server = createServer((request, response) => void service.answer(request, response));
  await listen(server, options.port);
  const { port } = server.address() as AddressInfo;
  service.port = port;
  service.begin();
  return {
    url: `http://${address}:${port}/`,
    port,
    close: async () => {
      service.end();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}

class LiveService {
  readonly #options: LiveServerOptions;
  readonly #watch: RunWatch;
  readonly #events = new EventStream();
  readonly #pages: Readonly<Record<string, PageFile>>;
  #timer: NodeJS.Timeout | undefined;
  #ended = false;
  port = 0;

  constructor(options: LiveServerOptions) {
    this.#options = options;
    this.#watch = new RunWatch(options);
    this.#pages = livePage(options.run.name, options.generator);
  }

  /** Looks at the run now and then; the next look waits for the one before it. */
  begin(): void {
    const look = async () => {
      try {
        await this.#watch.poll();
        this.#events.publish(this.#watch.state(Date.now()));
      } catch (error) {
        this.#options.onFailure?.(error);
      }
      if (!this.#ended) this.#timer = setTimeout(() => void look(), pollMs);
    };
    void look();
  }

  end(): void {
    this.#ended = true;
    clearTimeout(this.#timer);
    this.#events.close();
  }

  /** Answers one request; never rejects. */
  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value);
    try {
      await this.#route(request, response);
    } catch (error) {
      // A reader that went away in the middle of a file.
      if (systemErrorCode(error) !== 'ERR_STREAM_PREMATURE_CLOSE') this.#options.onFailure?.(error);
      if (response.headersSent) response.destroy();
      else refuse(response, 500, 'The server failed; its terminal says why.');
    }
  }

  async #route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // A name that a foreign site had resolved to this machine would come with that site's name.
    const host = request.headers.host ?? '';
    const own = [`${address}:${this.port}`, `localhost:${this.port}`];
    if (!own.includes(host.toLowerCase())) return refuse(response, 403, 'This is not a name of this server.');
    if (request.method !== 'GET') {
      response.setHeader('allow', 'GET');
      return refuse(response, 405, 'Only GET is answered here.');
    }
    const [path = ''] = (request.url ?? '').split(/[?#]/, 1);
    const page = Object.hasOwn(this.#pages, path) ? this.#pages[path] : undefined;
    if (page) return send(response, page.mediaType, page.content);
    if (path === '/live/events') {
      if (!this.#events.listen(response)) refuse(response, 503, 'Too many pages listen already.');
      return;
    }
    if (path === '/live/state.json') {
      return send(response, 'application/json', JSON.stringify(this.#watch.state(Date.now())));
    }
    if (path.startsWith('/report/')) return this.#sendReportFile(response, path.slice('/report'.length));
    refuse(response, 404, 'There is nothing here.');
  }

  async #sendReportFile(response: ServerResponse, path: string): Promise<void> {
    const file = await openReportFile(this.#options.run.report, path);
    if (file === undefined) return refuse(response, 404, 'The report has no such file.');
    response.setHeader('content-security-policy', reportPolicy);
    response.writeHead(200, { 'content-type': file.mediaType });
    // Read to the end of the file as it was opened: it is replaced whole, never written again in place.
    await pipeline(file.handle.createReadStream(), response);
  }
}

function send(response: ServerResponse, mediaType: string, content: string): void {
  response.writeHead(200, { 'content-type': mediaType }).end(content);
}

function refuse(response: ServerResponse, status: number, sentence: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(`${sentence}\n`);
}

async function listen(server: Server, port: number): Promise<void> {
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, address, () => {
        server.off('error', reject);
        resolve();
      });
    });
  } catch (cause) {
    if (systemErrorCode(cause) === 'EACCES') {
      throw new SynthrlError('USAGE', `Port ${port} may not be used by you.`, {
        hint: 'Choose one above 1023 with --port, or leave it out for any that is free.',
        cause,
      });
    }
    if (systemErrorCode(cause) !== 'EADDRINUSE') throw cause;
    throw new SynthrlError('PORT_TAKEN', `Port ${port} of ${address} is in use.`, {
      hint: 'Choose another with --port, or leave it out for any that is free.',
      cause,
    });
  }
}
