import { once } from 'node:events';
import { request as sendRequest } from 'node:http';
import { connect } from 'node:net';
import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import { createPooledGrader, type PooledGrader, type PoolOptions } from '../../../src/grading/pool/pooled-grader.ts';
import { gradeItem } from '../../../src/grading/service/grade-item.ts';
import { type GradingServer, startGradingServer } from '../../../src/grading/service/grading-server.ts';

const mebibyte = 1 << 20;
let grader: PooledGrader;
let server: GradingServer | undefined;
const failures: unknown[] = [];

async function start(options: { token?: string; pool?: PoolOptions } = {}): Promise<string> {
  grader = await createPooledGrader({ kind: 'rules', workers: 2, inThreadItems: 0, ...options.pool });
  server = await startGradingServer({
    host: '127.0.0.1',
    port: 0,
    grader,
    onFailure: (error) => failures.push(error),
    ...(options.token === undefined ? {} : { token: options.token }),
  });
  return server.url;
}

afterEach(async () => {
  await server?.close();
  server = undefined;
  await grader.close();
  expect(failures.splice(0)).toEqual([]);
});

interface Answer {
  readonly status: number;
  readonly body: {
    readonly verdicts?: { verdict: string; rule: string; extracted: string | null }[];
    readonly error?: { message: string; item?: number; field?: string };
  };
}

async function post(url: string, body: string, headers: Record<string, string> = {}): Promise<Answer> {
  const response = await fetch(`${url}/grade`, { method: 'POST', body, headers });
  return { status: response.status, body: (await response.json()) as Answer['body'] };
}
const grade = (url: string, items: readonly unknown[]) => post(url, JSON.stringify({ items }));

test('verdicts come in the order of the items, one for each, and are those of the library', async () => {
  const url = await start();
  const item = fc.record(
    {
      response: fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('\\boxed{2}', 'The answer is B.', '2')),
      answer: fc.constantFrom('2', 'B', '\\frac{4}{2}', '[1, 2]'),
      options: fc.constantFrom(null, ['1', '2', '3']),
      answer_type: fc.constantFrom(null, 'integer', 'float', 'list', 'text', 'multiple choice', 'free-form'),
      benchmark: fc.constantFrom(null, 'mathvista', 'dynamath'),
    },
    { requiredKeys: ['response', 'answer'] },
  );
  await fc.assert(
    fc.asyncProperty(fc.array(item, { maxLength: 400 }), async (items) => {
      const { status, body } = await grade(url, items);
      expect(status).toBe(200);
      // JSON holds no lone surrogates as such, and both sides get what it makes of them.
      expect(body.verdicts).toEqual(JSON.parse(JSON.stringify(items)).map(gradeItem));
    }),
    { numRuns: 8 },
  );
}, 30_000);

test('many batches at once all get their own verdicts', async () => {
  const url = await start();
  const batches = Array.from({ length: 20 }, (_, batch) =>
    Array.from({ length: 300 }, (_, at) => ({ response: `\\boxed{${batch}}`, answer: String(at % 20) })),
  );
  const answers = await Promise.all(batches.map((items) => grade(url, items)));
  for (const [batch, { body }] of answers.entries()) {
    const right = body.verdicts?.map(({ verdict }, at) => (verdict === 'correct') === (at % 20 === batch));
    expect(right).toEqual(new Array(300).fill(true));
  }
  const metrics = await (await fetch(`${url}/metrics`)).text();
  expect(metrics).toContain('synthrl_grader_items_total{verdict="correct"} 300\n');
  expect(metrics).toContain('synthrl_grader_items_total{verdict="incorrect"} 5700\n');
  expect(metrics).toContain('synthrl_grader_requests_total{status="200"} 20\n');
  expect(metrics).toContain('synthrl_grader_request_seconds_count 20\n');
  expect(metrics).toContain('synthrl_grader_queue_items 0\n');
});

test('a reply that hangs the grader is a timeout, and the service goes on', async () => {
  const entry = new URL('../pool/misbehaving-worker.ts', import.meta.url);
  const url = await start({ pool: { entry, itemTimeoutMs: 400 } });
  const items = ['a', 'loop', 'b', 'exit', 'c'].map((response) => ({ response, answer: '1' }));
  const [first, second] = await Promise.all([grade(url, items), grade(url, items.slice(0, 1))]);
  expect(first.body.verdicts?.map(({ verdict, rule }) => [verdict, rule])).toEqual([
    ['undecided', ' says a'],
    ['timeout', 'time-limit'],
    ['undecided', ' says b'],
    ['timeout', 'worker-crash'],
    ['undecided', ' says c'],
  ]);
  expect(second.body.verdicts).toHaveLength(1);
  expect(await (await fetch(`${url}/metrics`)).text()).toContain('synthrl_grader_workers_replaced 2\n');
});

