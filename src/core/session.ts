import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { hostname } from 'node:os';
import { z } from 'zod';
import { SynthrlError } from './errors.ts';
import { JsonLinesWriter, readJsonLines } from './json-lines.ts';
import { programVersion } from './package-root.ts';
import type { RunDirectory } from './run-directory.ts';

/** What served a session's requests, as the server itself reported it. */
const engineSchema = z.object({
  /** `vllm`, `simulator`, or `endpoint` for a server that already ran. */
  name: z.string(),
  version: z.string(),
  /** True where the server says that it is the simulator: such numbers say nothing about a model. */
  simulated: z.boolean(),
});

/** The judge model that a session asked. */
const judgeSchema = z.object({
  /** Address of its API, without any key. */
  server: z.string(),
  model: z.string(),
  /** What the server says that it is; absent where it could not be asked. */
  version: z.string().optional(),
  /** True where the server says that it is the simulator. */
  simulated: z.boolean().optional(),
  /** SHA-256 of the judge's prompts. */
  prompt: z.string(),
});

const sessionSchema = z.object({
  session: z.string(),
  started: z.string(),
  command: z.string(),
  program: z.string(),
  revision: z.string().optional(),
  node: z.string(),
  host: z.string(),
  packages: z.record(z.string(), z.string()).optional(),
  /** Command-line settings that shaped the work; never a key. */
  settings: z.record(z.string(), z.unknown()),
  /** Absolute path of each benchmark's data, so that grading can find it again. */
  data: z.record(z.string(), z.string()).optional(),
  engine: engineSchema.optional(),
  judge: judgeSchema.optional(),
  /** Responses or verdicts made elsewhere that this session brought in. */
  imported: z
    .object({
      checkpoint: z.string(),
      benchmark: z.string(),
      selection: z.string(),
      dataHash: z.string(),
      problems: z.number(),
      file: z.string(),
      fileHash: z.string(),
      /** Which program's form the file has, e.g. `vlmevalkit`; absent in runs from before forms were told apart. */
      form: z.string().optional(),
      /** The program that made the file and its version, where the file says so. */
      maker: z.string().optional(),
      /** Whose rows were taken, where the file names models. */
      model: z.string().optional(),
      kind: z.enum(['responses', 'verdicts']),
      rows: z.number(),
      unmatched: z.number(),
    })
    .optional(),
});

/** One invocation that did work: one line of sessions.jsonl. */
export type Session = z.infer<typeof sessionSchema>;
export type EngineRecord = z.infer<typeof engineSchema>;
export type JudgeRecord = z.infer<typeof judgeSchema>;

/** A new session id; ids sort by start time. */
export function newSessionId(now: Date): string {
  return `${now.toISOString().replace(/[-:]/g, '').replace(/\.\d+/, '')}-${randomBytes(3).toString('hex')}`;
}

/** The members that every session record has. */
export function sessionBase(
  command: string,
  session: string,
  now: Date,
): Pick<Session, 'session' | 'started' | 'command' | 'program' | 'node' | 'host'> {
  return {
    session,
    started: now.toISOString(),
    command,
    program: programVersion,
    node: process.version,
    host: hostname(),
  };
}

export function appendSession(run: RunDirectory, session: Session): void {
  const writer = new JsonLinesWriter(run.sessions);
  writer.append(sessionSchema.parse(session));
  writer.close();
}

/**
 * All sessions, oldest first.
 *
 * @throws {SynthrlError} `RECORD_INVALID` for a line that is no session record; a torn last line is dropped
 */
export async function readSessions(run: RunDirectory): Promise<Session[]> {
  const sessions: Session[] = [];
  if (!existsSync(run.sessions)) return sessions;
  for await (const { value, line } of readJsonLines(run.sessions, { onTorn: () => undefined })) {
    const session = sessionSchema.safeParse(value);
    if (!session.success) {
      throw new SynthrlError('RECORD_INVALID', `${run.sessions}:${line} is not a session record.`, {
        hint: 'The file was edited or written by another program. Restore that line.',
        cause: session.error,
      });
    }
    sessions.push(session.data);
  }
  return sessions;
}
