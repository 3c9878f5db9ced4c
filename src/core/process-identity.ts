import { existsSync, readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { systemErrorCode } from './errors.ts';

/** Names one process for good: a pid alone is used again after a reboot or a wrap-around. */
export interface ProcessIdentity {
  readonly host: string;
  /** The kernel's boot id; empty where the system has none. */
  readonly bootId: string;
  readonly pid: number;
  /** Start time in clock ticks since boot (/proc/PID/stat field 22); empty where the system has none. */
  readonly startTime: string;
}

export function ownIdentity(): ProcessIdentity {
  return { host: hostname(), bootId: bootId(), pid: process.pid, startTime: processStartTime(process.pid) ?? '' };
}

/** Start time of a living process, or undefined where there is none with this pid (or no /proc). */
export function processStartTime(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The command name in parentheses may hold spaces; fields are counted behind it.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    // A zombie holds nothing any more.
    return fields[0] === 'Z' ? undefined : fields[19];
  } catch {
    return undefined;
  }
}

/** Whether a process of this host is still the one that was named. */
export function isAlive(identity: ProcessIdentity): boolean {
  if (identity.bootId !== bootId()) return false;
  if (existsSync('/proc/self/stat')) return processStartTime(identity.pid) === identity.startTime;
  try {
    process.kill(identity.pid, 0);
    return true;
  } catch (error) {
    // Another user's process may not be signalled, but lives.
    return systemErrorCode(error) === 'EPERM';
  }
}

function bootId(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    return '';
  }
}
