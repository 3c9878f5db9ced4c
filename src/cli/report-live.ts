import { benchmarks as registry } from '../../benchmarks/index.ts';
import { programVersion } from '../core/package-root.ts';
import type { RunDirectory } from '../core/run-directory.ts';
import type { Session } from '../core/session.ts';
import { startLiveServer } from '../reports/live/live-server.ts';
import { parseSteps, stepOf } from '../sweep/step-of.ts';
import type { Terminal } from './terminal.ts';

/**
 * Serves the live page of a run until Ctrl-C or TERM; a second one ends the program at once.
 *
 * @returns 0
 * @throws {SynthrlError} `PORT_TAKEN`
 */
export async function reportLive(
  run: RunDirectory,
  { port, json }: { port: number; json: boolean },
  terminal: Terminal,
): Promise<number> {
  const stopped = stopSignal();
  const server = await startLiveServer({
    run,
    port,
    titles: Object.fromEntries(registry.map(({ name, title }) => [name, title])),
    takesIn,
    generator: `synthrl ${programVersion}`,
    onFailure: (error) => terminal.note(error instanceof Error ? (error.stack ?? error.message) : String(error)),
  });
  if (json) terminal.print(JSON.stringify({ url: server.url, port: server.port }));
  else terminal.print(`Live at ${server.url}`);
  if (!run.exists) terminal.note(`There is no run at ${run.path} yet; the page waits for it.`);
  await stopped;
  await server.close();
  return 0;
}

/** Whether the session's --steps take a checkpoint in. */
function takesIn({ settings }: Session, checkpoint: string): boolean {
  const { steps } = settings;
  if (typeof steps !== 'string') return true;
  try {
    return parseSteps(steps)(stepOf(checkpoint));
  } catch {
    // Written by a program that reads them otherwise.
    return true;
  }
}

function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    let asked = false;
    const onSignal = () => {
      if (asked) process.exit(130);
      asked = true;
      resolve();
    };
    process.on('SIGINT', onSignal);
    process.on('SIGTERM', onSignal);
  });
}
