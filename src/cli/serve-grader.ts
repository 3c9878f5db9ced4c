import { isIP } from 'node:net';
import { availableParallelism } from 'node:os';
import { SynthrlError } from '../core/errors.ts';
import type { GradingServer } from '../grading/service/grading-server.ts';
import type { Command } from './command.ts';
import { resolveOptions } from './resolve-options.ts';
import type { Terminal } from './terminal.ts';

const options = ['port', 'host', 'workers', 'json'] as const;
const defaultPort = 8400;
const tokenVariable = 'SYNTHRL_GRADER_TOKEN';

export const serveGrader: Command = {
  usage: 'serve-grader',
  describe: 'Grade over HTTP, so that training is rewarded by the rules that evaluation counts by',
  options,
  async run(flags, terminal) {
    const { createPooledGrader } = await import('../grading/pool/pooled-grader.ts');
    const { startGradingServer } = await import('../grading/service/grading-server.ts');
    const { port = defaultPort, host, workers, json } = resolveOptions(options, flags, process.env);
    const token = process.env[tokenVariable] || undefined;
    if (token === undefined && !isLoopback(host)) {
      throw new SynthrlError('USAGE', `At ${host} other machines reach the service, and it has no token.`, {
        hint: `Set ${tokenVariable} to a secret that clients send as \`Authorization: Bearer …\`, or leave --host out to serve this machine only.`,
      });
    }
    const stopped = stopSignal(terminal);
    const grader = await createPooledGrader({
      kind: 'rules',
      inThreadItems: 0,
      startNow: true,
      // Never one alone: while it is ended over a reply, the others go on.
      workers: workers ?? Math.max(2, Math.min(8, availableParallelism())),
    });
    try {
      const server = await startGradingServer({
        host,
        port,
        grader,
        ...(token === undefined ? {} : { token }),
        onFailure: (error) => terminal.note(error instanceof Error ? (error.stack ?? error.message) : String(error)),
      });
      announce(server, { host, json, withToken: token !== undefined, terminal });
      await stopped;
      await server.close();
    } finally {
      await grader.close();
    }
    return 0;
  },
};

function announce(
  server: GradingServer,
  { host, json, withToken, terminal }: { host: string; json: boolean; withToken: boolean; terminal: Terminal },
): void {
  const { url, port } = server;
  if (json) terminal.print(JSON.stringify({ url, host, port, token: withToken }));
  else terminal.print(`Grading at ${url}/grade${withToken ? ' with the token' : ''}`);
}

/** Resolves with the first TERM or Ctrl-C; the second ends the program at once. */
function stopSignal(terminal: Terminal): Promise<void> {
  return new Promise((resolve) => {
    let asked = false;
    const onSignal = () => {
      if (asked) process.exit(130);
      asked = true;
      terminal.note('Stopping: requests under way are answered, no more are taken. Once more to stop now.');
      resolve();
    };
    process.on('SIGINT', onSignal);
    process.on('SIGTERM', onSignal);
  });
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}
