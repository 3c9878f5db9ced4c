import { SynthrlError } from './errors.ts';
import { JsonLinesWriter, readJsonLines } from './json-lines.ts';
import { type Response, responseSchema, sampleKey } from './response.ts';
import type { CheckpointDirectory } from './run-directory.ts';

/** One writer's append-only journal of attempts for one benchmark. Records are validated as they are written. */
export class ResponseJournal {
  readonly #writer: JsonLinesWriter;

  constructor(checkpoint: CheckpointDirectory, benchmark: string, client: string) {
    this.#writer = new JsonLinesWriter(checkpoint.journal(benchmark, client));
  }

  /** @throws {SynthrlError} `DISK_FULL` or `WRITE_FAILED` */
  append(response: Response): void {
    this.#writer.append(responseSchema.parse(response));
  }

  close(): void {
    this.#writer.close();
  }
}

/** The final records of one benchmark, merged over all its journals. */
export interface MergedResponses {
  /** By sampleKey; an answer beats a failure, the earliest answer beats a later one, the last failure beats an earlier one. */
  readonly final: ReadonlyMap<string, Response>;
  /** Torn last lines that were dropped. */
  readonly torn: number;
  /** Attempt records read. */
  readonly attempts: number;
}

/**
 * Every attempt of a benchmark, journal by journal, oldest session first; one is held at a time.
 *
 * @param onTorn - called for each torn last line that is dropped
 * @throws {SynthrlError} `RECORD_INVALID` for a line that is not a response record
 */
export async function* readAttempts(
  checkpoint: CheckpointDirectory,
  benchmark: string,
  onTorn: () => void,
): AsyncGenerator<Response> {
  for (const path of checkpoint.journals(benchmark)) {
    for await (const { value, line } of readJsonLines(path, { onTorn })) yield asResponse(value, path, line);
  }
}

/**
 * Reads and merges a benchmark's journals. Texts are held in memory; use `keep` to hold less.
 *
 * @param options.keep - maps each record before it is held, e.g. to drop its text
 * @throws {SynthrlError} `RECORD_INVALID` for a line that is not a response record
 */
export async function readResponses(
  checkpoint: CheckpointDirectory,
  benchmark: string,
  options: { keep?: (response: Response) => Response } = {},
): Promise<MergedResponses> {
  const final = new Map<string, Response>();
  let torn = 0;
  let attempts = 0;
  const onTorn = () => {
    torn += 1;
  };
  for await (const response of readAttempts(checkpoint, benchmark, onTorn)) {
    attempts += 1;
    const key = sampleKey(response.problem, response.sample);
    if (final.get(key)?.status === 'answered') continue;
    final.set(key, options.keep ? options.keep(response) : response);
  }
  return { final, torn, attempts };
}

/** A light check: lines were validated when written, and 300,000 of them are read again for every report. */
function asResponse(value: unknown, path: string, line: number): Response {
  const record = value as Partial<Response> | null;
  const whole =
    typeof record === 'object' &&
    record !== null &&
    typeof record.problem === 'string' &&
    typeof record.sample === 'number' &&
    (record.status === 'failed' || (record.status === 'answered' && typeof record.text === 'string'));
  if (whole) return record as Response;
  throw new SynthrlError('RECORD_INVALID', `${path}:${line} is not a response record.`, {
    hint: 'The journal was edited or written by another program. Remove that line to go on: its problem is then asked again.',
  });
}
