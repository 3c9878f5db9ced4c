import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { writeError } from '../../core/write-file.ts';
import { type SourceState, sourceKey } from './image-source.ts';

const preparedSchema = z.object({
  /** File name inside the store's folder. */
  file: z.string().regex(/^[0-9a-f]{64}\.(?:png|jpg)$/),
  /** Length of that file; another length means that it is not whole. */
  bytes: z.number(),
  sha256: z.string(),
  mediaType: z.enum(['image/png', 'image/jpeg']),
  width: z.number(),
  height: z.number(),
});

const lineSchema = z.object({
  path: z.string(),
  member: z.string().optional(),
  size: z.number(),
  mtimeMs: z.number(),
  /** Limits and preparation; entries of another kind are passed over. */
  kind: z.string(),
  prepared: preparedSchema,
});

export type PreparedEntry = z.infer<typeof preparedSchema>;

type Known = Pick<SourceState, 'size' | 'mtimeMs'> & { readonly prepared: PreparedEntry };

/**
 * Which source file became which prepared one: index.jsonl in the store's folder, appended to by all processes.
 * It only saves work: a line that is lost or torn costs reading one source again.
 */
export class ImageIndex {
  readonly #path: string;
  readonly #kind: string;
  #bySource: Map<string, Known> | undefined;

  constructor(folder: string, kind: string) {
    this.#path = join(folder, 'index.jsonl');
    this.#kind = kind;
  }

  find(source: SourceState): PreparedEntry | undefined {
    const known = this.#entries().get(sourceKey(source));
    return known?.size === source.size && known.mtimeMs === source.mtimeMs ? known.prepared : undefined;
  }

  /** @throws {SynthrlError} `DISK_FULL` or `WRITE_FAILED` */
  add(source: SourceState, prepared: PreparedEntry): void {
    const { path, member, size, mtimeMs } = source;
    this.#entries().set(sourceKey(source), { size, mtimeMs, prepared });
    const line = JSON.stringify({ path, member, size, mtimeMs, kind: this.#kind, prepared });
    try {
      // The line feed in front keeps a torn last line of another process from swallowing this one.
      appendFileSync(this.#path, `\n${line}\n`);
    } catch (error) {
      throw writeError(error, this.#path);
    }
  }

  #entries() {
    if (this.#bySource) return this.#bySource;
    this.#bySource = new Map();
    const text = existsSync(this.#path) ? readFileSync(this.#path, 'utf8') : '';
    for (const line of text.split('\n')) {
      const entry = parseLine(line);
      if (entry?.kind !== this.#kind) continue;
      const { path, member, size, mtimeMs, prepared } = entry;
      this.#bySource.set(sourceKey({ path, ...(member !== undefined && { member }) }), { size, mtimeMs, prepared });
    }
    return this.#bySource;
  }
}

function parseLine(line: string): z.infer<typeof lineSchema> | undefined {
  if (line === '') return undefined;
  try {
    return lineSchema.safeParse(JSON.parse(line)).data;
  } catch {
    // A torn line, left by a process that was killed.
    return undefined;
  }
}
