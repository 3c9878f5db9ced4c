import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, fstatSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SynthrlError } from '../core/errors.ts';
import { writeError } from '../core/write-file.ts';
import { endProcesses, livingProcesses } from './end-processes.ts';
import { findProgram } from './find-program.ts';
import { PortRange } from './free-port.ts';
import { gpuMemoryInUse } from './gpu-memory.ts';
import {
  type CommandOutput,
  internalPortStride,
  type Launcher,
  type Leftover,
  type PlacedServer,
  type ServerAddress,
  type ServerSpec,
} from './launcher.ts';
import { LocalServer } from './local-server.ts';
import { LogReader } from './log-reader.ts';
import { type AbandonedServer, readAbandoned } from './pid-file.ts';
import { processNameOf } from './process-table.ts';
import { serverEnvironment } from './server-environment.ts';
import { supervisorScript } from './supervisor-script.ts';

const host = '127.0.0.1';
const outputBytes = 1 << 22;

/** Below the range from which the system takes ports for outgoing connections, which could take ours meanwhile. */
const httpPorts = { first: 20_011, last: 23_999, step: 1 };
const internalPorts = { first: 24_000, last: 31_900, step: internalPortStride };

/** Settings of a LocalLauncher. */
export interface LocalLauncherOptions {
  /** Time between SIGTERM and SIGKILL in milliseconds. Default: 20,000. */
  readonly graceMs?: number;
  /** Least time between two starts in milliseconds, so that servers do not race for the same resources. Default: 0. */
  readonly staggerMs?: number;
  /** Ports to choose from for HTTP. Default: 20,011 to 23,999. */
  readonly ports?: { readonly first: number; readonly last: number };
}

/** Runs servers as processes of this machine, each in its own process group with a supervisor that outlives this program. */
export class LocalLauncher implements Launcher {
  readonly #graceMs: number;
  readonly #staggerMs: number;
  readonly #httpPorts: PortRange;
  readonly #internalPorts = new PortRange(internalPorts);
  #nextStart = 0;

  constructor(options: LocalLauncherOptions = {}) {
    this.#graceMs = options.graceMs ?? 20_000;
    this.#staggerMs = options.staggerMs ?? 0;
    this.#httpPorts = new PortRange({ ...httpPorts, ...options.ports });
  }

  async place(spec: ServerSpec): Promise<PlacedServer> {
    await this.#waitForTurn();
    const address = await this.#takeAddress();
    const giveBack = () => this.#giveBack(address);
    try {
      return await this.#start(spec, address, giveBack);
    } catch (error) {
      giveBack();
      throw error;
    }
  }

  async runOnce(
    command: readonly string[],
    environment: Readonly<Record<string, string>>,
    timeoutMs: number,
  ): Promise<CommandOutput> {
    const [name = '', ...rest] = command;
    const program = findProgram(name, process.env['PATH'] ?? '');
    const options = {
      env: serverEnvironment({ inherited: process.env, defaults: {}, set: environment, gpus: [] }),
      timeout: timeoutMs,
      killSignal: 'SIGKILL',
      maxBuffer: outputBytes,
    } as const;
    return new Promise((settle) => {
      const child = execFile(program, rest, options, (_error, stdout, stderr) => {
        settle({ status: child.exitCode, output: `${stdout}\n${stderr}` });
      });
      child.stdin?.end();
    });
  }

  async leftovers(folder: string): Promise<readonly Leftover[]> {
    return readAbandoned(folder).map((server) => ({
      label: server.label,
      pidFile: server.path,
      pids: server.rebooted ? [] : livingProcesses(server).map((entry) => entry.pid),
    }));
  }

  async reap(leftover: Leftover): Promise<void> {
    const server = readAbandoned(dirname(leftover.pidFile)).find(({ path }) => path === leftover.pidFile);
    if (server === undefined) return;
    const survivors = server.rebooted ? [] : await endProcesses(server, this.#graceMs);
    if (survivors.length > 0) throw stillThere(server, survivors);
    rmSync(leftover.pidFile, { force: true });
  }

  async #start(spec: ServerSpec, address: ServerAddress, onGone: () => void): Promise<LocalServer> {
    const command = spec.command(address);
    const [name = '', ...rest] = command;
    const program = findProgram(name, process.env['PATH'] ?? '');
    const env = serverEnvironment({
      inherited: process.env,
      defaults: spec.environmentDefaults,
      set: spec.environment(address),
      gpus: spec.gpus,
    });
    const memoryBefore = spec.gpus.length === 0 ? undefined : await gpuMemoryInUse();
    const logFile = resolve(spec.logFile);
    const { descriptor, start } = openLog(logFile, command);
    let child: ChildProcess;
    try {
      const grace = String(Math.ceil(this.#graceMs / 1000));
      child = spawn('/bin/sh', ['-c', supervisorScript, 'synthrl-server', grace, program, ...rest], {
        detached: true,
        stdio: ['ignore', descriptor, descriptor, 'pipe'],
        env,
      });
      await once(child, 'spawn');
    } finally {
      closeSync(descriptor);
    }
    const server = new LocalServer({
      label: spec.label,
      url: `http://${address.host}:${address.port}`,
      child,
      leader: processNameOf(child.pid ?? 0),
      pidFile: `${logFile}.pid`,
      log: new LogReader(logFile, start),
      graceMs: this.#graceMs,
      gpus: spec.gpus,
      memoryBefore,
      onGone,
    });
    try {
      server.recordProcesses();
    } catch (error) {
      await server.stop();
      throw error;
    }
    return server;
  }

  async #waitForTurn(): Promise<void> {
    const now = Date.now();
    const turn = Math.max(now, this.#nextStart);
    this.#nextStart = turn + this.#staggerMs;
    if (turn > now) await sleep(turn - now);
  }

  async #takeAddress(): Promise<ServerAddress> {
    const port = await this.#httpPorts.take(host);
    const internalPort = await this.#internalPorts.take(host);
    if (port !== undefined && internalPort !== undefined) return { host, port, internalPort };
    if (port !== undefined) this.#httpPorts.giveBack(port);
    throw new SynthrlError(
      'PORT_TAKEN',
      'No free port was found for a server: something answers on every one of them.',
      {
        hint: 'Look with `ss -ltnp` for servers that earlier runs left behind, and stop them.',
      },
    );
  }

  #giveBack(address: ServerAddress): void {
    this.#httpPorts.giveBack(address.port);
    this.#internalPorts.giveBack(address.internalPort);
  }
}

/** Opens the log for appending and heads this server's part of it with its command. */
function openLog(path: string, command: readonly string[]): { descriptor: number; start: number } {
  try {
    mkdirSync(dirname(path), { recursive: true });
    const descriptor = openSync(path, 'a');
    writeSync(descriptor, `synthrl: ${new Date().toISOString()} ${JSON.stringify(command)}\n`);
    return { descriptor, start: fstatSync(descriptor).size };
  } catch (error) {
    throw writeError(error, path);
  }
}

function stillThere(server: AbandonedServer, survivors: readonly number[]): SynthrlError {
  return new SynthrlError(
    'SERVER_STOP_FAILED',
    `The server ${server.label} that an earlier run left behind did not end: processes ${survivors.join(', ')} survived SIGKILL.`,
    { hint: 'A process in that state waits for a driver or a disk; it may need a restart of the machine.' },
  );
}
