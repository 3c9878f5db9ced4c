import type { ServerResponse } from 'node:http';

/** Sends a JSON body; nothing where the client is gone. */
export function sendJson(reply: ServerResponse, status: number, body: unknown): void {
  send(reply, status, 'application/json', JSON.stringify(body));
}

export function send(reply: ServerResponse, status: number, type: string | undefined, text: string): void {
  if (reply.destroyed) return;
  const headers: Record<string, string | number> = { 'content-length': Buffer.byteLength(text) };
  if (type !== undefined) headers['content-type'] = type;
  reply.writeHead(status, headers).end(text);
}
