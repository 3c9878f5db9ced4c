/** Where a server listens, chosen by the launcher before the command is made. */
export interface ServerAddress {
  /** Host to bind and to call, e.g. `127.0.0.1`. */
  readonly host: string;
  /** HTTP port. */
  readonly port: number;
  /** First port of a range of `internalPortStride` that no other server of this launcher was given. */
  readonly internalPort: number;
}

/** Ports kept for one server's own inner connections. */
export const internalPortStride = 64;

/** A server that is to be placed. */
export interface ServerSpec {
  /** Short name for people, e.g. `slot-0`. */
  readonly label: string;
  /** GPUs that it may see, as nvidia-smi numbers them; empty leaves the choice to the environment. */
  readonly gpus: readonly number[];
  /** File that gets its standard output and standard error, appended. A file `<logFile>.pid` beside it names its processes. */
  readonly logFile: string;
  /** Program and arguments for the address that was chosen. */
  command(address: ServerAddress): readonly string[];
  /** Environment variables that give way to what the person has set. */
  readonly environmentDefaults: Readonly<Record<string, string>>;
  /** Environment variables that are set in any case. */
  environment(address: ServerAddress): Readonly<Record<string, string>>;
}

/** Why a server is not running any more. */
export interface ServerEnd {
  /** Exit status; null when a signal ended it. */
  readonly code: number | null;
  /** Name of the signal that ended it, e.g. `SIGKILL`. */
  readonly signal: string | null;
  /** Whether it ended because it was told to stop. */
  readonly stopped: boolean;
  /** The same for people, e.g. `exited with status 1`. */
  readonly reason: string;
}

/** A server that was placed; it need not be ready yet. */
export interface PlacedServer {
  /** Root address without a slash at the end, e.g. `http://127.0.0.1:21000`. */
  readonly url: string;
  /** Resolves once the server's main process has ended and nothing of it is left. Never rejects. */
  readonly ended: Promise<ServerEnd>;
  /** Log lines since the last call, without colours, each at most 4000 characters. */
  newLogLines(): Promise<readonly string[]>;
  /** The last lines of this server's log, from at most the last 64 KiB of it. */
  lastLogLines(): Promise<readonly string[]>;
  /** Writes down which processes belong to the server by now, so that a later run can find them all. */
  recordProcesses(): void;
  /**
   * Ends the server and everything that it started; resolves when all of it is gone and its GPU memory is free again
   * (the latter within a deadline). May be called again.
   *
   * @throws {SynthrlError} `SERVER_STOP_FAILED` when processes survive even SIGKILL
   */
  stop(): Promise<void>;
}

/** A server of a run whose program died. */
export interface Leftover {
  readonly label: string;
  readonly pidFile: string;
  /** Processes that still live; empty when only the file is left. */
  readonly pids: readonly number[];
}

/** What ran once, to its end. */
export interface CommandOutput {
  /** Exit status; null when it was ended by a signal or by the time-out. */
  readonly status: number | null;
  /** Standard output, then standard error; at most 4 MiB each. */
  readonly output: string;
}

/** Places servers on some kind of machine. */
export interface Launcher {
  /**
   * Starts a server. Does not wait until it is ready.
   *
   * @throws {SynthrlError} `ENGINE_NOT_FOUND` when the program is not there, `PORT_TAKEN` when no port is free
   */
  place(spec: ServerSpec): Promise<PlacedServer>;
  /**
   * Runs a short command where servers would run.
   *
   * @throws {SynthrlError} `ENGINE_NOT_FOUND` when the program is not there
   */
  runOnce(
    command: readonly string[],
    environment: Readonly<Record<string, string>>,
    timeoutMs: number,
  ): Promise<CommandOutput>;
  /** What dead runs left behind, by the `.pid` files in a folder and the folders below it. */
  leftovers(folder: string): Promise<readonly Leftover[]>;
  /** Ends what is left and removes its `.pid` file. A process is recognised by its pid together with when it started. */
  reap(leftover: Leftover): Promise<void>;
}
