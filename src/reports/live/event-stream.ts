import type { ServerResponse } from 'node:http';

/** Most pages that may listen at a time. */
const mostListeners = 64;
/** A page that has this much waiting for it is too slow and is cut off; it connects again by itself. */
const mostWaitingBytes = 8 << 20;
/** Milliseconds between signs of life, so that a page finds out when the connection is dead. */
const heartbeatMs = 15_000;
/** Milliseconds after which a page connects again. */
const retryMs = 2000;

/** Server-sent events: each listening page gets the newest state, and every one after it. */
export class EventStream {
  readonly #listeners = new Set<ServerResponse>();
  readonly #timer: NodeJS.Timeout;
  #newest: string | undefined;

  constructor() {
    this.#timer = setInterval(() => this.#send(': still here\n\n'), heartbeatMs);
    this.#timer.unref();
  }

  /** Takes a response over; false where too many listen already. */
  listen(response: ServerResponse): boolean {
    if (this.#listeners.size >= mostListeners) return false;
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
    response.write(`retry: ${retryMs}\n\n${this.#newest ?? ''}`);
    this.#listeners.add(response);
    response.on('close', () => this.#listeners.delete(response));
    return true;
  }

  /** Sends a state to all pages, unless it is the one that they have. */
  publish(state: object): void {
    // JSON has no line breaks, which would end an event's data.
    const event = `data: ${JSON.stringify(state)}\n\n`;
    if (event === this.#newest) return;
    this.#newest = event;
    this.#send(event);
  }

  close(): void {
    clearInterval(this.#timer);
    for (const response of this.#listeners) response.end();
  }

  #send(text: string): void {
    for (const response of this.#listeners) {
      if (response.writableLength > mostWaitingBytes) response.destroy();
      else response.write(text);
    }
  }
}
