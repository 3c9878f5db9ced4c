import type { IncomingMessage } from 'node:http';
import { ApiError } from './api-error.ts';

/** @throws {ApiError} 413 for a body above the limit */
export async function readBody(request: IncomingMessage, limitBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    // What comes after the limit is read and dropped, so that the client gets to see the refusal.
    if (length <= limitBytes) chunks.push(chunk);
  }
  if (length > limitBytes) throw new ApiError(413, `Request body is larger than ${limitBytes} bytes.`);
  return Buffer.concat(chunks).toString('utf8');
}
