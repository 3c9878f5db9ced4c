/** Exit status by code: 2 for what the caller got wrong, 3 where work is left to do, 130 after Ctrl-C. */
const exitStatusByCode = {
  USAGE: 2,
  BENCHMARK_UNKNOWN: 2,
  SELECTION_UNKNOWN: 2,
  SELECTION_EMPTY: 2,
  SUITE_INVALID: 2,
  SUITE_NOT_FOUND: 2,
  DATA_NOT_FOUND: 2,
  DATA_INVALID: 2,
  DATA_AMBIGUOUS: 2,
  DATA_CHANGED: 2,
  DATA_DUPLICATE_ID: 2,
  IMAGES_NOT_FOUND: 2,
  RATINGS_INVALID: 2,
  RUN_NOT_FOUND: 2,
  RUN_CONFLICT: 2,
  RUN_LOCKED: 2,
  RECORD_INVALID: 2,
  CHECKPOINTS_NOT_FOUND: 2,
  CHECKPOINT_INCOMPLETE: 2,
  CHECKPOINT_CHANGED: 2,
  IMPORT_INVALID: 2,
  GATE_INVALID: 2,
  COMPARISON_IMPOSSIBLE: 2,
  GRADES_NOT_FOUND: 2,
  GRADES_MIXED: 2,
  BATTLES_INVALID: 2,
  BATTLES_CONFLICT: 2,
  FETCH_FAILED: 3,
  FETCH_CORRUPT: 3,
  FETCH_GATED: 2,
  FETCH_NOT_FOUND: 2,
  FETCH_OFFLINE: 2,
  FETCH_CONFLICT: 2,
  FETCH_LOCKED: 2,
  GPU_NONE: 2,
  ENGINE_NOT_FOUND: 2,
  SERVER_START_FAILED: 2,
  SERVER_STOP_FAILED: 3,
  SIMULATOR_KEY_INVALID: 2,
  SERVER_UNREACHABLE: 2,
  SERVER_UNAUTHORIZED: 2,
  SERVER_MODEL_UNKNOWN: 2,
  PORT_TAKEN: 2,
  DISK_FULL: 3,
  WRITE_FAILED: 3,
  INCOMPLETE: 3,
  INTERRUPTED: 130,
} as const;

/** A permanent, searchable name for one kind of failure. */
export type ErrorCode = keyof typeof exitStatusByCode;

/** Exit status of the process for a failure of this kind. */
export function exitStatusOf(code: ErrorCode): number {
  return exitStatusByCode[code];
}
