import { once } from 'node:events';
import { createServer } from 'node:http';
import { systemErrorCode } from '../core/errors.ts';
import { LoadingError } from './command/check-model.ts';
import { ArgumentError, parseServe } from './command/parse-serve.ts';
import { reportStats } from './command/report-stats.ts';
import { serveHelp, serveUsage } from './command/serve-help.ts';
import { ServerLog } from './command/server-log.ts';
import { settingsFrom } from './command/settings-from.ts';
import { announce, announceReady, playStartUp } from './command/start-up.ts';
import { type SimulatorSettings, simulatorVersion } from './settings.ts';
import { listen, startSimulator } from './simulator.ts';

/**
 * Runs the simulator as `vllm` is run: `serve <model> …`, `serve --help=all` or `--version`. Serves until SIGTERM or
 * SIGINT.
 *
 * @returns the exit status: 0, 1 where vLLM would end with a traceback, 2 for a wrong command line
 * @throws {SynthrlError} for the simulator's own environment variables, see settings.ts
 */
export async function runSimulator(argv: readonly string[], environment: NodeJS.ProcessEnv): Promise<number> {
  const [command, ...words] = argv;
  if (command === '--version' || command === '-v') {
    process.stdout.write(`${simulatorVersion}\n`);
    return 0;
  }
  if (command !== 'serve') {
    const isHelp = command === '--help' || command === '-h';
    process[isHelp ? 'stdout' : 'stderr'].write(`${serveUsage}\n`);
    return isHelp ? 0 : 2;
  }
  const help = words.find((word) => word === '-h' || word === '--help' || word.startsWith('--help='));
  if (help !== undefined) {
    process.stdout.write(serveHelp(help.split('=')[1]));
    return 0;
  }
  try {
    return await serve(words, environment);
  } catch (error) {
    if (!(error instanceof ArgumentError)) throw error;
    process.stderr.write(`${serveUsage}\n${error.program}: error: ${error.message}\n`);
    return 2;
  }
}

async function serve(words: readonly string[], environment: NodeJS.ProcessEnv): Promise<number> {
  const given = parseServe(words);
  const log = new ServerLog(process.stdout);
  announce(log);
  const stopped = stopSignal();
  try {
    const settings = settingsFrom(given, environment, log.later);
    await checkAddress(settings);
    if (await playStartUp(settings, given, log, stopped)) await serveUntil(stopped, settings, log);
    return 0;
  } catch (error) {
    const reason = failureReason(error, log);
    if (reason === undefined) throw error;
    process.stderr.write(`Traceback (most recent call last):\n${reason}\n`);
    return 1;
  }
}

async function serveUntil(stopped: AbortSignal, settings: SimulatorSettings, log: ServerLog): Promise<void> {
  const simulator = await startSimulator(settings);
  announceReady(settings, simulator.port, log);
  const endStats = reportStats(simulator.engine, log);
  if (!stopped.aborted) await once(stopped, 'abort');
  endStats();
  log.write('INFO:     Shutting down');
  await simulator.close();
  log.write('INFO:     Application shutdown complete.');
  log.write(`INFO:     Finished server process [${process.pid}]`);
}

function stopSignal(): AbortSignal {
  const stopping = new AbortController();
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => stopping.abort());
  return stopping.signal;
}

/**
 * Finds out before loading whether the address can be had, as vLLM does by binding. The port is let go again, since
 * Node cannot hold one without listening: until loading is over, connections are refused.
 */
async function checkAddress(settings: SimulatorSettings): Promise<void> {
  if (settings.port === 0) return;
  const probe = createServer();
  await listen(probe, settings);
  await new Promise((done) => probe.close(done));
}

/** What the server's traceback ends with; undefined for a failure that vLLM has not. */
function failureReason(error: unknown, log: ServerLog): string | undefined {
  if (!(error instanceof LoadingError)) return addressError(error);
  if (!error.inWorker) return error.message;
  log.line('Worker', 'ERROR', 'multiproc_executor.py:953', error.message);
  return "RuntimeError: Engine core initialization failed. See root cause above. Failed core proc(s): {'EngineCore': 1}";
}

/** Python's words for an address that cannot be had; undefined for any other failure. */
function addressError(error: unknown): string | undefined {
  switch (systemErrorCode(error)) {
    case 'EADDRINUSE':
      return 'OSError: [Errno 98] Address already in use';
    case 'EADDRNOTAVAIL':
      return 'OSError: [Errno 99] Cannot assign requested address';
    case 'EACCES':
      return 'PermissionError: [Errno 13] Permission denied';
    default:
      return undefined;
  }
}
