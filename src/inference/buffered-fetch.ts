import { Agent, type Dispatcher } from 'undici';

/** Bytes above which a reply is not read on; ten thousand times a usual one. */
const mostReplyBytes = 32 * 1024 * 1024;

/** The reply is larger than anything that a completion can be. */
export class ReplyTooLong extends Error {
  override readonly name = 'ReplyTooLong';
}

/** An agent for one server. No time limit of its own: an unstreamed reply sends nothing until it is complete. */
export function createAgent(connections: number): Agent {
  return new Agent({
    connections,
    pipelining: 1,
    headersTimeout: 0,
    bodyTimeout: 0,
    // Servers close idle connections after 5 s; closing first avoids writing into one that is being closed.
    keepAliveTimeout: 4000,
    connect: { timeout: 10_000 },
  });
}

/**
 * A `fetch` over the agent that resolves when the whole reply has arrived. It leaves out what a completion does not
 * need (redirects, cookies, caches, streams), which is most of what a fetch costs. Bodies of errors are brought into
 * the one form that the openai client reads.
 */
export function createFetch(agent: Agent): (input: string | URL | Request, init?: RequestInit) => Promise<Response> {
  return async (input, init = {}) => {
    const url = new URL(String(input));
    const reply = await agent.request({
      origin: url.origin,
      path: url.pathname + url.search,
      method: (init.method ?? 'GET') as Dispatcher.HttpMethod,
      headers: Object.fromEntries(new Headers(init.headers)),
      body: (init.body ?? null) as string | Uint8Array | null,
      signal: init.signal,
    });
    const body = await readAll(reply.body);
    const headers = new Headers();
    for (const [name, value] of Object.entries(reply.headers)) {
      if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
    }
    const status = reply.statusCode;
    const isError = status < 200 || status > 299;
    // A Response may have no body with these.
    if (status === 204 || status === 205 || status === 304) return new Response(null, { status, headers });
    return new Response(isError ? errorBody(body) : body, { status, headers });
  };
}

function readAll(body: Dispatcher.ResponseData['body']): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    body.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      length += chunk.length;
      if (length > mostReplyBytes) body.destroy(new ReplyTooLong('The reply is too long.'));
    });
    body.on('end', () => resolve(Buffer.concat(chunks).toString('utf8')));
    body.on('error', reject);
  });
}

/**
 * `{"error":{"message","code",…}}` from what servers send: that, the older flat form `{"object":"error","message"}`,
 * `{"error":"text"}`, `{"detail":…}`, or plain text.
 */
function errorBody(body: string): string {
  const text = body.slice(0, 100_000);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return JSON.stringify({ error: { message: text.slice(0, 1000).trim() } });
  }
  const outer = asShape(value);
  const inner = asShape(outer.error);
  const said = inner.message ?? outer.error ?? outer.message ?? outer.detail ?? value;
  const message = typeof said === 'string' ? said : JSON.stringify(said);
  const code = inner.code ?? inner.type ?? outer.code ?? null;
  return JSON.stringify({ error: { message: message.slice(0, 1000), code: code === null ? null : String(code) } });
}

interface ErrorShape {
  readonly error?: unknown;
  readonly message?: unknown;
  readonly detail?: unknown;
  readonly code?: unknown;
  readonly type?: unknown;
}

function asShape(value: unknown): ErrorShape {
  return typeof value === 'object' && value !== null ? value : {};
}
