import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** One living process of this machine. Zombies are left out: they hold nothing. */
export interface ProcessEntry {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
  /** Clock ticks since boot from /proc, or the date that `ps` prints where there is no /proc. */
  readonly startTime: string;
}

/** A process by pid and start time, so that a pid that is used again is not taken for it. */
export type ProcessName = Pick<ProcessEntry, 'pid' | 'startTime'>;

/** Every living process that this machine shows. */
export function readProcessTable(): ProcessEntry[] {
  return existsSync('/proc/self/stat') ? readProcFolder() : parsePs(runPs());
}

/** Names a process that runs now. */
export function processNameOf(pid: number): ProcessName {
  const startTime = readProcessTable().find((entry) => entry.pid === pid)?.startTime ?? '';
  return { pid, startTime };
}

function readProcFolder(): ProcessEntry[] {
  const entries: ProcessEntry[] = [];
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const entry = parseStat(Number(name), readStat(name));
    if (entry) entries.push(entry);
  }
  return entries;
}

/** Empty for a process that ended since the folder was listed. */
function readStat(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return '';
  }
}

function parseStat(pid: number, stat: string): ProcessEntry | undefined {
  // The command name in parentheses may hold spaces and parentheses; fields are counted behind it.
  const [state, parent, group, ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const startTime = rest[16];
  if (state === undefined || state === 'Z' || state === 'X' || startTime === undefined) return undefined;
  return { pid, parent: Number(parent), group: Number(group), startTime };
}

function runPs(): string {
  return execFileSync('ps', ['-A', '-o', psColumns], { encoding: 'utf8', maxBuffer: 1 << 24 });
}

/** The columns that `parsePs` reads. The start time comes last: it has spaces in it. */
export const psColumns = 'pid=,ppid=,pgid=,stat=,lstart=';

/** Reads what `ps -A -o` prints for `psColumns`. */
export function parsePs(output: string): ProcessEntry[] {
  return output.split('\n').flatMap((line) => {
    const [pid, parent, group, state, ...start] = line.trim().split(/\s+/);
    if (state === undefined || state.startsWith('Z')) return [];
    return [{ pid: Number(pid), parent: Number(parent), group: Number(group), startTime: start.join(' ') }];
  });
}

/** The processes with the pids in `roots`, the members of `group` (0 for none), and all their descendants. */
export function processesOf(roots: readonly number[], group: number, table: readonly ProcessEntry[]): ProcessEntry[] {
  const children = new Map<number, ProcessEntry[]>();
  for (const entry of table) {
    const siblings = children.get(entry.parent);
    if (siblings) siblings.push(entry);
    else children.set(entry.parent, [entry]);
  }
  const found = new Map<number, ProcessEntry>();
  const pending = table.filter((entry) => roots.includes(entry.pid) || (group > 0 && entry.group === group));
  for (let entry = pending.pop(); entry !== undefined; entry = pending.pop()) {
    if (found.has(entry.pid)) continue;
    found.set(entry.pid, entry);
    pending.push(...(children.get(entry.pid) ?? []));
  }
  return [...found.values()];
}
