import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SpeedRow } from './dispatch.ts';

const program = join(import.meta.dirname, '../../dist/src/cli.js');
/** Replies of one batch, and characters of each: 2,048 tokens. */
const replies = 4096;
const characters = 8192;

/** Seconds that the service takes for a training step's batch, and its memory after the first and after many of them. */
export async function measureGradingService(batches = 20): Promise<SpeedRow[]> {
  const child = spawn(process.execPath, [program, 'serve-grader', '--port', '0', '--json'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  try {
    const [line] = await once(child.stdout, 'data');
    const { url } = JSON.parse(String(line)) as { url: string };
    const thought = `<think>${'We add the two sides and see that it is so. '.repeat(characters / 44)}</think>`;
    const items = Array.from({ length: replies }, (_, at) => ({
      response: `${thought}\n\\boxed{${at % 10}}`,
      answer: String(at % 7),
    }));
    const body = JSON.stringify({ items });
    const seconds: number[] = [];
    let first = 0;
    for (let batch = 0; batch < batches; batch += 1) {
      const from = performance.now();
      const answer = await fetch(`${url}/grade`, { method: 'POST', body });
      const { verdicts } = (await answer.json()) as { verdicts: unknown[] };
      if (verdicts.length !== replies) throw new Error(`${verdicts.length} verdicts for ${replies} replies`);
      seconds.push((performance.now() - from) / 1000);
      if (batch === 0) first = peakMegabytes(child);
    }
    const measure = `service: batches of ${replies} replies, ${Math.round(body.length / 1e6)} MB each`;
    const median = seconds.toSorted((left, right) => left - right)[Math.floor(batches / 2)] ?? Number.NaN;
    return [
      { measure, value: median, unit: 'seconds per batch (median)', n: batches },
      { measure, value: first, unit: 'MB peak memory after the first', n: 1 },
      { measure, value: peakMegabytes(child), unit: 'MB peak memory after all', n: batches },
    ];
  } finally {
    child.kill();
  }
}

/** Peak resident memory of a process, on Linux. */
function peakMegabytes({ pid }: ChildProcess): number {
  const kilobytes = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kilobytes) / 1024;
}
