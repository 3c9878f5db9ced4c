import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { isAlive, ownIdentity } from '../core/process-identity.ts';
import { writeWholeFile } from '../core/write-file.ts';

const processNameSchema = z.object({ pid: z.number().int().positive(), startTime: z.string() });

const pidFileSchema = z.object({
  label: z.string(),
  /** The program that started the server; while it lives, the server is no leftover. */
  owner: z.object({ host: z.string(), bootId: z.string(), pid: z.number().int(), startTime: z.string() }),
  leader: processNameSchema,
  /** All processes seen so far. */
  recorded: z.array(processNameSchema),
});

/** The processes of one server, as written beside its log. */
export type PidFile = z.infer<typeof pidFileSchema>;

/** @throws {SynthrlError} `DISK_FULL` or `WRITE_FAILED` */
export function writePidFile(path: string, content: Omit<PidFile, 'owner'>): void {
  writeWholeFile(path, `${JSON.stringify({ owner: ownIdentity(), ...content })}\n`);
}

/** A `.pid` file of this host whose owner is dead. */
export interface AbandonedServer extends PidFile {
  readonly path: string;
  /** Whether the machine was started again since, so that no process can be left. */
  readonly rebooted: boolean;
}

/** The abandoned servers under a folder; files of other hosts and of living programs are passed over. */
export function readAbandoned(folder: string): AbandonedServer[] {
  if (!existsSync(folder)) return [];
  const own = ownIdentity();
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.log.pid'))
    .flatMap((name) => {
      const path = join(folder, name);
      const content = readPidFile(path);
      if (content === undefined || content.owner.host !== own.host || isAlive(content.owner)) return [];
      return [{ ...content, path, rebooted: content.owner.bootId !== own.bootId }];
    });
}

/** Undefined for a file that vanished meanwhile or is not ours: a foreign file is no reason to end any process. */
function readPidFile(path: string): PidFile | undefined {
  try {
    return pidFileSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return undefined;
  }
}
