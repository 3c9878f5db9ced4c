import { type Agent, type Dispatcher, EnvHttpProxyAgent, request } from 'undici';
import { SynthrlError } from '../core/errors.ts';
import type { HubSettings } from './hub-settings.ts';
import { Attempts, connectionFailure, type Patience, usualPatience } from './patience.ts';
import { refusal } from './refusal.ts';

/** Bytes above which a reply of the API is not read on; a listing page of a thousand files has some hundred thousand. */
const mostReplyBytes = 32 * 1024 * 1024;
/** Pages and other replies of one listing; beyond it the server leads in circles. */
const mostReplies = 1000;
const mostRedirects = 5;

type Headers = Readonly<Record<string, string>>;

/** A success whose body is still to be read. */
export interface OpenReply {
  readonly status: number;
  readonly header: (name: string) => string | undefined;
  readonly body: Dispatcher.ResponseData['body'];
  /** Size of the whole file as the hub tells it beside a redirect, in bytes. */
  readonly linkedBytes: number | undefined;
}

/**
 * Talks to one hub. The token goes to the endpoint's own origin only, never to where a redirect or a listing leads.
 * Proxies are taken from `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY`.
 */
export class HubClient {
  readonly endpoint: string;
  readonly patience: Patience;
  readonly note: (sentence: string) => void;
  readonly #origin: string;
  readonly #authorization: string | undefined;
  readonly #dispatcher: Dispatcher;

  constructor(options: { settings: HubSettings; patience?: Patience; note?: (sentence: string) => void }) {
    const { endpoint, authorization, stallMs } = options.settings;
    this.endpoint = endpoint;
    this.patience = options.patience ?? usualPatience;
    this.note = options.note ?? (() => undefined);
    this.#origin = new URL(endpoint).origin;
    this.#authorization = authorization;
    const limits: Agent.Options = {
      headersTimeout: stallMs,
      bodyTimeout: stallMs,
      connect: { timeout: Math.min(stallMs, 30_000) },
    };
    this.#dispatcher = new EnvHttpProxyAgent(limits);
  }

  /** Page of a data set, for people. */
  page(dataset: string): string {
    return `${this.endpoint}/datasets/${dataset}`;
  }

  /**
   * One attempt at a URL, redirects followed.
   *
   * @throws HubTrouble where another attempt may help, SynthrlError where it will not
   */
  async open(
    url: string,
    options: { page: string; headers?: Headers; signal?: AbortSignal | undefined },
  ): Promise<OpenReply> {
    if (!URL.canParse(url)) throw new SynthrlError('FETCH_FAILED', `${options.page} leads to what is no address.`);
    let at = new URL(url);
    let linkedBytes: number | undefined;
    for (let redirects = 0; redirects <= mostRedirects; redirects += 1) {
      const reply = await this.#request(at, options.headers ?? {}, options.signal);
      const header = (name: string) => first(reply.headers[name]);
      const fromEndpoint = at.origin === this.#origin;
      const { statusCode: status, body } = reply;
      if (fromEndpoint) linkedBytes ??= wholeNumber(header('x-linked-size'));
      const location = status >= 300 && status < 400 ? header('location') : undefined;
      if (location === undefined && status < 300) return { status, header, body, linkedBytes };
      await body.dump({ limit: 65_536 });
      if (location === undefined) {
        const withToken = this.#authorization !== undefined;
        throw refusal({ status, header, host: at.host, fromEndpoint, withToken, page: options.page });
      }
      at = redirected(location, at);
    }
    throw new SynthrlError(
      'FETCH_FAILED',
      `${at.host} redirects more than ${mostRedirects} times for ${options.page}.`,
    );
  }

  async #request(url: URL, headers: Headers, signal: AbortSignal | undefined): Promise<Dispatcher.ResponseData> {
    const token = url.origin === this.#origin ? this.#authorization : undefined;
    try {
      return await request(url, {
        dispatcher: this.#dispatcher,
        headers: {
          'user-agent': 'synthrl',
          'accept-encoding': 'identity',
          ...headers,
          ...(token === undefined ? {} : { authorization: token }),
        },
        signal: signal ?? null,
      });
    } catch (error) {
      signal?.throwIfAborted();
      throw connectionFailure(error, url.host);
    }
  }

  /** A `fetch` for the hub's library: whole replies only, repeated while there is hope; refusals are thrown as coded errors. */
  apiFetch(options: {
    page: string;
    task: string;
    shape: 'list' | 'object';
    signal?: AbortSignal | undefined;
  }): typeof globalThis.fetch {
    let replies = 0;
    return async (input) => {
      replies += 1;
      if (replies > mostReplies) throw new SynthrlError('FETCH_FAILED', `The listing of ${options.page} has no end.`);
      const attempts = new Attempts({ ...options, patience: this.patience, note: this.note });
      for (;;) {
        try {
          const { status, header, body } = await this.open(String(input), {
            page: options.page,
            headers: { accept: 'application/json' },
            signal: options.signal,
          });
          const link = header('link');
          const { host } = new URL(String(input));
          const bytes = await readWhole(body, host);
          requireShape(bytes, host, options.shape);
          return new Response(bytes, { status, headers: link === undefined ? {} : { link } });
        } catch (error) {
          await attempts.failed(error);
        }
      }
    };
  }

  /** Ends every connection. */
  async close(): Promise<void> {
    await this.#dispatcher.destroy();
  }
}

async function readWhole(body: Dispatcher.ResponseData['body'], host: string): Promise<Buffer<ArrayBuffer>> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      length += chunk.length;
      if (length > mostReplyBytes) break;
    }
  } catch (error) {
    throw connectionFailure(error, host);
  }
  if (length > mostReplyBytes) throw new SynthrlError('FETCH_FAILED', `A reply of ${host} is too long.`);
  return Buffer.concat(chunks);
}

/** A portal that asks to log in, or another server, answers with a page of its own. */
function requireShape(bytes: Buffer, host: string, shape: 'list' | 'object'): void {
  let value: unknown;
  let cause: unknown;
  try {
    value = JSON.parse(bytes.toString('utf8'));
  } catch (error) {
    cause = error;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value) !== (shape === 'list')) {
    throw new SynthrlError('FETCH_FAILED', `${host} does not answer as a Hugging Face hub does.`, {
      hint: 'Is HF_ENDPOINT right, and does this network ask to log in first?',
      cause,
    });
  }
}

function redirected(location: string, from: URL): URL {
  const to = URL.canParse(location, from.href) ? new URL(location, from.href) : undefined;
  const safe = to?.protocol === 'https:' || (to?.protocol === 'http:' && from.protocol === 'http:');
  if (to !== undefined && safe) return to;
  throw new SynthrlError('FETCH_FAILED', `${from.host} redirects to an address that is not taken.`, {
    hint: 'Only https:// is followed from https://. Is HF_ENDPOINT right?',
  });
}

function first(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header;
}

function wholeNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}
