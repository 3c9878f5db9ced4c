import { type ErrorCode, exitStatusOf } from './error-codes.ts';

/**
 * A failure that the person at the terminal can act on. Printed as `CODE: message` and a hint, without a stack.
 * Anything else that is thrown is a bug in the program (exit 1).
 */
export class SynthrlError extends Error {
  override readonly name = 'SynthrlError';
  /** Permanent and searchable; see error-codes.ts. */
  readonly code: ErrorCode;
  /** What to do next, in whole sentences. */
  readonly hint: string | undefined;

  constructor(code: ErrorCode, message: string, options: { hint?: string; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.hint = options.hint;
  }

  /** Exit status of the process when this ends it. */
  get exitStatus(): number {
    return exitStatusOf(this.code);
  }
}

/** The system's error code (`ENOENT`, `ENOSPC`, …) of a thrown value, where it has one. */
export function systemErrorCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

/** One line that says what went wrong, from whatever was thrown. */
export function errorMessage(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
