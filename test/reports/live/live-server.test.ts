import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { RunDirectory } from '../../../src/core/run-directory.ts';
import { type LiveServer, startLiveServer } from '../../../src/reports/live/live-server.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { followEvents } from './follow-events.ts';
import { answer, appendAttempts, beginRun } from './write-run.ts';

async function serve(run: RunDirectory): Promise<LiveServer> {
  const failures: unknown[] = [];
  const server = await startLiveServer({
    run,
    port: 0,
    titles: {},
    generator: 'synthrl test',
    onFailure: (error) => failures.push(error),
  });
  onTestFinished(async () => {
    await server.close();
    expect(failures).toEqual([]);
  });
  return server;
}

/** One request with exactly this path, which `fetch` would tidy up. */
function get(
  { port }: LiveServer,
  path: string,
  options: { method?: string; host?: string } = {},
): Promise<{ status: number; headers: Record<string, unknown>; body: string }> {
  const { method = 'GET', host = `127.0.0.1:${port}` } = options;
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path, method, headers: { host } }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (text: string) => {
        body += text;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
    });
    sent.on('error', reject).end();
  });
}

function writeReportFiles(run: RunDirectory): void {
  mkdirSync(join(run.report, 'charts'), { recursive: true });
  writeFileSync(join(run.report, 'index.html'), '<!doctype html><title>the report</title>');
  writeFileSync(join(run.report, 'charts', 'a b%2F.png'), 'picture');
  writeFileSync(join(run.report, '.hidden'), 'hidden');
  writeFileSync(join(run.path, 'secret.txt'), 'secret');
  mkdirSync(`${run.report}-other`);
  writeFileSync(join(`${run.report}-other`, 'secret.txt'), 'secret');
  symlinkSync(join(run.path, 'secret.txt'), join(run.report, 'link.txt'));
  symlinkSync(run.path, join(run.report, 'up'));
}

test('the page, its files and the report, each with a strict policy', async () => {
  using folder = temporaryFolder();
  const run = beginRun(folder.path, 'r', { mathverse: 5 });
  writeReportFiles(run);
  const server = await serve(run);
  expect(server.url).toBe(`http://127.0.0.1:${server.port}/`);
  const page = await get(server, '/');
  expect(page).toMatchObject({ status: 200, headers: { 'content-type': 'text/html; charset=utf-8' } });
  const loaded = [...page.body.matchAll(/(?:src|href)="(\/live\/[^"]+)"/g)].map(([, path]) => path ?? '');
  expect(loaded).toHaveLength(4);
  for (const path of ['/', ...loaded, '/live/state.json', '/report/', '/report/charts/a%20b%252F.png', '/nothing']) {
    const { status, headers } = await get(server, path);
    expect(status, path).toBe(path === '/nothing' ? 404 : 200);
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/script-src[^;]*(unsafe|http|\*|data)/);
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'same-origin',
    });
    expect(headers).not.toHaveProperty('access-control-allow-origin');
  }
  expect((await get(server, '/report/?x#y')).body).toContain('the report');
  expect((await get(server, `/`, { host: `LOCALHOST:${server.port}` })).status).toBe(200);
});

test.for([
  '/report/../secret.txt',
  '/report/%2e%2e/secret.txt',
  '/report/..%2fsecret.txt',
  '/report/%2e%2e%2fsecret.txt',
  '/report/..%5csecret.txt',
  '/report/charts/../../secret.txt',
  '/report//secret.txt',
  '/report/%00',
  '/report/%zz',
  '/report/link.txt',
  '/report/up/secret.txt',
  '/report/up/run.json',
  '/report/.hidden',
  '/report/charts',
  '/report-other/secret.txt',
  '/report/../report-other/secret.txt',
  '/run.json',
  '/live/../run.json',
  '/live/constructor',
  '/constructor',
  '/__proto__',
  '//etc/passwd',
  '/report//etc/passwd',
])('%s is not there', async (path) => {
  using folder = temporaryFolder();
  const run = beginRun(folder.path, 'r', { mathverse: 5 });
  writeReportFiles(run);
  const { status, body } = await get(await serve(run), path);
  expect(body).not.toContain('secret');
  expect(status).toBe(404);
});

test('names of other sites, other methods and requests without a name are refused', async () => {
  using folder = temporaryFolder();
  const server = await serve(beginRun(folder.path, 'r', { mathverse: 5 }));
  const { port } = server;
  const hosts = [
    'evil.example',
    `evil.example:${port}`,
    '127.0.0.1',
    `127.0.0.1:${port + 1}`,
    `127.0.0.1.evil.example:${port}`,
  ];
  for (const host of hosts) {
    for (const path of ['/', '/live/state.json', '/live/events', '/report/']) {
      expect((await get(server, path, { host })).status, `${host} ${path}`).toBeGreaterThanOrEqual(400);
    }
  }
  expect((await get(server, '/', { host: 'evil.example' })).status).toBe(403);
  for (const method of ['POST', 'PUT', 'DELETE', 'HEAD', 'OPTIONS']) {
    expect(await get(server, '/', { method })).toMatchObject({ status: 405, headers: { allow: 'GET' } });
  }
  const withoutHost = await new Promise<string>((resolve) => {
    let text = '';
    const socket = connect(port, '127.0.0.1', () => socket.write('GET / HTTP/1.0\r\n\r\n'));
    socket.setEncoding('utf8').on('data', (part) => {
      text += part;
    });
    socket.on('close', () => resolve(text));
  });
  expect(withoutHost).toMatch(/^HTTP\/1\.1 403/);
});

test('events bring the state at once and again when it changes', async () => {
  using folder = temporaryFolder();
  const run = beginRun(folder.path, 'r', { mathverse: 5 });
  const server = await serve(run);
  const events = await followEvents(server.url);
  expect((await events.until(() => true)).all).toEqual({ answered: 0, failed: 0, total: 0 });
  appendAttempts(run, { checkpoint: 'a', benchmark: 'mathverse' }, [answer('1'), answer('2')]);
  expect((await events.until(({ all }) => all.answered === 2)).all).toEqual({ answered: 2, failed: 0, total: 5 });
  const later = await followEvents(server.url);
  expect((await later.until(() => true)).all.answered).toBe(2);
  events.end();
  later.end();
});

test('no more pages listen than the server can feed, and closing ends them all', async () => {
  using folder = temporaryFolder();
  const run = new RunDirectory(folder.path, 'not there');
  const server = await startLiveServer({ run, port: 0, titles: {}, generator: '' });
  const streams = [];
  for (let at = 0; at < 64; at += 1) streams.push(await followEvents(server.url));
  expect((await get(server, '/live/events')).status).toBe(503);
  await server.close();
  for (const { ended } of streams) await ended;
});

test('a port that is taken is said', async () => {
  using folder = temporaryFolder();
  const run = new RunDirectory(folder.path, 'r');
  const { port } = await serve(run);
  await expect(startLiveServer({ run, port, titles: {}, generator: '' })).rejects.toMatchObject({ code: 'PORT_TAKEN' });
});
