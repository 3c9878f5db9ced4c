/** Why a server does not start or run. */
export type FailureCause =
  | 'arguments'
  | 'attention-heads'
  | 'coordinator'
  | 'engine'
  | 'gpu-memory-busy'
  | 'gpu-memory-exhausted'
  | 'kv-cache-too-small'
  | 'model-files'
  | 'model-length'
  | 'model-not-found'
  | 'model-too-short'
  | 'port-taken'
  | 'weights-missing'
  | 'weights-truncated'
  | 'worker'
  /** Not read from the log: it ended without a word, or did not become ready in time. */
  | 'ended'
  | 'silent'
  | 'waiting-for-workers';

/** What a line of a server's log says. */
export type LogEvent =
  /** A step of the start was reached; a mark that was not seen before counts as progress. */
  | { readonly kind: 'progress'; readonly mark: string }
  /** How much fits at once. `source` names the part of the server that said so: each part has its own. */
  | { readonly kind: 'capacity'; readonly source: string; readonly kvTokens?: number; readonly maxConcurrency?: number }
  | { readonly kind: 'failure'; readonly cause: FailureCause }
  /** Not yet a failure; explains one. */
  | { readonly kind: 'warning'; readonly cause: FailureCause };
