import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../temporary-folder.ts';
import { journalRecords, runCli, sampleData, startCli } from './run-cli.ts';

/** A `synthrl simulate` server on a port that the system chose. */
async function simulate(folder: string, model: string, ...more: string[]) {
  mkdirSync(join(folder, model), { recursive: true });
  writeFileSync(join(folder, model, 'config.json'), '{}');
  const port = 20_000 + Math.floor(Math.random() * 20_000);
  const { child, ended } = startCli(
    ['simulate', 'serve', model, '--port', String(port), '--load-format', 'dummy', ...more],
    { cwd: folder },
  );
  const url = `http://127.0.0.1:${port}`;
  for (let tries = 0; tries < 200 && child.exitCode === null; tries += 1) {
    if (
      await fetch(`${url}/health`).then(
        ({ ok }) => ok,
        () => false,
      )
    )
      break;
    await sleep(50);
  }
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
  };
  return { url, stop };
}

test('two endpoints that already run share the problems; samples are repeated with pass@k; the key is written nowhere', async () => {
  using folder = temporaryFolder();
  const key = 'sk-very-secret-key';
  const servers = [
    await simulate(folder.path, 'm', '--api-key', key),
    await simulate(folder.path, 'm', '--api-key', key),
  ];
  try {
    const words = [
      'eval',
      'm',
      '--server',
      servers.map(({ url }) => url).join(','),
      '--benchmarks',
      'wemath',
      '--limit',
      '12',
      '--json',
      ...sampleData('wemath'),
    ];
    const refused = await runCli(words, { cwd: folder.path });
    expect(refused.stderr).toContain('OPENAI_API_KEY');
    expect(refused.status).toBe(2);

    const ended = await runCli([...words, '--repeat', '3', '--temperature', '0.7', '--max-connections', '4'], {
      cwd: folder.path,
      env: { OPENAI_API_KEY: key },
    });
    expect(ended.stderr).toContain('simulated');
    expect(ended.status).toBe(0);
    const tally = JSON.parse(ended.stdout).checkpoints[0].benchmarks.wemath;
    expect(tally.asked).toBe(36);
    expect(Object.keys(tally.metrics.pass_at_k)).toContain('3');
    const run = join(folder.path, 'evaluation/runs/m');
    expect(
      new Set(journalRecords(run).map(({ record }) => (record as unknown as { server: string }).server)).size,
    ).toBe(2);
    for (const path of readdirSync(run, { recursive: true, encoding: 'utf8', withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    )) {
      expect(readFileSync(join(path.parentPath, path.name), 'latin1')).not.toContain(key);
    }
  } finally {
    await Promise.all(servers.map(({ stop }) => stop()));
  }
}, 60_000);

test('a model that the endpoint does not serve is said with those that it does', async () => {
  using folder = temporaryFolder();
  const server = await simulate(folder.path, 'm');
  try {
    const ended = await runCli(
      ['eval', 'other', '--server', server.url, '--benchmarks', 'wemath', ...sampleData('wemath')],
      { cwd: folder.path },
    );
    expect(ended.stderr).toContain('SERVER_MODEL_UNKNOWN: ');
    expect(ended.stderr).toMatch(/\bm\b/);
    expect(ended.status).toBe(2);
  } finally {
    await server.stop();
  }
}, 60_000);
