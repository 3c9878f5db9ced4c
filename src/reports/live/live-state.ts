/**
 * Where a run is. `waiting`: there is none yet. `working`: its process lives. `gone`: the process that held it died.
 * `finished`: all samples are answered and nobody holds it. `stopped`: nobody holds it, and samples are open or failed.
 * `unreadable`: run.json is not one of ours.
 */
export type LivePhase = 'waiting' | 'working' | 'gone' | 'finished' | 'stopped' | 'unreadable';

/** Samples of one benchmark at one checkpoint; `total` is null where the run does not say how many there are. */
export interface LiveCount {
  readonly answered: number;
  readonly failed: number;
  readonly total: number | null;
}

/** A rate over the last minutes, in each second. */
export interface LiveRate {
  readonly responses: number;
  /** Tokens of answers, as servers counted them. */
  readonly tokens: number;
}

/** One accuracy as a summary has it: proportions in [0, 1]. */
export interface LiveAccuracy {
  readonly accuracy: number | null;
  readonly upper: number | null;
  readonly interval: readonly [low: number, high: number] | null;
  readonly asked: number;
}

/** Everything that the live page shows. Texts that came from elsewhere are printable and of bounded length. */
export interface LiveState {
  readonly phase: LivePhase;
  readonly run: string;
  /** Why the run cannot be read, or what of it could not. */
  readonly notes: readonly string[];
  readonly simulated: boolean;
  readonly all: LiveCount;
  readonly benchmarks: readonly { readonly name: string; readonly title: string }[];
  readonly checkpoints: readonly {
    readonly name: string;
    /** Whether the last session asks it. */
    readonly wanted: boolean;
    readonly all: LiveCount;
    /** In the order of `benchmarks`. */
    readonly counts: readonly LiveCount[];
    /** Summaries by grading mode, each with accuracies in the order of `benchmarks`; null where it was not graded. */
    readonly results: readonly { readonly mode: string; readonly accuracies: readonly (LiveAccuracy | null)[] }[];
  }[];
  /** Null until it was watched for long enough. */
  readonly rate: LiveRate | null;
  readonly secondsLeft: number | null;
  readonly servers: readonly {
    readonly label: string;
    readonly checkpoint: string;
    readonly answered: number;
    readonly failed: number;
    readonly perSecond: number | null;
    readonly medianSeconds: number | null;
    /** Seconds since its last attempt ended, in steps; null where that was before watching began. */
    readonly quietSeconds: number | null;
  }[];
  readonly failures: readonly {
    readonly code: string;
    /** Attempts that ended so; some were tried again and answered. */
    readonly attempts: number;
    readonly message: string;
  }[];
  readonly session: {
    readonly id: string;
    readonly started: string;
    readonly command: string;
    readonly engine: string;
    readonly limit: number | null;
  } | null;
  readonly holder: { readonly pid: number; readonly host: string; readonly alive: boolean } | null;
  /** When the report page was last written, as an ISO time; null where there is none. */
  readonly reportWritten: string | null;
}
