import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

const connectTimeoutMs = 1000;

/**
 * Whether a connection to the port is refused. Binding proves nothing: vLLM 0.7.3 to about 0.25 sets SO_REUSEPORT, and
 * a second server on its port would share its connections.
 */
async function isPortFree(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    const settle = (free: boolean) => {
      socket.destroy();
      resolve(free);
    };
    socket.setTimeout(connectTimeoutMs, () => settle(false));
    socket.once('connect', () => settle(false));
    socket.once('error', (error: NodeJS.ErrnoException) => settle(error.code === 'ECONNREFUSED'));
  });
}

/**
 * Ports from `first` in steps of `step` up to `last`, handed out once each until they are given back. Starts at a
 * random one, so that two programs on a machine seldom try the same.
 */
export class PortRange {
  readonly #ports: number[];
  readonly #taken = new Set<number>();
  #next: number;

  constructor(range: { first: number; last: number; step: number }) {
    const count = Math.floor((range.last - range.first) / range.step) + 1;
    this.#ports = Array.from({ length: count }, (_, index) => range.first + index * range.step);
    this.#next = Math.floor(Math.random() * count);
  }

  /** The next port of the range that nothing answers on, or undefined when there is none. */
  async take(host: string): Promise<number | undefined> {
    for (let tried = 0; tried < this.#ports.length; tried += 1) {
      const port = this.#ports[this.#next % this.#ports.length];
      this.#next += 1;
      if (port === undefined || this.#taken.has(port)) continue;
      this.#taken.add(port);
      if (await isPortFree(host, port)) return port;
      this.#taken.delete(port);
      // Lets other work go on where a whole range is taken.
      await sleep(0);
    }
    return undefined;
  }

  giveBack(port: number): void {
    this.#taken.delete(port);
  }
}
