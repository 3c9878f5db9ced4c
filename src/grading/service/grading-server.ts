import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SynthrlError, systemErrorCode } from '../../core/errors.ts';
import type { PooledGrader } from '../pool/pooled-grader.ts';
import { gradeBody } from './grade-body.ts';
import { GradingMetrics } from './grading-metrics.ts';
import { tooLong } from './read-items.ts';
import { RequestError } from './request-error.ts';

/** Longest body of a request: 4,096 replies of 2,048 tokens take half of it. */
const maxBodyBytes = 64 << 20;
/** Milliseconds in which a client may read why it was refused before its connection is cut. */
const lingerMs = 1000;
/** Milliseconds that requests under way have when the service is stopped. */
const drainMs = 30_000;
/** Milliseconds that a body may take to arrive, with the waits that the workers impose. */
const requestMs = 600_000;
/** Milliseconds that an idle connection is kept: trainers come back after each step. */
const keepAliveMs = 120_000;

export interface GradingServerOptions {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** Wanted as `Authorization: Bearer <token>` by all but /health. */
  readonly token?: string;
  readonly grader: PooledGrader;
  /** Told of failures that are the service's own. */
  readonly onFailure?: (error: unknown) => void;
}

export interface GradingServer {
  /** e.g. `http://127.0.0.1:8400`. */
  readonly url: string;
  readonly port: number;
  /** Takes no more requests, answers those under way, and resolves when the last connection is closed. */
  close(): Promise<void>;
}

/**
 * The grader over HTTP: `POST /grade`, `GET /health`, `GET /metrics`. The grader stays the caller's to close.
 *
 * @throws {SynthrlError} `PORT_TAKEN`, or `USAGE` for an address that this machine has not
 */
export async function startGradingServer(options: GradingServerOptions): Promise<GradingServer> {
  const service = new GradingService(options);
  const server = createServer({ keepAliveTimeout: keepAliveMs, requestTimeout: requestMs }, (request, response) =>
    service.answer(request, response),
  );
  // Clients that ask first are told before they send what is too long.
  server.on('checkContinue', (request, response) => service.answer(request, response));
  await listen(server, options);
  const { port } = server.address() as AddressInfo;
  const host = options.host.includes(':') ? `[${options.host}]` : options.host;
  return {
    url: `http://${host}:${port}`,
    port,
    close: () => {
      service.draining = true;
      return closeInOrder(server);
    },
  };
}

class GradingService {
  readonly #options: GradingServerOptions;
  readonly #metrics = new GradingMetrics();
  #inFlight = 0;
  draining = false;

  constructor(options: GradingServerOptions) {
    this.#options = options;
  }

  /** Answers one request; never rejects. */
  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [path = ''] = (request.url ?? '').split('?', 1);
    try {
      await this.#route(request, response, path);
    } catch (error) {
      this.#refuse(request, response, error);
    }
    if (path === '/grade') this.#metrics.countRequest(response.headersSent ? String(response.statusCode) : 'aborted');
  }

  async #route(request: IncomingMessage, response: ServerResponse, path: string): Promise<void> {
    const wanted = ({ '/grade': 'POST', '/health': 'GET', '/metrics': 'GET' } as Record<string, string>)[path];
    if (wanted === undefined) throw new RequestError(404, 'There are /grade, /health and /metrics.');
    if (request.method !== wanted) {
      response.setHeader('allow', wanted);
      throw new RequestError(405, `${path} takes ${wanted}.`);
    }
    if (path === '/health') {
      if (this.draining) throw new RequestError(503, 'The service is being stopped.');
      this.#send(response, 200, { status: 'ok', grader: this.#options.grader.version });
      return;
    }
    this.#checkToken(request, response);
    if (path === '/metrics') {
      response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' }).end(this.#metricsText());
    } else await this.#grade(request, response);
  }

  async #grade(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (this.draining) throw new RequestError(503, 'The service is being stopped.');
    if (Number(request.headers['content-length'] ?? 0) > maxBodyBytes) throw tooLong(maxBodyBytes);
    if (request.headers.expect !== undefined) response.writeContinue();
    const startedAt = performance.now();
    this.#inFlight += 1;
    try {
      const verdicts = await gradeBody(request, { grader: this.#options.grader, maxBytes: maxBodyBytes });
      for (const { verdict } of verdicts) this.#metrics.countItem(verdict);
      this.#metrics.observe((performance.now() - startedAt) / 1000);
      this.#send(response, 200, { verdicts });
    } finally {
      this.#inFlight -= 1;
    }
  }

  #checkToken(request: IncomingMessage, response: ServerResponse): void {
    const { token } = this.#options;
    if (token === undefined) return;
    const digest = (text: string) => createHash('sha256').update(text).digest();
    if (timingSafeEqual(digest(request.headers.authorization ?? ''), digest(`Bearer ${token}`))) return;
    response.setHeader('www-authenticate', 'Bearer');
    throw new RequestError(401, 'The header `Authorization: Bearer <token>` with the service’s token is needed.');
  }

  #refuse(request: IncomingMessage, response: ServerResponse, error: unknown): void {
    // A client that has gone away needs no answer.
    if (response.destroyed || request.errored !== null) return;
    const known = error instanceof RequestError;
    if (!known) this.#options.onFailure?.(error);
    const message = known ? error.message : 'The service failed; its log says why.';
    this.#send(response, known ? error.status : 500, { error: { message, ...(known ? error.place : {}) } });
    if (request.complete) return;
    // What is still being sent is thrown away for a moment: cut at once, the client would not see the answer.
    request.resume();
    const cut = setTimeout(() => request.socket.destroy(), lingerMs);
    request.once('close', () => clearTimeout(cut));
  }

  #send(response: ServerResponse, status: number, value: object): void {
    const body = Buffer.from(JSON.stringify(value));
    if (this.draining) response.setHeader('connection', 'close');
    response.writeHead(status, { 'content-type': 'application/json', 'content-length': body.length }).end(body);
  }

  #metricsText(): string {
    const { grader } = this.#options;
    return this.#metrics.text({
      queue_items: [grader.waiting, 'Replies handed to the workers and not yet graded.'],
      requests_in_flight: [this.#inFlight, 'Requests being read or graded.'],
      workers_replaced: [grader.replaced, 'Workers that were ended over a reply, or that died, since the start.'],
    });
  }
}

async function listen(server: Server, { host, port }: GradingServerOptions): Promise<void> {
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, host, () => {
        server.off('error', reject);
        resolve();
      });
    });
  } catch (error) {
    if (systemErrorCode(error) === 'EADDRINUSE') {
      throw new SynthrlError('PORT_TAKEN', `Port ${port} of ${host} is in use.`, {
        hint: 'Choose another with --port, or 0 for any that is free.',
        cause: error,
      });
    }
    throw new SynthrlError('USAGE', `The service cannot listen at ${host}, port ${port} (${systemErrorCode(error)}).`, {
      hint: 'Choose an address of this machine with --host, and a port that you may use with --port.',
      cause: error,
    });
  }
}

async function closeInOrder(server: Server): Promise<void> {
  const late = setTimeout(() => server.closeAllConnections(), drainMs);
  try {
    await new Promise<void>((resolve) => server.close(() => resolve()));
  } finally {
    clearTimeout(late);
  }
}
