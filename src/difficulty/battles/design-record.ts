import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { SynthrlError } from '../../core/errors.ts';
import { writeWholeFile } from '../../core/write-file.ts';
import { designNames } from './pairing/design.ts';

const designRecordSchema = z.object({
  schema: z.literal(1),
  benchmark: z.string(),
  /** Which rows fight, e.g. `testmini,version=Text Lite`. */
  selection: z.string(),
  dataHash: z.string(),
  /** How many problems fight. */
  problems: z.number(),
  design: z.enum(designNames),
  /** Opponents that each problem draws: rounds. It may grow. */
  opponents: z.number(),
  seed: z.number(),
  /** SHA-256 of the judge's prompt. */
  prompt: z.string(),
  judge: z.object({ model: z.string(), simulated: z.boolean() }),
  images: z.object({ minPixels: z.number(), maxPixels: z.number() }),
  created: z.string(),
});

/** What a folder's battles are of: battles.json. */
export type DesignRecord = z.infer<typeof designRecordSchema>;

/**
 * The record of a folder's battles; undefined where there is none.
 *
 * @throws {SynthrlError} `RECORD_INVALID`
 */
export function readDesignRecord(path: string): DesignRecord | undefined {
  if (!existsSync(path)) return undefined;
  try {
    return designRecordSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (cause) {
    throw new SynthrlError('RECORD_INVALID', `${path} cannot be read as the record of battles.`, {
      hint: 'It was edited or written by another program. Restore it, or name another --out folder.',
      cause,
    });
  }
}

/**
 * Checks that wanted battles are those of the folder. Only more opponents than before may be wanted.
 *
 * @throws {SynthrlError} `BATTLES_CONFLICT` naming what differs
 */
export function checkDesign(path: string, known: DesignRecord, wanted: DesignRecord): void {
  const differences = Object.keys(wanted).flatMap((name) => {
    const member = name as keyof DesignRecord;
    if (member === 'created') return [];
    if (member === 'opponents' && wanted.opponents >= known.opponents) return [];
    const [before, now] = [JSON.stringify(known[member]), JSON.stringify(wanted[member])];
    return before === now ? [] : [`${name} was ${short(before)} and is now ${short(now)}`];
  });
  if (differences.length === 0) return;
  throw new SynthrlError('BATTLES_CONFLICT', `The battles of ${path} are others: ${differences.join('; ')}.`, {
    hint: 'Use the same settings to go on with them, or name another --out folder.',
  });
}

/** @throws {SynthrlError} `DISK_FULL` or `WRITE_FAILED` */
export function writeDesignRecord(path: string, record: DesignRecord): void {
  writeWholeFile(path, `${JSON.stringify(record, null, 2)}\n`);
}

function short(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
