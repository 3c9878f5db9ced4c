import { createServer, type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from 'node:http';
import type { AddressInfo } from 'node:net';
import { errorMessage } from '../core/errors.ts';
import { type SimulatorSettings, simulatorSettings } from './settings.ts';
import { Engine } from './wire/engine.ts';
import { route } from './wire/routes.ts';

export type { SimulatorSettings } from './settings.ts';

/** A simulated server that listens. */
export interface RunningSimulator {
  /** Without a path: `http://127.0.0.1:<port>`. */
  readonly url: string;
  readonly port: number;
  readonly engine: Engine;
  /** Stops accepting, lets requests under way go on for the settings' drain time, then aborts them. */
  close(): Promise<void>;
}

/**
 * Starts a simulated server in this process; it listens when the promise resolves.
 *
 * @throws the system's error (`EADDRINUSE`, …) where it cannot listen
 */
export async function startSimulator(
  given: Partial<SimulatorSettings> & { readonly model: string },
): Promise<RunningSimulator> {
  const settings = simulatorSettings(given);
  const engine = new Engine(settings);
  const underWay = new Set<AbortController>();
  const server = createServer((request, reply) => {
    void answer(engine, request, reply, underWay);
  });
  server.keepAliveTimeout = settings.keepAliveMs;
  server.requestTimeout = 0;
  await listen(server, settings);
  const { port } = server.address() as AddressInfo;
  const name = settings.host === undefined || settings.host === '0.0.0.0' ? '127.0.0.1' : settings.host;
  const url = `http://${name.includes(':') ? `[${name}]` : name}:${port}`;
  return { url, port, engine, close: () => close(server, underWay, settings.drainMs) };
}

/** @throws the system's error where the address cannot be had */
export async function listen(server: Server, { host, port }: Pick<SimulatorSettings, 'host' | 'port'>): Promise<void> {
  await new Promise<void>((done, fail) => {
    server.once('error', fail);
    server.listen({ port, host: host ?? '0.0.0.0', backlog: 2048 }, () => {
      server.off('error', fail);
      done();
    });
  });
}

async function answer(
  engine: Engine,
  request: IncomingMessage,
  reply: ServerResponse,
  underWay: Set<AbortController>,
): Promise<void> {
  const work = new AbortController();
  underWay.add(work);
  reply.once('close', () => {
    underWay.delete(work);
    if (!reply.writableFinished) work.abort();
  });
  // uvicorn sends no keep-alive hint: clients must know the idle time themselves.
  reply.removeHeader('connection');
  reply.setHeader('server', 'uvicorn');
  const { log, accessLog } = engine.settings;
  try {
    await route({ engine, request, reply, signal: work.signal });
  } catch (error) {
    if (!work.signal.aborted) log?.(`ERROR ${error instanceof Error ? error.stack : errorMessage(error)}`);
  }
  if (log && accessLog) {
    const { remoteAddress, remotePort } = request.socket;
    const line = `${request.method} ${request.url} HTTP/${request.httpVersion}`;
    log(
      `INFO:     ${remoteAddress}:${remotePort} - "${line}" ${reply.statusCode} ${STATUS_CODES[reply.statusCode] ?? ''}`,
    );
  }
}

async function close(server: Server, underWay: ReadonlySet<AbortController>, drainMs: number): Promise<void> {
  const closed = new Promise<void>((done) => server.close(() => done()));
  server.closeIdleConnections();
  const abort = setTimeout(() => {
    for (const work of underWay) work.abort();
  }, drainMs);
  // Connections kept alive for their idle time would hold up the end.
  const sweep = setInterval(() => server.closeIdleConnections(), 20);
  const cut = setTimeout(() => server.closeAllConnections(), drainMs + 1000);
  await closed;
  clearTimeout(abort);
  clearInterval(sweep);
  clearTimeout(cut);
}
