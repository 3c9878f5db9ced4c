import { expect, test } from 'vitest';
import { chat, post, serve, user } from './server.ts';

const hello = user('Hello');

const refusals: readonly {
  name: string;
  body: object;
  status?: number;
  type?: string;
  message: RegExp;
  param?: string;
}[] = [
  { name: 'no messages', body: {}, type: 'Bad Request', message: /'body\.messages'.*Field required/ },
  { name: 'messages of no list', body: { messages: 'hi' }, type: 'Bad Request', message: /valid list/ },
  { name: 'a turn without a role', body: { messages: [{ content: 'x' }] }, type: 'Bad Request', message: /message/ },
  {
    name: 'another model',
    body: { ...hello, model: 'other' },
    status: 404,
    type: 'NotFoundError',
    message: /^The model `other` does not exist\. Valid aliases: tiny\.$/,
    param: 'model',
  },
  {
    name: 'n at temperature 0',
    body: { ...hello, n: 2 },
    message: /^n must be 1 when using greedy sampling, got 2\.$/,
  },
  { name: 'n of 0', body: { ...hello, n: 0 }, message: /^n must be at least 1, got 0\.$/ },
  {
    name: 'a negative temperature',
    body: { ...hello, temperature: -1 },
    message: /^temperature must be non-negative, got -1\.0\. \(parameter=temperature, value=-1\.0\)$/,
  },
  {
    name: 'a temperature above 2',
    body: { ...hello, temperature: 2.5 },
    message: /^temperature must be in \[0, 2\], got 2\.5\. \(parameter=temperature, value=2\.5\)$/,
  },
  {
    name: 'top_p of 0',
    body: { ...hello, top_p: 0 },
    message: /^top_p must be in \(0, 1\], got 0\.0\. \(parameter=top_p, value=0\.0\)$/,
  },
  { name: 'max_tokens of 0', body: { ...hello, max_tokens: 0 }, message: /^max_tokens must be at least 1, got 0\. \(/ },
  {
    name: 'a temperature of words',
    body: { ...hello, temperature: 'hot' },
    type: 'Bad Request',
    message: /valid number/,
  },
  {
    name: 'five stop strings',
    body: { ...hello, stop: ['a', 'b', 'c', 'd', 'e'] },
    type: 'Bad Request',
    message: /^2 validation errors:\n[\s\S]*at most 4 items after validation, not 5/,
  },
  {
    name: 'stream options without stream',
    body: { ...hello, stream_options: { include_usage: true } },
    type: 'Bad Request',
    message: /stream=True/,
  },
  {
    name: 'max_tokens beyond the context',
    body: { ...hello, max_tokens: 5000 },
    message: /^max_tokens=5000 cannot be greater than max_model_len=4096\./,
  },
  {
    name: 'a text beyond the context',
    body: user('word '.repeat(5000)),
    message: /maximum context length is 4096 tokens/,
  },
  {
    name: 'an unknown part',
    body: { messages: [{ role: 'user', content: [{ type: 'smell' }] }] },
    message: /^Unsupported chat content part type: 'smell'\. Supported types: .* \(parameter=type, value=smell\)$/,
  },
  {
    name: 'too many images',
    body: user('x', 'data:,', 'data:,', 'data:,'),
    message: /^At most 2 image\(s\) may be provided in one prompt\. \(parameter=image\)$/,
  },
  {
    name: 'a video',
    body: { messages: [{ role: 'user', content: [{ type: 'video_url', video_url: { url: 'x' } }] }] },
    message: /^At most 0 video\(s\) may be provided in one prompt\. \(parameter=video\)$/,
  },
];

test.for(refusals)('refuses $name', async ({ body, status = 400, type = 'BadRequestError', message, param }) => {
  const server = await serve({ maxModelLen: 4096, mediaLimits: { image: 2, video: 0 } });
  const reply = await chat(server, body);
  expect(reply.status).toBe(status);
  expect(reply.body).toEqual({
    error: { message: expect.stringMatching(message), type, param: param ?? reply.body.error.param, code: status },
  });
});

test('refuses what is no JSON, no object, or named otherwise', async () => {
  const { url } = await serve();
  const path = `${url}/v1/chat/completions`;
  expect(await post(path, '{"model": ')).toMatchObject({
    status: 400,
    body: { error: { type: 'Bad Request', code: 400 } },
  });
  expect(await post(path, '[1]')).toMatchObject({ status: 400 });
  expect(await post(path, '{}', { 'content-type': 'text/plain' })).toMatchObject({ status: 400 });
});

test('refuses a body above its limit and goes on serving', async () => {
  const server = await serve({ bodyLimitBytes: 1000 });
  expect((await chat(server, user('x'.repeat(2000)))).status).toBe(413);
  expect((await chat(server, hello)).status).toBe(200);
});

test('passes over unknown fields', async () => {
  const server = await serve();
  expect((await chat(server, { ...hello, repetion_penalty: 'typo', guided_json: {} })).status).toBe(200);
});
