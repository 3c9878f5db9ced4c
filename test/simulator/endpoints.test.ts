import { expect, test } from 'vitest';
import { chat, post, serve, user } from './server.ts';

test('says that it lives', async () => {
  const { url } = await serve();
  for (const [method, path] of [
    ['GET', '/health'],
    ['GET', '/ping'],
    ['POST', '/ping'],
  ] as const) {
    const response = await fetch(url + path, { method });
    expect([response.status, await response.text()]).toEqual([200, '']);
  }
});

test('names itself a simulator', async () => {
  const { url } = await serve();
  const version = await (await fetch(`${url}/version`)).json();
  expect(version).toEqual({ version: expect.stringMatching(/^0\.\d+\.\d+\+synthrl/), simulator: true });
});

test('lists its model under every served name', async () => {
  const { url } = await serve({ model: '/checkpoints/global_step_8', servedNames: ['a', 'b'], maxModelLen: 16384 });
  const list = (await (await fetch(`${url}/v1/models`)).json()) as { object: string; data: unknown[] };
  expect(list.object).toBe('list');
  expect(list.data).toHaveLength(2);
  expect(list.data[0]).toEqual({
    id: 'a',
    object: 'model',
    created: expect.any(Number),
    owned_by: 'vllm',
    root: '/checkpoints/global_step_8',
    parent: null,
    max_model_len: 16384,
    permission: [expect.objectContaining({ object: 'model_permission' })],
  });
});

test('counts tokens of a prompt and of a conversation', async () => {
  const { url } = await serve({ maxModelLen: 4096 });
  const { body } = await post(`${url}/tokenize`, { prompt: 'One and two', return_token_strs: true });
  expect(body).toEqual({
    count: 3,
    max_model_len: 4096,
    tokens: [expect.any(Number), expect.any(Number), expect.any(Number)],
    token_strs: ['One', ' and', ' two'],
  });
  const chat = await post(`${url}/tokenize`, { messages: [{ role: 'user', content: 'One and two' }] });
  expect(chat.body.count).toBeGreaterThan(3);
  expect(chat.body.token_strs).toBeNull();
});

test('counts its work in metrics', async () => {
  const { url } = await serve();
  const body = { model: 'tiny', prompt: 'Say something', max_tokens: 5, temperature: 0 };
  const reply = await post(`${url}/v1/completions`, body);
  const text = await (await fetch(`${url}/metrics`)).text();
  const value = (name: string) => Number(new RegExp(`^${name}\\{[^}]*\\} (\\S+)$`, 'm').exec(text)?.[1]);
  expect(value('vllm:prompt_tokens_total')).toBe(reply.body.usage.prompt_tokens);
  expect(value('vllm:generation_tokens_total')).toBe(5);
  expect(value('vllm:num_requests_running')).toBe(0);
  expect(value('vllm:num_requests_waiting')).toBe(0);
  expect(value('vllm:e2e_request_latency_seconds_count')).toBe(1);
  expect(text).toContain('vllm:request_success_total{engine="0",finished_reason="length",model_name="tiny"} 1.0');
  expect(text).toContain('vllm:kv_cache_usage_perc{engine="0",model_name="tiny"} 0.0');
});

test.for([false, true])(
  'its counters move while it generates, and stop where it was given up (stream: %s)',
  async (stream) => {
    const server = await serve({ tokenMs: 5 });
    const { metrics } = server.engine;
    const leaving = new AbortController();
    const request = fetch(`${server.url}/v1/chat/completions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ model: 'tiny', temperature: 0, stream, ...user('Wait') }),
      signal: leaving.signal,
    }).then((response) => response.text());
    await expect.poll(() => metrics.generationTokens, { interval: 10 }).toBeGreaterThan(5);
    expect([metrics.running, metrics.promptTokens > 0]).toEqual([1, true]);
    leaving.abort();
    await expect(request).rejects.toThrow();
    await expect.poll(() => metrics.running).toBe(0);
    const whole = (await chat(await serve(), user('Wait'))).body.usage.completion_tokens;
    expect(metrics.generationTokens).toBeLessThan(whole);
  },
);

test.for([false, true])('counts what usage says (stream: %s)', async (stream) => {
  for (const more of [{}, { max_tokens: 7 }, { stop: ['e'] }, { stop: ['e'], include_stop_str_in_output: true }]) {
    const [counting, whole] = [await serve(), await serve({ tokenMs: 0.01 })];
    const { usage } = (await chat(whole, { ...user('Wait'), ...more })).body;
    await chat(counting, { ...user('Wait'), ...more, stream });
    for (const { engine } of [counting, whole]) {
      const { promptTokens, generationTokens } = engine.metrics;
      expect([promptTokens, generationTokens]).toEqual([usage.prompt_tokens, usage.completion_tokens]);
    }
  }
});

test('tells its load only when it tracks it', async () => {
  const tracking = await serve({ trackLoad: true, requestMs: 400 });
  const silent = await serve({ requestMs: 400 });
  const body = { model: 'tiny', prompt: 'Wait', temperature: 0 };
  const underWay = [tracking, silent].map(({ url }) => post(`${url}/v1/completions`, body));
  await new Promise((done) => setTimeout(done, 150));
  const load = async (url: string) => (await fetch(`${url}/load`)).json();
  expect(await load(tracking.url)).toEqual({ server_load: 1 });
  expect(await load(silent.url)).toEqual({ server_load: 0 });
  await Promise.all(underWay);
});

test('refuses paths and methods that it has not', async () => {
  const { url } = await serve();
  const missing = await fetch(`${url}/v1/nothing`);
  expect([missing.status, await missing.json()]).toEqual([404, { detail: 'Not Found' }]);
  expect((await fetch(`${url}/v1/chat/completions`)).status).toBe(405);
});

test('an API key guards /v1 and nothing else', async () => {
  const { url } = await serve({ apiKeys: ['one', 'two'] });
  const refused = await fetch(`${url}/v1/models`);
  expect([refused.status, await refused.json()]).toEqual([401, { error: 'Unauthorized' }]);
  const status = async (authorization: string) =>
    (await fetch(`${url}/v1/models`, { headers: { authorization } })).status;
  expect(await status('Bearer two')).toBe(200);
  expect(await status('Bearer three')).toBe(401);
  expect(await status('two')).toBe(401);
  for (const path of ['/health', '/metrics', '/version']) expect((await fetch(url + path)).status).toBe(200);
});

test('sends no keep-alive hint, as uvicorn does not', async () => {
  const { url } = await serve();
  const response = await fetch(`${url}/version`);
  expect(response.headers.get('keep-alive')).toBeNull();
  expect(response.headers.get('server')).toBe('uvicorn');
});
