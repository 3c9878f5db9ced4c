import OpenAI from 'openai';
import { expect, test } from 'vitest';
import { sampleKey } from './sample-key.ts';
import { chat, post, serve, user } from './server.ts';

const key = sampleKey(60, {});
const question = (index: number) => user(`Think first. ${key.entries[index]?.prompt}`);

test('a reply has the form that vLLM sends', async () => {
  const server = await serve({ servedNames: ['tiny', 'alias'], tensorParallelSize: 2 });
  const reply = await chat(server, { ...user('Hello'), model: 'alias' });
  expect(reply.body).toEqual({
    id: expect.stringMatching(/^chatcmpl-[0-9a-f]{32}$/),
    object: 'chat.completion',
    created: expect.any(Number),
    model: 'tiny',
    choices: [
      {
        index: 0,
        message: {
          role: 'assistant',
          content: expect.stringContaining('<think>'),
          refusal: null,
          annotations: null,
          audio: null,
          function_call: null,
          reasoning: null,
        },
        logprobs: null,
        finish_reason: 'stop',
        stop_reason: null,
        token_ids: null,
        routed_experts: null,
      },
    ],
    service_tier: null,
    system_fingerprint: expect.stringMatching(/^synthrl-simulator-.*-tp2-[0-9a-f]{8}$/),
    usage: {
      prompt_tokens: expect.any(Number),
      completion_tokens: expect.any(Number),
      total_tokens: reply.body.usage.prompt_tokens + reply.body.usage.completion_tokens,
      prompt_tokens_details: null,
      completion_tokens_details: null,
    },
    prompt_logprobs: null,
    prompt_token_ids: null,
    prompt_text: null,
    kv_transfer_params: null,
    ec_transfer_params: null,
    metrics: null,
  });
});

test('an unknown question gets no value', async () => {
  const server = await serve({ answerKey: key });
  const { body } = await chat(server, user('What is the capital of nowhere?'));
  expect(body.choices[0].message.content).not.toMatch(/boxed|answer is|\*\*/i);
});

test('max_tokens cuts the text', async () => {
  const server = await serve({ answerKey: key });
  const whole = (await chat(server, { ...question(3), max_tokens: 2048 })).body;
  const cut = (await chat(server, { ...question(3), max_tokens: 17 })).body;
  expect(cut.choices[0].finish_reason).toBe('length');
  expect(cut.usage.completion_tokens).toBe(17);
  expect(whole.choices[0].finish_reason).toBe('stop');
  expect(whole.choices[0].message.content.startsWith(cut.choices[0].message.content)).toBe(true);
  const exact = { ...question(3), max_tokens: whole.usage.completion_tokens };
  expect((await chat(server, exact)).body.choices[0].finish_reason).toBe('stop');
  const oneLess = { ...question(3), max_tokens: whole.usage.completion_tokens - 1 };
  expect((await chat(server, oneLess)).body.choices[0].finish_reason).toBe('length');
});

test('the context bounds what is generated', async () => {
  const server = await serve({ maxModelLen: 40 });
  const { body } = await chat(server, user('Hello'));
  expect(body.choices[0].finish_reason).toBe('length');
  expect(body.usage.total_tokens).toBe(40);
});

test('a stop string ends the text before it', async () => {
  const server = await serve({ answerKey: key });
  const whole = (await chat(server, question(3))).body.choices[0].message.content as string;
  const { body } = await chat(server, { ...question(3), stop: ['no such words', '.'] });
  const [choice] = body.choices;
  expect(choice).toMatchObject({ finish_reason: 'stop', stop_reason: '.' });
  expect(choice.message.content).toBe(whole.slice(0, whole.indexOf('.')));
  const kept = await chat(server, { ...question(3), stop: '.', include_stop_str_in_output: true });
  expect(kept.body.choices[0].message.content).toBe(whole.slice(0, whole.indexOf('.') + 1));
});