test('a full batch of long replies is graded; a body over the limit is refused with the limit, sent whole or in chunks', async () => {
  const url = await start();
  const reply = `<think>${'We add the two sides and see that it is so. '.repeat(180)}</think> \\boxed{7}`;
  const { body } = await grade(
    url,
    Array.from({ length: 4096 }, () => ({ response: reply, answer: '7' })),
  );
  expect(body.verdicts?.filter(({ verdict }) => verdict === 'correct')).toHaveLength(4096);

  const text = 'x'.repeat(8 * mebibyte);
  const head = `{"items":[{"answer":"7","response":"\\\\boxed{7} `;
  const fill = 64 * mebibyte - head.length - 4;
  const whole = await post(url, `${head}${' '.repeat(fill)}"}]}`);
  expect([whole.status, whole.body.verdicts?.[0]?.verdict]).toEqual([200, 'correct']);
  const long = await post(url, `${head}${' '.repeat(fill + 1)}"}]}`);
  expect(long).toMatchObject({
    status: 413,
    body: { error: { message: expect.stringContaining('67108864 bytes (64 MiB)') } },
  });

  const chunked = sendRequest(`${url}/grade`, { method: 'POST' });
  chunked.setMaxListeners(50).on('error', () => undefined);
  chunked.write(head);
  const answered = once(chunked, 'response');
  let sent = 0;
  for (; sent < 20 && !chunked.destroyed; sent += 1) {
    const more = chunked.write(text);
    if (!more) await Promise.race([once(chunked, 'drain'), answered]);
  }
  const [response] = await answered;
  expect(response.statusCode).toBe(413);
  chunked.destroy();
}, 60_000);

const item = { response: '\\boxed{1}', answer: '1' };

test('what JSON allows is graded: no items, escaped NUL and lone surrogates, a key of every object', async () => {
  const url = await start();
  expect(await grade(url, [])).toEqual({ status: 200, body: { verdicts: [] } });
  const odd = await post(url, '{"items":[{"response":"\\u0000\\ud800 \\\\boxed{1}","answer":"1"}]}');
  expect(odd.body.verdicts?.[0]?.verdict).toBe('correct');
  const key = await post(url, '{"items":[{"__proto__":{"answer":"1"},"response":"1","answer":"1"}]}');
  expect(key.status).toBe(400);
});

test('with a token, nothing but /health is open', async () => {
  const url = await start({ token: 'secret' });
  const status = async (path: string, token?: string) =>
    (
      await fetch(`${url}${path}`, {
        headers: token === undefined ? {} : { authorization: token },
        ...(path === '/grade' ? { method: 'POST', body: '{"items":[]}' } : {}),
      })
    ).status;
  expect(await status('/health')).toBe(200);
  for (const token of [undefined, 'secret', 'Bearer ', 'Bearer secrets', 'Basic secret']) {
    expect(await status('/grade', token)).toBe(401);
    expect(await status('/metrics', token)).toBe(401);
  }
  expect(await status('/grade', 'Bearer secret')).toBe(200);
  expect(await status('/metrics', 'Bearer secret')).toBe(200);
});

test('other paths and methods are said to be so', async () => {
  const url = await start();
  expect((await fetch(`${url}/grades`)).status).toBe(404);
  const got = await fetch(`${url}/grade`);
  expect([got.status, got.headers.get('allow')]).toEqual([405, 'POST']);
  expect((await fetch(`${url}/health`, { method: 'POST' })).status).toBe(405);
});

test('a client that goes away in the middle is no failure', async () => {
  const url = await start();
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  await once(socket, 'connect');
  socket.write('POST /grade HTTP/1.1\r\nhost: x\r\ncontent-length: 1000\r\n\r\n{"items":[{"response":"a"');
  socket.destroy();
  await once(socket, 'close');
  socket.unref();
  expect((await grade(url, [item])).status).toBe(200);
});

test('stopping answers what is under way and takes no more', async () => {
  const entry = new URL('../pool/misbehaving-worker.ts', import.meta.url);
  const url = await start({ pool: { entry, itemTimeoutMs: 500 } });
  const under = grade(url, [{ response: 'loop', answer: '1' }]);
  while (grader.waiting === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  const closed = server?.close();
  server = undefined;
  await expect(fetch(`${url}/health`)).rejects.toThrow();
  expect((await under).body.verdicts?.[0]?.verdict).toBe('timeout');
  await closed;
});

test('a port in use is said to be so', async () => {
  await start();
  const again = startGradingServer({ host: '127.0.0.1', port: server?.port ?? 0, grader });
  await expect(again).rejects.toMatchObject({ code: 'PORT_TAKEN' });
});
