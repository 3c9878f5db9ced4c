import { rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import fc from 'fast-check';
import sharp from 'sharp';
import { afterAll, describe, expect, test } from 'vitest';
import { SynthrlError } from '../../src/core/errors.ts';
import { askAll, endpoint, items, problem, root } from './asking-kit.ts';
import { refuse, reply, type Script, startScriptedServer } from './scripted-server.ts';

afterAll(() => rmSync(root, { recursive: true, force: true }));

const answer: Script = (_received, response) => reply(response);

async function unusedUrl(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/v1`;
}

test('all items of all benchmarks are answered, within the window', async () => {
  await using server = await startScriptedServer((_received, response) => void setTimeout(() => reply(response), 5));
  const asked = [
    ...items(30),
    ...items(30).map(({ problem: { id } }) => ({ problem: problem(id, { benchmark: 'mathvista' }), sample: 0 })),
  ];
  const progress: string[] = [];
  const { outcome, records, final } = await askAll({
    items: asked,
    endpoints: [endpoint(server.baseUrl, { window: 4 })],
    onProgress: ({ benchmark, status, completionTokens }) =>
      progress.push(`${benchmark} ${status} ${completionTokens}`),
  });
  expect(outcome).toEqual({ answered: 60, failed: 0, unasked: 0 });
  expect(final.size).toBe(60);
  expect(server.mostOpen()).toBe(4);
  expect(progress.toSorted()[0]).toBe('mathvista answered 5');
  expect(records[0]).toMatchObject({
    attempt: 1,
    final: true,
    finishReason: 'stop',
    server: server.baseUrl,
    session: 's1',
    status: 'answered',
    text: '\\boxed{42}',
    usage: { promptTokens: 10, completionTokens: 5 },
  });
});

test('nothing to ask, and no endpoint', async () => {
  expect((await askAll({ items: [], endpoints: [] })).outcome).toEqual({ answered: 0, failed: 0, unasked: 0 });
  expect((await askAll({ items: items(3), endpoints: [] })).outcome).toEqual({ answered: 0, failed: 0, unasked: 3 });
});

test('a problem whose image cannot be had is a failure record, and the others go on', async () => {
  await using server = await startScriptedServer(answer);
  const good = join(root, 'good.png');
  writeFileSync(
    good,
    await sharp({ create: { width: 60, height: 60, channels: 3, background: 'red' } })
      .png()
      .toBuffer(),
  );
  writeFileSync(join(root, 'text.png'), 'no picture');
  const withImages = (id: string, ...paths: string[]) => ({
    problem: problem(id, { images: paths.map((path) => ({ path })) }),
    sample: 0,
  });
  const { outcome, final } = await askAll({
    items: [
      withImages('good', good),
      withImages('absent', join(root, 'absent.png')),
      withImages('text', join(root, 'text.png')),
      withImages('many', good, good, good),
    ],
    endpoints: [endpoint(server.baseUrl)],
  });
  expect(outcome).toEqual({ answered: 1, failed: 3, unasked: 0 });
  expect(final.get('wemath 0/absent')).toMatchObject({ server: '', error: { code: 'image_missing' } });
  expect(final.get('wemath 0/text')).toMatchObject({ error: { code: 'image_unreadable' } });
  expect(final.get('wemath 0/many')).toMatchObject({ error: { code: 'too_many_images' } });
});

describe('endpoints that go', () => {
  test('requests of a dying server go to the other one', async () => {
    await using healthy = await startScriptedServer(answer);
    const dying = await startScriptedServer(({ index }, response) => {
      if (index < 10) reply(response);
      else void dying.close();
    });
    const { outcome, records } = await askAll({
      items: items(120),
      endpoints: [endpoint(dying.baseUrl, { label: 'dying' }), endpoint(healthy.baseUrl, { label: 'healthy' })],
    });
    expect(outcome).toEqual({ answered: 120, failed: 0, unasked: 0 });
    const lost = records.filter(({ status }) => status === 'failed');
    expect(lost.length).toBeGreaterThan(0);
    expect(new Set(lost.map(({ server, final }) => `${server} ${final}`))).toEqual(new Set(['dying false']));
  });

  test('one that nothing listens at is given up after three rounds; the rest is unasked', async () => {
    const { outcome, records } = await askAll({ items: items(40), endpoints: [endpoint(await unusedUrl())] });
    expect(outcome).toEqual({ answered: 0, failed: 0, unasked: 40 });
    expect(records.every(({ final, status }) => !final && status === 'failed')).toBe(true);
    expect(records[0]).toMatchObject({ error: { code: 'server_unreachable' } });
    expect(records.length).toBeLessThanOrEqual(10);
  });

  test('one that only ever breaks is given up before all problems are failures', async () => {
    await using server = await startScriptedServer((_received, response) => refuse(response, 502));
    const { outcome } = await askAll({ items: items(200), endpoints: [endpoint(server.baseUrl)] });
    expect(outcome.answered).toBe(0);
    expect(outcome.unasked).toBeGreaterThan(150);
  });

  test('one that comes back in time is used again', async () => {
    let refusing = true;
    setTimeout(() => {
      refusing = false;
    }, 60);
    await using server = await startScriptedServer((_received, response) => {
      if (refusing) refuse(response, 503);
      else reply(response);
    });
    const { outcome } = await askAll({ items: items(20), endpoints: [endpoint(server.baseUrl)] });
    expect(outcome).toEqual({ answered: 20, failed: 0, unasked: 0 });
  });

  test('one that is known to be down is left, and what it was working on goes elsewhere', async () => {
    await using hung = await startScriptedServer(() => undefined);
    await using healthy = await startScriptedServer(answer);
    const { outcome, records } = await askAll({
      items: items(30),
      endpoints: [endpoint(hung.baseUrl, { label: 'hung' }), endpoint(healthy.baseUrl, { label: 'healthy' })],
      endpointDown: (label) => label === 'hung' && hung.received.length >= 8,
    });
    expect(outcome).toEqual({ answered: 30, failed: 0, unasked: 0 });
    expect(records.filter(({ server }) => server === 'hung')).toHaveLength(8);
    expect(records.find(({ server }) => server === 'hung')).toMatchObject({ error: { code: 'server_down' } });
  });

  test('the last one known to be down leaves the rest unasked', async () => {
    await using server = await startScriptedServer(answer);
    let answered = 0;
    const { outcome } = await askAll({
      items: items(50),
      endpoints: [endpoint(server.baseUrl, { window: 1 })],
      onProgress: () => {
        answered += 1;
      },
      endpointDown: () => answered >= 5,
    });
    expect(outcome).toEqual({ answered: 5, failed: 0, unasked: 45 });
  });
});

describe('asking ends at once', () => {
  test('on the signal; nothing is recorded for what was in flight', async () => {
    const stopping = new AbortController();
    await using server = await startScriptedServer(({ index }, response) => {
      if (index < 5) reply(response);
      else if (index === 7) stopping.abort();
    });
    const { outcome, records } = await askAll({
      items: items(50),
      endpoints: [endpoint(server.baseUrl, { window: 4 })],
      signal: stopping.signal,
    });
    expect(outcome).toEqual({ answered: 5, failed: 0, unasked: 45 });
    expect(records).toHaveLength(5);
  });

  test('on a signal that came before', async () => {
    const { outcome } = await askAll({
      items: items(5),
      endpoints: [endpoint(await unusedUrl())],
      signal: AbortSignal.abort(),
    });
    expect(outcome).toEqual({ answered: 0, failed: 0, unasked: 5 });
  });

  test('when a record cannot be written', async () => {
    await using server = await startScriptedServer(answer);
    const full = new SynthrlError('DISK_FULL', 'There is no space left.');
    let records = 0;
    const asking = askAll({
      items: items(50),
      endpoints: [endpoint(server.baseUrl)],
      record: () => {
        records += 1;
        if (records > 3) throw full;
      },
    });
    await expect(asking).rejects.toBe(full);
    expect(records).toBe(4);
  });

  test.for([
    [401, { error: 'Unauthorized' }, 'SERVER_UNREACHABLE', /refuses all requests \(HTTP status 401\): Unauthorized/],
    [404, { detail: 'Not Found' }, 'SERVER_UNREACHABLE', /HTTP status 404.*Not Found/],
    [
      404,
      { error: { message: 'The model `checkpoint` does not exist.', code: 404 } },
      'SERVER_MODEL_UNKNOWN',
      /checkpoint/,
    ],
    [429, { error: { message: 'Pay.', code: 'insufficient_quota' } }, 'SERVER_UNREACHABLE', /Pay\./],
  ] as const)('when the endpoint would refuse everything: %i %j', async ([status, body, code, message]) => {
    await using server = await startScriptedServer((_received, response) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
    const asking = askAll({ items: items(200), endpoints: [endpoint(server.baseUrl)] });
    await expect(asking).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
    expect(server.received.length).toBeLessThanOrEqual(8);
  });
});

test('whatever servers do, every item ends with exactly one final record', { timeout: 60_000 }, async () => {
  const faults: Record<string, Script> = {
    answer,
    slow: (_received, response) => void setTimeout(() => reply(response), 15),
    reset: (_received, _response, socket) => void socket.destroy(),
    'reset inside the body': (_received, response, socket) => {
      response.writeHead(200, { 'content-length': '500' });
      response.write('{"choices":[');
      setTimeout(() => socket.destroy(), 2);
    },
    'cut JSON': (_received, response) => void response.writeHead(200).end('{"choices":['),
    'wrong model': (_received, response) => reply(response, { model: 'another' }),
    abort: (_received, response) =>
      reply(response, { choices: [{ message: { content: 'x' }, finish_reason: 'abort' }] }),
    empty: (_received, response) => void response.writeHead(200).end(),
    400: (_received, response) => refuse(response, 400),
    429: (_received, response) => refuse(response, 429, 'later', { 'retry-after': '0' }),
    500: (_received, response) => refuse(response, 500),
    503: (_received, response) => refuse(response, 503),
  };
  const fault = fc.constantFrom(...Object.keys(faults), 'answer', 'answer', 'answer');
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(fault, { minLength: 1, maxLength: 12 }), { minLength: 1, maxLength: 3 }),
      fc.integer({ min: 1, max: 40 }),
      fc.integer({ min: 1, max: 9 }),
      async (scripts, count, window) => {
        const servers = await Promise.all(
          scripts.map((script) =>
            startScriptedServer((received, ...rest) =>
              faults[script[received.index % script.length] ?? '']?.(received, ...rest),
            ),
          ),
        );
        const endpoints = servers.map(({ baseUrl }, at) => endpoint(baseUrl, { label: `server ${at}`, window }));
        const { outcome, records, final } = await askAll({ items: items(count), endpoints });
        await Promise.all(servers.map((server) => server.close()));
        expect(outcome.answered + outcome.failed + outcome.unasked).toBe(count);
        expect(final.size).toBe(outcome.answered + outcome.failed);
        // A server that answers now and then is never given up.
        if (scripts.some((script) => script.includes('answer'))) expect(outcome.unasked).toBe(0);
        for (const { problem: id, attempt, final: isFinal } of records) {
          const attempts = records.filter((other) => other.problem === id);
          expect(attempts[attempt - 1]).toMatchObject({ problem: id, attempt, final: isFinal });
          expect(isFinal && attempt < attempts.length).toBe(false);
        }
        for (const record of final.values()) {
          if (record.status === 'answered') expect(record.text).toBe('\\boxed{42}');
        }
      },
    ),
    { numRuns: 25 },
  );
});
