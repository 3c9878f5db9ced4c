import { rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, describe, expect, test } from 'vitest';
import { askAll, endpoint, items, patience, root } from './asking-kit.ts';
import { refuse, reply, type Script, send, startScriptedServer } from './scripted-server.ts';

afterAll(() => rmSync(root, { recursive: true, force: true }));

/** Always the same fault: how many attempts are made, and what the last record says. */
const faults: [name: string, script: Script, attempts: number, error: Record<string, unknown>][] = [
  ...[400, 403, 405, 413, 422, 501].map((status): (typeof faults)[number] => [
    `${status}`,
    (_received, response) => refuse(response, status, 'why'),
    1,
    { code: `http_${status}`, message: 'why', httpStatus: status },
  ]),
  ...[415, 500].map((status): (typeof faults)[number] => [
    `${status}`,
    (_received, response) => refuse(response, status),
    2,
    { code: `http_${status}` },
  ]),
  ...[408, 409, 425, 502, 504, 524].map((status): (typeof faults)[number] => [
    `${status}`,
    (_received, response) => refuse(response, status),
    5,
    { code: `http_${status}` },
  ]),
  [
    '500 of the engine',
    (_received, response) => refuse(response, 500, 'EngineCore encountered an issue. See stack trace.'),
    5,
    { code: 'http_500', message: 'EngineCore encountered an issue. See stack trace.' },
  ],
  [
    'the older error body',
    (_received, response) =>
      send(response, 400, { object: 'error', message: 'too long', type: 'BadRequestError', code: 400 }),
    1,
    { message: 'too long' },
  ],
  [
    'an error body of text',
    (_received, response) => send(response, 422, 'plain\u001b[31m words'),
    1,
    { message: 'plain [31m words' },
  ],
  [
    'an empty error body',
    (_received, response) => send(response, 422, ''),
    1,
    { message: 'The server answered with HTTP status 422.' },
  ],
  ['a redirect', (_received, response) => send(response, 302, '', { location: '/elsewhere' }), 1, { code: 'http_302' }],
  ['no JSON', (_received, response) => send(response, 200, '<html>'), 5, { code: 'bad_reply' }],
  ['cut JSON', (_received, response) => send(response, 200, '{"choices":[{"mess'), 5, { code: 'bad_reply' }],
  ['nothing', (_received, response) => send(response, 200, ''), 5, { code: 'bad_reply' }],
  ['no content', (_received, response) => void response.writeHead(204).end(), 5, { code: 'bad_reply' }],
  ['no choices', (_received, response) => reply(response, { choices: [] }), 5, { code: 'bad_reply' }],
  ['another model', (_received, response) => reply(response, { model: 'checkpoint-2' }), 5, { code: 'wrong_model' }],
  ['abort', (_received, response) => finished(response, 'abort'), 5, { code: 'finish_abort' }],
  ['error', (_received, response) => finished(response, 'error'), 5, { code: 'finish_error' }],
  ['a reset', (_received, _response, socket) => void socket.destroy(), 5, { code: 'connection_lost' }],
  ['a reset by force', (_received, _response, socket) => void socket.resetAndDestroy(), 5, { code: 'connection_lost' }],
  [
    'a body that ends early',
    (_received, response, socket) => {
      response.writeHead(200, { 'content-length': '1000' });
      response.write('{"choices"', () => socket.destroy());
    },
    5,
    { code: 'connection_lost' },
  ],
  [
    'chunks that end early',
    (_received, response, socket) => {
      response.writeHead(200);
      response.write('{"choices"', () => socket.destroy());
    },
    5,
    { code: 'connection_lost' },
  ],
  ['no HTTP', (_received, _response, socket) => void socket.end('SSH-2.0-OpenSSH\r\n'), 5, { code: 'connection_lost' }],
  [
    'a text beyond all measure',
    (_received, response) => reply(response, {}, { content: 'x'.repeat(4_100_000) }),
    1,
    { code: 'response_too_long' },
  ],
  [
    'a body without end',
    (_received, response) => {
      const chunk = Buffer.alloc(1 << 22, 32);
      const more = () => {
        if (!response.destroyed) response.write(chunk, more);
      };
      more();
    },
    1,
    { code: 'response_too_long' },
  ],
];

function finished(response: Parameters<Script>[1], reason: string): void {
  reply(response, { choices: [{ message: { content: 'half an ans' }, finish_reason: reason }] });
}

test.for(faults)('%s', { timeout: 30_000 }, async ([_name, script, attempts, error]) => {
  await using server = await startScriptedServer(script);
  const { outcome, records } = await askAll({ items: items(1), endpoints: [endpoint(server.baseUrl)] });
  expect(outcome).toEqual({ answered: 0, failed: 1, unasked: 0 });
  expect(records.map(({ attempt, final }) => [attempt, final])).toEqual(
    Array.from({ length: attempts }, (_, index) => [index + 1, index + 1 === attempts]),
  );
  expect(records.at(-1)).toMatchObject({ status: 'failed', server: server.baseUrl, error });
});

