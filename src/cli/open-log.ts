import { type Logger, pino } from 'pino';
import type { RunDirectory } from '../core/run-directory.ts';

/** The run's log.jsonl; every line names its session. Written synchronously, so that the last line before a crash is there. */
export function openLog(run: RunDirectory, session: string): Logger {
  const destination = pino.destination({ dest: run.log, mkdir: true, sync: true });
  // A log that cannot be written ends nothing: the writes that matter say so themselves.
  destination.on('error', () => undefined);
  return pino({ base: { session }, timestamp: pino.stdTimeFunctions.isoTime }, destination);
}
