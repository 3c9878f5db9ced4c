import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { Socket } from 'node:net';
import { SynthrlError } from '../core/errors.ts';
import { describeEnd } from './describe-end.ts';
import { endProcesses, livingProcesses, type ServerProcesses } from './end-processes.ts';
import { waitUntilGpusFree } from './gpu-memory.ts';
import type { PlacedServer, ServerEnd } from './launcher.ts';
import type { LogReader } from './log-reader.ts';
import { writePidFile } from './pid-file.ts';
import type { ProcessName } from './process-table.ts';

/** What is left of a server whose main process ended by itself is given this long between SIGTERM and SIGKILL. */
const strayGraceMs = 3000;
/** Drivers free memory within seconds of a process's end. */
const gpuDeadlineMs = 30_000;
const supervisorDescriptor = 3;

interface LocalServerParts {
  readonly label: string;
  readonly url: string;
  /** The supervisor, which leads the process group. */
  readonly child: ChildProcess;
  readonly leader: ProcessName;
  readonly pidFile: string;
  readonly log: LogReader;
  readonly graceMs: number;
  readonly gpus: readonly number[];
  /** GPU memory in use before the start in MiB by GPU; undefined where there is no nvidia-smi. */
  readonly memoryBefore: ReadonlyMap<number, number> | undefined;
  /** Called once nothing of the server is left. */
  readonly onGone: () => void;
}

/** A server process group on this machine. */
export class LocalServer implements PlacedServer {
  readonly url: string;
  readonly ended: Promise<ServerEnd>;
  readonly #parts: LocalServerParts;
  readonly #recorded = new Map<number, ProcessName>();
  #stopping = false;
  #ending: Promise<number[]> | undefined;

  constructor(parts: LocalServerParts) {
    this.#parts = parts;
    this.url = parts.url;
    // The supervisor may have gone before it is told to go.
    this.#pipe?.on('error', () => undefined);
    this.#pipe?.unref();
    this.ended = this.#untilGone();
  }

  async newLogLines(): Promise<readonly string[]> {
    return this.#parts.log.newLines();
  }

  async lastLogLines(): Promise<readonly string[]> {
    return this.#parts.log.lastLines();
  }

  recordProcesses(): void {
    for (const { pid, startTime } of livingProcesses(this.#processes())) this.#recorded.set(pid, { pid, startTime });
    const { label, leader, pidFile } = this.#parts;
    writePidFile(pidFile, { label, leader, recorded: [...this.#recorded.values()] });
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    if (this.#ending === undefined) {
      for (const { pid, startTime } of livingProcesses(this.#processes())) this.#recorded.set(pid, { pid, startTime });
      this.#ending = endProcesses(this.#processes(), this.#parts.graceMs);
    }
    const survivors = await this.#ending;
    if (survivors.length > 0) {
      throw new SynthrlError(
        'SERVER_STOP_FAILED',
        `The server ${this.#parts.label} did not end: its processes ${survivors.join(', ')} survived SIGKILL.`,
        { hint: 'A process in that state waits for a driver or a disk; it may need a restart of the machine.' },
      );
    }
    await this.ended;
    await this.#untilGpusFree();
  }

  async #untilGone(): Promise<ServerEnd> {
    const { child, pidFile, onGone } = this.#parts;
    const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
    const stopped = this.#stopping;
    this.#pipe?.end('release\n');
    this.#ending ??= endProcesses(this.#processes(), strayGraceMs);
    const survivors = await this.#ending;
    // With survivors the file stays, so that the next run can try again.
    if (survivors.length === 0) forget(pidFile);
    onGone();
    return describeEnd(code, signal, stopped);
  }

  async #untilGpusFree(): Promise<void> {
    const { gpus, memoryBefore } = this.#parts;
    if (memoryBefore === undefined || gpus.length === 0) return;
    const pids = new Set(this.#recorded.keys());
    await waitUntilGpusFree({ gpus, pids, before: memoryBefore, deadlineMs: gpuDeadlineMs });
  }

  /** Not the child's standard input: Node closes that as soon as the child exits, before all of its group has ended. */
  get #pipe(): Socket | undefined {
    const pipe = this.#parts.child.stdio[supervisorDescriptor];
    return pipe instanceof Socket ? pipe : undefined;
  }

  #processes(): ServerProcesses {
    return { leader: this.#parts.leader, recorded: [...this.#recorded.values()] };
  }
}

/** A file that cannot be removed does no harm: its processes are gone, which the next run sees. */
function forget(pidFile: string): void {
  try {
    rmSync(pidFile, { force: true });
  } catch {
    // See above.
  }
}
