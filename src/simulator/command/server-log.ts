/** Writes lines to a stream, many at a time, so that logging each request costs little. */
export class ServerLog {
  readonly #stream: NodeJS.WritableStream;
  #held: string[] = [];
  #timer: NodeJS.Timeout | undefined;

  constructor(stream: NodeJS.WritableStream) {
    this.#stream = stream;
  }

  /** At once, for what others wait to read. */
  write(line: string): void {
    this.#held.push(line);
    this.flush();
  }

  /** Within a tenth of a second. */
  readonly later = (line: string): void => {
    this.#held.push(line);
    this.#timer ??= setTimeout(() => this.flush(), 100).unref();
  };

  info(who: string, place: string, message: string): void {
    this.line(who, 'INFO', place, message);
  }

  /** In the form of vLLM's own log lines: who, level, local time, where. */
  line(who: string, level: 'INFO' | 'ERROR', place: string, message: string): void {
    const now = new Date();
    const two = (value: number) => String(value).padStart(2, '0');
    const day = `${two(now.getMonth() + 1)}-${two(now.getDate())}`;
    const time = `${two(now.getHours())}:${two(now.getMinutes())}:${two(now.getSeconds())}`;
    this.write(`(${who} pid=${process.pid}) ${level} ${day} ${time} [${place}] ${message}`);
  }

  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#held.length === 0) return;
    this.#stream.write(`${this.#held.join('\n')}\n`);
    this.#held = [];
  }
}
