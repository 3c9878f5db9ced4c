import {
  closeSync,
  createReadStream,
  existsSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { SynthrlError } from './errors.ts';
import { writeError } from './write-file.ts';

/** One value of a JSON Lines file with its 1-based line number. */
export interface JsonLine {
  readonly value: unknown;
  readonly line: number;
}

/**
 * Reads a JSON Lines file line by line; memory stays at one line. Blank lines are passed over.
 *
 * @param options.onTorn - called instead of throwing when the last line is not whole, as `kill -9` leaves it
 * @param options.parse - reads one line; throws for what it cannot read (default: JSON.parse)
 * @throws {SynthrlError} `RECORD_INVALID` with file and line for any other line that is not JSON, or a line beyond 256 MiB
 */
export async function* readJsonLines(
  path: string,
  options: { onTorn?: () => void; parse?: (text: string) => unknown } = {},
): AsyncGenerator<JsonLine> {
  const parse = options.parse ?? JSON.parse;
  let line = 0;
  for await (const { text, ended } of readLines(path)) {
    line += 1;
    if (text.trim() === '') continue;
    let value: unknown;
    try {
      // Some programs put a byte order mark in front of a file.
      value = parse(line === 1 ? text.replace(/^\uFEFF/, '') : text);
    } catch (error) {
      if (!ended && options.onTorn) {
        options.onTorn();
        return;
      }
      throw new SynthrlError('RECORD_INVALID', `${path}:${line} is not a line of JSON.`, { cause: error });
    }
    yield { value, line };
  }
}

/** A line beyond this is no record: a file of another kind, which would not fit into memory. */
const longestLineBytes = 256 * 1024 * 1024;

/** Lines of a UTF-8 file; `ended` is false for a last line without its line feed. Only `\n` ends a line. */
async function* readLines(path: string): AsyncGenerator<{ text: string; ended: boolean }> {
  let rest: Buffer[] = [];
  let held = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 18 }) as AsyncIterable<Buffer>) {
    let from = 0;
    for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, from)) {
      rest.push(chunk.subarray(from, at));
      yield { text: (rest.length === 1 ? (rest[0] as Buffer) : Buffer.concat(rest)).toString('utf8'), ended: true };
      rest = [];
      held = 0;
      from = at + 1;
    }
    if (from < chunk.length) rest.push(chunk.subarray(from));
    held += chunk.length - from;
    if (held > longestLineBytes) throw new SynthrlError('RECORD_INVALID', `${path} has a line of more than 256 MiB.`);
  }
  if (rest.length > 0) yield { text: Buffer.concat(rest).toString('utf8'), ended: false };
}

/** Append-only writer of one JSON Lines file. Each line is handed to the system before `append` returns. */
export class JsonLinesWriter {
  readonly path: string;
  #descriptor: number | undefined;

  constructor(path: string) {
    this.path = path;
  }

  /** @throws {SynthrlError} `DISK_FULL` or `WRITE_FAILED` */
  append(value: unknown): void {
    try {
      if (this.#descriptor === undefined) {
        mkdirSync(dirname(this.path), { recursive: true });
        const whole = wholeLength(this.path);
        this.#descriptor = openSync(this.path, 'a');
        if (whole !== undefined) ftruncateSync(this.#descriptor, whole);
      }
      const bytes = Buffer.from(`${JSON.stringify(value)}\n`);
      let written = 0;
      while (written < bytes.length) written += writeSync(this.#descriptor, bytes, written);
    } catch (error) {
      throw writeError(error, this.path);
    }
  }

  close(): void {
    if (this.#descriptor !== undefined) closeSync(this.#descriptor);
    this.#descriptor = undefined;
  }
}

/** Bytes up to the last whole line where a file ends in a torn one, which would otherwise swallow the next line. */
function wholeLength(path: string): number | undefined {
  if (!existsSync(path)) return undefined;
  const bytes = readFileSync(path);
  return bytes.length === 0 || bytes.at(-1) === 10 ? undefined : bytes.lastIndexOf(10) + 1;
}
