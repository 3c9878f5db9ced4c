import OpenAI, { APIConnectionError, APIError } from 'openai';
import { errorMessage, systemErrorCode } from '../core/errors.ts';
import { createAgent, createFetch, ReplyTooLong } from './buffered-fetch.ts';
import type { Endpoint } from './endpoint.ts';
import { connectionFailure, type Failure, httpFailure } from './failure.ts';
import { type Answer, readReply, tooLong } from './read-reply.ts';
import { type Asked, requestBody } from './request-body.ts';

/** Asks one server. It never tries again: what a failure means is decided by whoever has the other servers too. */
export class ChatClient {
  readonly #endpoint: Endpoint;
  readonly #deadlineMs: number;
  readonly #agent: ReturnType<typeof createAgent>;
  readonly #client: OpenAI;

  /** @param deadlineMs - longest time from sending a request to the end of its reply */
  constructor(endpoint: Endpoint, deadlineMs: number) {
    this.#endpoint = endpoint;
    this.#deadlineMs = deadlineMs;
    this.#agent = createAgent(endpoint.window);
    // Everything that the client would otherwise take from the environment is said: nobody else's key or account
    // goes to this server, and OPENAI_LOG prints no bodies.
    this.#client = new OpenAI({
      baseURL: endpoint.baseUrl,
      apiKey: endpoint.apiKey ?? 'none',
      adminAPIKey: null,
      organization: null,
      project: null,
      webhookSecret: null,
      logLevel: 'off',
      maxRetries: 0,
      // Only a net below our own deadline, which can tell why it fired.
      timeout: deadlineMs + 60_000,
      fetch: createFetch(this.#agent),
      ...(endpoint.apiKey === undefined ? { defaultHeaders: { Authorization: null } } : {}),
    });
  }

  /** @param controller - aborting it ends the request, on the server too; the deadline aborts it as well */
  async ask(asked: Asked, controller: AbortController): Promise<Answer | Failure> {
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      controller.abort();
    }, this.#deadlineMs);
    try {
      const body = await requestBody(this.#endpoint, asked);
      const response = await this.#client
        .post('/chat/completions', {
          body,
          headers: { 'content-type': 'application/json' },
          signal: controller.signal,
        })
        .asResponse();
      return readReply(await response.text(), this.#endpoint);
    } catch (error) {
      if (late) {
        const message = `No reply came within ${this.#deadlineMs / 1000} s.`;
        return { kind: 'once', code: 'timeout', message };
      }
      if (controller.signal.aborted) {
        return { kind: 'broken', code: 'server_down', message: 'The server was taken out of use.' };
      }
      return asFailure(error);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Ends all connections; requests in flight fail. */
  async close(): Promise<void> {
    await this.#agent.destroy();
  }
}

function asFailure(error: unknown): Failure {
  if (error instanceof APIConnectionError) {
    const cause = error.cause;
    if (cause instanceof ReplyTooLong) return tooLong();
    // The client swallows the cause where a connection could not be made in time.
    const code = cause === undefined ? 'UND_ERR_CONNECT_TIMEOUT' : systemErrorCode(cause);
    return connectionFailure(code, cause === undefined ? 'Connecting took too long' : errorMessage(cause));
  }
  if (error instanceof APIError && error.status !== undefined) {
    const said = error.error as { message?: unknown } | undefined;
    const message = typeof said?.message === 'string' ? said.message : '';
    return httpFailure(error.status, message, error.headers ?? new Headers(), error.code ?? undefined);
  }
  if (systemErrorCode(error) === 'ENOENT') {
    return { kind: 'once', code: 'image_missing', message: `A prepared image has gone: ${errorMessage(error)}.` };
  }
  return { kind: 'once', code: 'request_failed', message: errorMessage(error) };
}
