import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const root = join(import.meta.dirname, '../..');
const program = join(root, 'dist/src/cli.js');

export interface Ended {
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Started {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
}

/** Starts the built command; variables of ours that this shell may hold are kept away from it. */
export function startCli(words: readonly string[], options: { cwd: string; env?: Record<string, string> }): Started {
  const inherited = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !name.startsWith('SYNTHRL_') && name !== 'OPENAI_API_KEY'),
  );
  const child = spawn(process.execPath, [program, ...words], {
    cwd: options.cwd,
    env: { ...inherited, NO_COLOR: '1', ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = { stdout: '', stderr: '' };
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (output.stdout += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (output.stderr += text));
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status, signal) => resolve({ status, signal, ...output }));
  });
  return { child, ended };
}

export function runCli(
  words: readonly string[],
  options: { cwd: string; env?: Record<string, string> },
): Promise<Ended> {
  return startCli(words, options).ended;
}

/** The `--data` flags that name the built-in samples. */
export function sampleData(...benchmarks: string[]): string[] {
  return benchmarks.flatMap((name) => ['--data', `${name}=${join(root, 'benchmarks', name, 'sample')}`]);
}

/** Every record of every journal of a run, with the path of its file. */
export function journalRecords(
  run: string,
): { path: string; record: { problem: string; sample: number; status: string; session: string; final: boolean } }[] {
  return readdirSync(run, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.includes('/responses/') && path.endsWith('.jsonl'))
    .sort()
    .flatMap((path) =>
      readFileSync(join(run, path), 'utf8')
        .split('\n')
        .filter((line, index, lines) => line !== '' && index < lines.length - 1)
        .map((line) => ({ path, record: JSON.parse(line) })),
    );
}