test('a request that takes too long is tried once more', async () => {
  await using server = await startScriptedServer(() => undefined);
  const { records } = await askAll({
    items: items(1),
    endpoints: [endpoint(server.baseUrl)],
    patience: { ...patience, deadlineMs: 30 },
  });
  expect(records.map((record) => record.status === 'failed' && record.error.code)).toEqual(['timeout', 'timeout']);
});

test('an idle connection that the server closes costs an attempt at most', async () => {
  await using server = await startScriptedServer(({ index }, response, socket) => {
    reply(response);
    if (index % 3 === 0) socket.end();
  });
  const { outcome } = await askAll({ items: items(60), endpoints: [endpoint(server.baseUrl, { window: 3 })] });
  expect(outcome).toEqual({ answered: 60, failed: 0, unasked: 0 });
});

describe('a server that asks for patience', () => {
  test.for([429, 503])('%i is waited out, and asked more gently', async (status) => {
    let refusals = 12;
    await using server = await startScriptedServer((_received, response) => {
      refusals -= 1;
      if (refusals >= 0) refuse(response, status);
      else reply(response);
    });
    const { outcome, records } = await askAll({ items: items(30), endpoints: [endpoint(server.baseUrl)] });
    expect(outcome).toEqual({ answered: 30, failed: 0, unasked: 0 });
    expect(records.filter((record) => record.status === 'failed')).toHaveLength(12);
  });

  test.for([
    [{ 'retry-after': '0.08' }, 75, 5000],
    [{ 'retry-after-ms': '80' }, 75, 5000],
    // A time that is long past, nonsense, and more than a minute: our own short wait decides.
    [{ 'retry-after': 'Wed, 21 Oct 2015 07:28:00 GMT' }, 0, 5000],
    [{ 'retry-after': 'soon' }, 0, 5000],
    [{ 'retry-after': '86400' }, 0, 5000],
  ] as const)('%j', async ([headers, leastMs, mostMs]) => {
    const times: number[] = [];
    await using server = await startScriptedServer(({ index }, response) => {
      times.push(performance.now());
      if (index === 0) refuse(response, 429, 'later', headers);
      else reply(response);
    });
    const { outcome } = await askAll({ items: items(1), endpoints: [endpoint(server.baseUrl)] });
    expect(outcome.answered).toBe(1);
    const waitedMs = (times[1] ?? 0) - (times[0] ?? 0);
    expect(waitedMs).toBeGreaterThanOrEqual(leastMs);
    expect(waitedMs).toBeLessThan(mostMs);
  });

  test('for ever is left; the rest is unasked', async () => {
    await using server = await startScriptedServer((_received, response) => refuse(response, 429));
    const { outcome, records } = await askAll({
      items: items(40),
      endpoints: [endpoint(server.baseUrl)],
      patience: { ...patience, throttledAttempts: 4 },
    });
    expect(outcome.unasked).toBeGreaterThan(30);
    expect(records.length).toBeLessThan(30);
  });
});

test('another server is preferred for another attempt', async () => {
  await using failing = await startScriptedServer((_received, response) => refuse(response, 502));
  await using healthy = await startScriptedServer((_received, response) => reply(response));
  const { outcome, records } = await askAll({
    items: items(20),
    endpoints: [
      endpoint(failing.baseUrl, { label: 'failing', window: 2 }),
      endpoint(healthy.baseUrl, { label: 'healthy' }),
    ],
  });
  expect(outcome).toEqual({ answered: 20, failed: 0, unasked: 0 });
  expect(Math.max(...records.map(({ attempt }) => attempt))).toBe(2);
});

test('a key that the server repeats is not recorded', async () => {
  await using server = await startScriptedServer(({ headers }, response) =>
    refuse(response, 403, `bad ${headers.authorization}`),
  );
  const { records } = await askAll({ items: items(1), endpoints: [endpoint(server.baseUrl, { apiKey: 'sk-secret' })] });
  expect(records[0]).toMatchObject({ error: { message: 'bad Bearer ***' } });
});

test('a server that takes connections and drops them is tried again, not waited for', async () => {
  const dropping = createServer().on('connection', (socket) => socket.destroy());
  await new Promise<void>((resolve) => dropping.listen(0, '127.0.0.1', resolve));
  const { port } = dropping.address() as AddressInfo;
  const { outcome, records } = await askAll({ items: items(2), endpoints: [endpoint(`http://127.0.0.1:${port}/v1`)] });
  dropping.close();
  expect(outcome).toEqual({ answered: 0, failed: 2, unasked: 0 });
  expect(records).toHaveLength(10);
});
