import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** A request as a test looks at it. */
export interface Received {
  readonly headers: IncomingMessage['headers'];
  readonly url: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests reach into whatever was sent
  readonly body: any;
  /** The user turn's text, all parts joined. */
  readonly text: string;
  /** 0-based order of arrival. */
  readonly index: number;
}

export type Script = (received: Received, response: ServerResponse, socket: Socket) => void | Promise<void>;

export interface ScriptedServer extends AsyncDisposable {
  readonly baseUrl: string;
  readonly received: Received[];
  /** Most requests that were open at the same time. */
  readonly mostOpen: () => number;
  /** Ends all connections and listens no more. */
  close(): Promise<void>;
}

/** A real server on a free port that does what the script says with each chat completion. */
export async function startScriptedServer(script: Script): Promise<ScriptedServer> {
  const received: Received[] = [];
  let open = 0;
  let most = 0;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    open += 1;
    most = Math.max(most, open);
    response.on('close', () => {
      open -= 1;
    });
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = JSON.parse(Buffer.concat(chunks).toString('utf8'));
      const content = body.messages[0].content;
      const text =
        typeof content === 'string' ? content : content.map((part: { text?: string }) => part.text ?? '').join('');
      const one = { headers: request.headers, url: request.url ?? '', body, text, index: received.length };
      received.push(one);
      void script(one, response, request.socket);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    received,
    mostOpen: () => most,
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** Sends a completion as vLLM does. */
export function reply(
  response: ServerResponse,
  over: Record<string, unknown> = {},
  message: Record<string, unknown> = {},
): void {
  const completion = {
    id: 'chatcmpl-1',
    object: 'chat.completion',
    model: 'checkpoint',
    choices: [{ index: 0, message: { role: 'assistant', content: '\\boxed{42}', ...message }, finish_reason: 'stop' }],
    usage: { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 },
    ...over,
  };
  send(response, 200, completion);
}

/** Sends an error in vLLM's present dialect. */
export function refuse(
  response: ServerResponse,
  status: number,
  message = 'no',
  headers: Record<string, string> = {},
): void {
  send(response, status, { error: { message, type: 'Error', param: null, code: status } }, headers);
}

export function send(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(text);
}
