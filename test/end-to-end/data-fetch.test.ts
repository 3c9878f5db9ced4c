import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { benchmarks } from '../../benchmarks/index.ts';
import { filesBelow } from '../fetching/fetch-kit.ts';
import { type HubServer, randomContent, sha256, startHubServer } from '../fetching/hub-server.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { runCli, startCli } from './run-cli.ts';

/** Stand-ins for the official files of two benchmarks: names as on the hub, content made up. */
const official: Record<string, Record<string, Buffer>> = {
  mathvision: {
    'data/test-00000-of-00001-3532b8d3f1b4047a.parquet': randomContent(400_000, 'test'),
    'data/testmini-00000-of-00001-f8ff70fcb2f29b1d.parquet': randomContent(150_000, 'testmini'),
  },
  mathvista: { 'data/testmini-00000-of-00001-725687bf7a18d64b.parquet': randomContent(300_000, 'vista') },
};
const secret = 'hf_neverShowThisToken';

let hub: HubServer;
let folder: ReturnType<typeof temporaryFolder>;
let env: Record<string, string>;

beforeEach(async () => {
  const served = benchmarks.flatMap(({ name, source: { hub: source } }) => {
    const files = official[name];
    if (source?.revision === undefined || files === undefined) return [];
    return [[source.dataset, { commits: { [source.revision]: files }, refs: { main: source.revision } }] as const];
  });
  hub = await startHubServer(Object.fromEntries(served));
  folder = temporaryFolder();
  env = { HF_ENDPOINT: hub.url, HF_HOME: join(folder.path, 'hf'), HF_TOKEN: secret, NO_PROXY: '127.0.0.1' };
});
afterEach(async () => {
  await hub.close();
  folder[Symbol.dispose]();
});

const fetchBoth = ['data', 'fetch', 'mathvision', 'mathvista'];

/** Files under their own names that are not whole. */
function halfWritten(): string[] {
  return Object.entries(official).flatMap(([name, files]) => {
    const root = join(folder.path, 'evaluation/data', name);
    return filesBelow(root)
      .filter((path) => path.startsWith('data/'))
      .filter((path) => files[path]?.equals(readFileSync(join(root, path))) !== true);
  });
}

test('fetched, then there already; what --json prints', async () => {
  const first = await runCli(fetchBoth, { cwd: folder.path, env });
  expect(first.status, first.stderr).toBe(0);
  expect(first.stderr).toContain('licence: CC BY-SA 4.0, as a test set only');
  expect(first.stderr.match(/, verified \(/g)?.length).toBe(3);
  expect(first.stderr + first.stdout).not.toContain(secret);
  expect(first.stdout).toMatch(/mathvision +complete +550 kB, 2 downloaded +MathLLMs\/MathVision @ [0-9a-f]{8}/);
  const second = await runCli([...fetchBoth, '--json'], { cwd: folder.path, env });
  const told = JSON.parse(second.stdout);
  expect(told).toMatchObject({ complete: true, bytes: 850_000, sets: [{ name: 'mathvision' }, { name: 'mathvista' }] });
  expect(told.sets[1].files).toEqual([
    {
      path: 'data/testmini-00000-of-00001-725687bf7a18d64b.parquet',
      bytes: 300_000,
      sha256: sha256(randomContent(300_000, 'vista')),
      from: 'present',
    },
  ]);
  expect(halfWritten()).toEqual([]);
});

test('killed at 20 random moments, it ends with verified files and never shows a half-written one', async () => {
  hub.bytesPerSecond = 120_000;
  let killed = 0;
  for (let round = 0; round < 20; round += 1) {
    const { child, ended } = startCli(fetchBoth, { cwd: folder.path, env });
    await Promise.race([sleep(150 + Math.random() * 600), ended]);
    child.kill('SIGKILL');
    if ((await ended).signal === 'SIGKILL') killed += 1;
    expect(halfWritten()).toEqual([]);
  }
  expect(killed).toBeGreaterThan(5);
  hub.bytesPerSecond = undefined;
  const last = await runCli([...fetchBoth, '--verify', '--json'], { cwd: folder.path, env });
  expect(last.status, last.stderr).toBe(0);
  expect(hub.seen.some(({ range }) => range !== undefined)).toBe(true);
  for (const [name, files] of Object.entries(official)) {
    const names = filesBelow(join(folder.path, 'evaluation/data', name));
    expect(names).toEqual([...Object.keys(files), 'fetched.json'].sort());
  }
  expect(halfWritten()).toEqual([]);
}, 60_000);

test('Ctrl-C ends with 130 and the same command goes on', async () => {
  hub.bytesPerSecond = 50_000;
  const { child, ended } = startCli(fetchBoth, { cwd: folder.path, env });
  while (!hub.seen.some(({ server }) => server === 'cdn')) await sleep(20);
  await sleep(200);
  child.kill('SIGINT');
  const stopped = await ended;
  expect(stopped.status, stopped.stderr).toBe(130);
  expect(stopped.stderr).toContain('INTERRUPTED');
  hub.bytesPerSecond = undefined;
  const next = await runCli(fetchBoth, { cwd: folder.path, env });
  expect(next.stderr).toContain('of an earlier run');
  expect(next.status).toBe(0);
});

test('what went wrong is told on stderr, in the object and by the status', async () => {
  hub.fault = ({ url }) =>
    url.includes('MathVista') ? { status: 403, headers: { 'x-error-code': 'GatedRepo' } } : undefined;
  const { status, stdout, stderr } = await runCli([...fetchBoth, '--json'], { cwd: folder.path, env });
  expect(status).toBe(2);
  expect(stderr).toMatch(/FETCH_GATED: .*\/datasets\/AI4Math\/MathVista/);
  const told = JSON.parse(stdout);
  expect(told).toMatchObject({ complete: false, error: { code: 'FETCH_GATED' } });
  expect(told.sets.map(({ complete }: { complete: boolean }) => complete)).toEqual([true, false]);
  const offline = await runCli(['data', 'fetch', 'mathvista'], {
    cwd: folder.path,
    env: { ...env, HF_HUB_OFFLINE: '1' },
  });
  expect(offline.status).toBe(2);
  expect(offline.stderr).toContain('FETCH_OFFLINE');
});

test('the help of the command, of its parts, and of mistakes', async () => {
  const run = (...words: string[]) => runCli(words, { cwd: folder.path, env });
  const [parent, help, alone, wrong, unknown, revision] = await Promise.all([
    run('data', '--help'),
    run('data', 'fetch', '--help'),
    run('data'),
    run('data', 'fech'),
    run('data', 'fetch', 'mathvisto'),
    run('data', 'fetch', '--revision', 'abc'),
  ]);
  expect(parent.status).toBe(0);
  expect(parent.stdout).toContain('synthrl data fetch [name..]');
  expect(help.stdout).toContain('--revision');
  expect(help.stdout).toContain('--data-root');
  expect(alone).toMatchObject({ status: 2, stdout: '' });
  expect(alone.stderr).toContain('fetch');
  expect(wrong.status).toBe(2);
  expect(unknown.stderr).toContain('BENCHMARK_UNKNOWN');
  expect(unknown.stderr).toContain('synthrl-ratings');
  expect(revision.stderr).toContain('USAGE');
});
