import { execFile } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { systemErrorCode } from '../core/errors.ts';

const run = promisify(execFile);
const timeoutMs = 20_000;
const pollMs = 500;
/** Memory above the level before the start that still counts as free: drivers and displays move by this much. */
const toleranceMiB = 1024;

/** Output of an nvidia-smi query as rows of cells; undefined where there is no working nvidia-smi. */
export async function queryNvidiaSmi(query: string): Promise<string[][] | undefined> {
  try {
    const { stdout } = await run('nvidia-smi', [query, '--format=csv,noheader,nounits'], { timeout: timeoutMs });
    const lines = stdout.split('\n').filter((line) => line.trim() !== '');
    return lines.map((line) => line.split(',').map((cell) => cell.trim()));
  } catch (error) {
    // Absent, or present without a driver: either way this machine has no GPU that it can speak of.
    if (systemErrorCode(error) === 'ENOENT' || (error instanceof Error && 'stderr' in error)) return undefined;
    throw error;
  }
}

/** Memory in use on each GPU in MiB, by index; undefined where there is no nvidia-smi. */
export async function gpuMemoryInUse(): Promise<ReadonlyMap<number, number> | undefined> {
  const rows = await queryNvidiaSmi('--query-gpu=index,memory.used');
  return rows && new Map(rows.map(([index, used]) => [Number(index), Number(used)]));
}

/**
 * Waits until none of the pids holds GPU memory and the GPUs are back at the level before the start. Both, because a
 * container often does not show its own pids in nvidia-smi.
 *
 * @returns false when the deadline passed first, or nvidia-smi stopped answering
 */
export async function waitUntilGpusFree(options: {
  gpus: readonly number[];
  pids: ReadonlySet<number>;
  before: ReadonlyMap<number, number>;
  deadlineMs: number;
}): Promise<boolean> {
  const deadline = Date.now() + options.deadlineMs;
  for (;;) {
    const holders = await queryNvidiaSmi('--query-compute-apps=pid,used_memory');
    const memory = await gpuMemoryInUse();
    if (!holders || !memory) return false;
    const held = holders.some(([pid]) => options.pids.has(Number(pid)));
    const above = options.gpus.some((gpu) => (memory.get(gpu) ?? 0) > (options.before.get(gpu) ?? 0) + toleranceMiB);
    if (!held && !above) return true;
    if (Date.now() >= deadline) return false;
    await sleep(pollMs);
  }
}
