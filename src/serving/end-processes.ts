import { setTimeout as sleep } from 'node:timers/promises';
import { systemErrorCode } from '../core/errors.ts';
import { type ProcessEntry, type ProcessName, processesOf, readProcessTable } from './process-table.ts';

const pollMs = 100;
/** How long processes may take to vanish after SIGKILL; only one stuck in the kernel takes longer. */
const killDeadlineMs = 15_000;

/** A server's process group with everything that was ever seen to belong to it. */
export interface ServerProcesses {
  /** Pid of the group's leader, which is the group's number too. */
  readonly leader: ProcessName;
  /** Processes recorded earlier; those that left the group or lost their parent are found by these. */
  readonly recorded: readonly ProcessName[];
}

/**
 * Ends a process group and its descendants: SIGTERM, a grace period, SIGKILL.
 *
 * @param graceMs - time between SIGTERM and SIGKILL, in milliseconds
 * @returns pids that survived SIGKILL; empty when all are gone
 */
export async function endProcesses(processes: ServerProcesses, graceMs: number): Promise<number[]> {
  const known = new Map<number, ProcessName>();
  const look = () => {
    const living = livingProcesses({ leader: processes.leader, recorded: [...processes.recorded, ...known.values()] });
    for (const entry of living) known.set(entry.pid, entry);
    return living;
  };
  for (const entry of look()) sendSignal(entry.pid, 'SIGTERM');
  if ((await waitUntilNone(look, graceMs)).length === 0) return [];
  const deadline = Date.now() + killDeadlineMs;
  // Repeated, because a process may fork between the look and the signal.
  while (Date.now() < deadline) {
    const living = look();
    if (living.length === 0) return [];
    for (const entry of living) sendSignal(entry.pid, 'SIGKILL');
    await sleep(pollMs);
  }
  return look().map((entry) => entry.pid);
}

/** Those of a server's processes that live. */
export function livingProcesses({ leader, recorded }: ServerProcesses): ProcessEntry[] {
  const table = readProcessTable();
  const byPid = new Map(table.map((entry) => [entry.pid, entry]));
  const isStillItself = (name: ProcessName) => byPid.get(name.pid)?.startTime === name.startTime;
  const survivors = recorded.filter(isStillItself);
  // The group's number is ours while its leader lives or a recorded member is still in it.
  const groupIsOurs = isStillItself(leader) || survivors.some((name) => byPid.get(name.pid)?.group === leader.pid);
  const roots = survivors.map((name) => name.pid);
  const living = processesOf(roots, groupIsOurs ? leader.pid : 0, table);
  return living.filter((entry) => entry.pid !== process.pid);
}

async function waitUntilNone(look: () => ProcessEntry[], timeoutMs: number): Promise<ProcessEntry[]> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const living = look();
    if (living.length === 0 || Date.now() >= deadline) return living;
    await sleep(pollMs);
  }
}

function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    // ESRCH: it ended in between, which is what was wanted. EPERM: not ours to end; it counts as a survivor.
    if (!['ESRCH', 'EPERM'].includes(systemErrorCode(error) ?? '')) throw error;
  }
}
