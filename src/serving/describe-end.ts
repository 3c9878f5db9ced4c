import { constants } from 'node:os';
import type { ServerEnd } from './launcher.ts';

/** A shell reports a command that signal n ended as status 128 + n. */
const signalStatusBase = 128;

/** How a process ended, from what its supervising shell reported. */
export function describeEnd(code: number | null, signal: string | null, stopped: boolean): ServerEnd {
  const inner = signal ?? signalOf(code);
  const how = inner === null ? `exited with status ${code}` : `was ended by ${inner}`;
  return { code: inner === null ? code : null, signal: inner, stopped, reason: stopped ? `was stopped (${how})` : how };
}

function signalOf(code: number | null): string | null {
  if (code === null || code <= signalStatusBase) return null;
  const found = Object.entries(constants.signals).find(([, number]) => number === code - signalStatusBase);
  return found ? found[0] : null;
}
