import { errorMessage, systemErrorCode } from '../core/errors.ts';

const bodyBytes = 1 << 22;

/** A reply, or why there is none. */
export type HttpReply =
  | { readonly ok: true; readonly status: number; readonly text: string; readonly json: unknown }
  | { readonly ok: false; readonly reason: string };

/**
 * GET with a deadline over the whole reply. Never throws for what the other side does.
 *
 * @param options.timeoutMs - in milliseconds
 * @returns `json` is undefined where the body is none; at most 4 MiB of the body are read
 */
export async function httpGet(
  url: string,
  options: { timeoutMs: number; apiKey?: string | undefined; signal?: AbortSignal | undefined },
): Promise<HttpReply> {
  const deadline = AbortSignal.timeout(options.timeoutMs);
  const signal = options.signal ? AbortSignal.any([deadline, options.signal]) : deadline;
  try {
    const headers = options.apiKey === undefined ? {} : { authorization: `Bearer ${options.apiKey}` };
    const response = await fetch(url, { headers, signal });
    const text = await readText(response);
    return { ok: true, status: response.status, text, json: asJson(text) };
  } catch (error) {
    return { ok: false, reason: reasonOf(error, options.timeoutMs) };
  }
}

async function readText(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  let total = 0;
  for await (const chunk of response.body ?? []) {
    const bytes = chunk as Uint8Array;
    total += bytes.length;
    if (total > bodyBytes) return text;
    text += decoder.decode(bytes, { stream: true });
  }
  return text;
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function reasonOf(error: unknown, timeoutMs: number): string {
  if (error instanceof Error && error.name === 'TimeoutError') return `no reply within ${timeoutMs / 1000} s`;
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  switch (systemErrorCode(cause)) {
    case 'ECONNREFUSED':
      return 'the connection was refused';
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return 'the host name is not known';
    case 'ECONNRESET':
    case 'UND_ERR_SOCKET':
      return 'the connection was closed';
    default:
      return errorMessage(cause) || systemErrorCode(cause) || 'the request failed';
  }
}
