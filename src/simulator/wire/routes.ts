import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { simulatorVersion } from '../settings.ts';
import { ApiError, schemaError, schemaErrors } from './api-error.ts';
import { readConversation } from './chat-messages.ts';
import { complete, servedName } from './complete.ts';
import type { Engine } from './engine.ts';
import { Fields, isObject, type JsonObject } from './fields.ts';
import { readBody } from './read-body.ts';
import { send, sendJson } from './send.ts';
import { tokenId, tokenize } from './tokens.ts';

/** What a route gets: the server's engine, the exchange, and a signal that is aborted when the work is pointless. */
export interface Exchange {
  readonly engine: Engine;
  readonly request: IncomingMessage;
  readonly reply: ServerResponse;
  readonly signal: AbortSignal;
}

type Handler = (exchange: Exchange) => Promise<void> | void;

const health: Handler = ({ reply }) => send(reply, 200, undefined, '');

const routes: Readonly<Record<string, Readonly<Record<string, Handler>>>> = {
  '/health': { GET: health },
  '/ping': { GET: health, POST: health },
  '/version': { GET: ({ reply }) => sendJson(reply, 200, { version: simulatorVersion, simulator: true }) },
  '/load': {
    GET: ({ engine, reply }) => {
      sendJson(reply, 200, { server_load: engine.settings.trackLoad ? engine.metrics.running : 0 });
    },
  },
  '/metrics': {
    GET: ({ engine, reply }) => {
      const text = engine.metrics.text(servedName(engine, undefined));
      send(reply, 200, 'text/plain; version=1.0.0; charset=utf-8', text);
    },
  },
  '/v1/models': { GET: ({ engine, reply }) => sendJson(reply, 200, modelList(engine)) },
  '/tokenize': { POST: tokenizeRoute },
  '/v1/chat/completions': { POST: (exchange) => completion(exchange, 'chat') },
  '/v1/completions': { POST: (exchange) => completion(exchange, 'text') },
};

/** Prefixes that an API key guards; the rest stays open, as with vLLM. */
const guarded = /^\/(?:v1|v2|inference|cohere)(?:\/|$)/;

/** Answers one request; everything that can go wrong becomes an error body. */
export async function route(exchange: Exchange): Promise<void> {
  const { engine, request, reply } = exchange;
  const path = (request.url ?? '/').split('?', 1)[0] ?? '/';
  try {
    if (guarded.test(path) && !isAuthorised(request, engine.settings.apiKeys)) {
      sendJson(reply, 401, { error: 'Unauthorized' });
      return;
    }
    const methods = routes[path];
    const handler = methods?.[request.method ?? ''];
    if (!methods) sendJson(reply, 404, { detail: 'Not Found' });
    else if (!handler) sendJson(reply, 405, { detail: 'Method Not Allowed' });
    else await handler(exchange);
  } catch (error) {
    if (reply.headersSent) {
      reply.destroy();
      throw error;
    }
    const known = error instanceof ApiError ? error : new ApiError(500, 'Internal server error');
    sendJson(reply, known.status, known.body);
    if (known !== error) throw error;
  }
}

function isAuthorised(request: IncomingMessage, keys: readonly string[]): boolean {
  if (keys.length === 0 || request.method === 'OPTIONS') return true;
  const [scheme, key] = (request.headers.authorization ?? '').split(' ', 2);
  return scheme?.toLowerCase() === 'bearer' && key !== undefined && keys.includes(key);
}

function modelList(engine: Engine): unknown {
  const { servedNames, model, maxModelLen } = engine.settings;
  const data = servedNames.map((id) => ({
    id,
    object: 'model',
    created: Math.floor(Date.now() / 1000),
    owned_by: 'vllm',
    root: model,
    parent: null,
    max_model_len: maxModelLen,
    permission: [permission()],
  }));
  return { object: 'list', data };
}

/** Says nothing of interest, but is there. */
function permission(): unknown {
  return {
    id: `modelperm-${randomBytes(8).toString('hex')}`,
    object: 'model_permission',
    created: Math.floor(Date.now() / 1000),
    allow_create_engine: false,
    allow_sampling: true,
    allow_logprobs: true,
    allow_search_indices: false,
    allow_view: true,
    allow_fine_tuning: false,
    organization: '*',
    group: null,
    is_blocking: false,
  };
}

async function completion(exchange: Exchange, endpoint: 'chat' | 'text'): Promise<void> {
  const body = await readJson(exchange);
  await complete(exchange.engine, endpoint, body, exchange.reply, exchange.signal);
}

async function tokenizeRoute(exchange: Exchange): Promise<void> {
  const { engine, reply } = exchange;
  const body = await readJson(exchange);
  const fields = new Fields(body);
  servedName(engine, fields.text('model'));
  const prompt = fields.text('prompt');
  const conversation = prompt === undefined ? readConversation(body) : undefined;
  const pieces = tokenize(prompt ?? conversation?.text ?? '');
  sendJson(reply, 200, {
    count: conversation?.textTokens ?? pieces.length,
    max_model_len: engine.settings.maxModelLen,
    tokens: pieces.map(tokenId),
    token_strs: fields.boolean('return_token_strs') ? pieces : null,
  });
}

/** @throws {ApiError} 400 or 413 */
async function readJson({ engine, request }: Exchange): Promise<JsonObject> {
  const text = await readBody(request, engine.settings.bodyLimitBytes);
  const type = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/json') {
    const message = "1 validation error:\n  Unsupported Media Type: Only 'application/json' is allowed";
    throw new ApiError(400, message, { type: 'Bad Request' });
  }
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    // Where it stopped making sense is taken to be its end, as it is for a body that was cut off.
    const fault = { kind: 'json_invalid', location: ['body', text.length], message: 'JSON decode error', input: {} };
    throw schemaErrors([{ ...fault, context: "{'error': 'Expecting value'}" }]);
  }
  if (!isObject(body)) throw schemaError('model_attributes_type', ['body'], 'Input should be a valid dictionary');
  return body;
}