test('n choices differ, and choice i has seed + i', async () => {
  const server = await serve({ answerKey: key });
  const { body } = await chat(server, { ...question(5), n: 4, temperature: 1, seed: 100 });
  const texts = body.choices.map((choice: { message: { content: string } }) => choice.message.content);
  expect(new Set(texts).size).toBe(4);
  expect(body.choices.map((choice: { index: number }) => choice.index)).toEqual([0, 1, 2, 3]);
  const third = await chat(server, { ...question(5), temperature: 1, seed: 102 });
  expect(third.body.choices[0].message.content).toBe(texts[2]);
});

test('without a seed, samples differ', async () => {
  const server = await serve({ answerKey: key });
  const ask = async () => (await chat(server, { ...question(5), temperature: 1 })).body.choices[0].message.content;
  expect(await ask()).not.toBe(await ask());
});

test('the first image-less text completion is answered from the key too', async () => {
  const { url } = await serve({ answerKey: key });
  const body = { model: 'tiny', prompt: key.entries[0]?.prompt, temperature: 0, max_tokens: 2000 };
  const reply = await post(`${url}/v1/completions`, body);
  expect(reply.body).toMatchObject({ object: 'text_completion', choices: [{ finish_reason: 'stop', index: 0 }] });
  expect((await post(`${url}/v1/completions`, { ...body, max_tokens: undefined })).body.usage.completion_tokens).toBe(
    16,
  );
});

test.for([0, 1])('a stream read by the openai client equals the whole reply (%i ms per token)', async (tokenMs) => {
  const server = await serve({ answerKey: key, tokenMs });
  const client = new OpenAI({ baseURL: `${server.url}/v1`, apiKey: 'none', maxRetries: 0 });
  const request = {
    model: 'tiny',
    ...(question(2) as { messages: OpenAI.ChatCompletionMessageParam[] }),
    temperature: 1,
    seed: 3,
    n: 2,
    max_tokens: 60,
  };
  const whole = await client.chat.completions.create(request);
  const texts = ['', ''];
  const ends: (string | null)[] = [null, null];
  let usage: unknown;
  const stream = await client.chat.completions.create({
    ...request,
    stream: true,
    stream_options: { include_usage: true },
  });
  for await (const chunk of stream) {
    usage = chunk.usage ?? usage;
    for (const { index, delta, finish_reason } of chunk.choices) {
      texts[index] += delta.content ?? '';
      ends[index] = finish_reason ?? ends[index] ?? null;
    }
  }
  expect(texts).toEqual(whole.choices.map((choice) => choice.message.content));
  expect(ends).toEqual(whole.choices.map((choice) => choice.finish_reason));
  expect(whole.usage).toMatchObject(usage as object);
  expect(Object.keys(usage as object)).toHaveLength(3);
});

test('a request under way is aborted with 200 when the server stops', async () => {
  const server = await serve({ requestMs: 60_000 });
  const reply = chat(server, user('Hello'));
  await expect.poll(() => server.engine.metrics.running).toBe(1);
  await server.close();
  expect((await reply).body.choices[0]).toMatchObject({ finish_reason: 'abort' });
  expect((await reply).status).toBe(200);
});

test('a request under way may end while the server drains', async () => {
  const server = await serve({ requestMs: 300, drainMs: 10_000 });
  const reply = chat(server, user('Hello'));
  await expect.poll(() => server.engine.metrics.running).toBe(1);
  await server.close();
  expect((await reply).body.choices[0]).toMatchObject({ finish_reason: 'stop' });
});

test('a client that leaves frees the server', async () => {
  const server = await serve({ requestMs: 60_000 });
  const leaving = new AbortController();
  const request = fetch(`${server.url}/v1/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'tiny', ...user('Hello') }),
    signal: leaving.signal,
  });
  await expect.poll(() => server.engine.metrics.running).toBe(1);
  leaving.abort();
  await expect(request).rejects.toThrow();
  await expect.poll(() => server.engine.metrics.running).toBe(0);
});
