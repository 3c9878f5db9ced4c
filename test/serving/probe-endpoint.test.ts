import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { SynthrlError } from '../../src/core/errors.ts';
import { apiAddresses } from '../../src/serving/endpoint-url.ts';
import { probeEndpoint } from '../../src/serving/probe-endpoint.ts';

type Answer = { status?: number; body: unknown } | undefined;

/** A server that answers by path; anything else is 404. Gives its root address. */
async function serve(answers: Record<string, unknown> | ((request: IncomingMessage) => Answer)): Promise<string> {
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    const found =
      typeof answers === 'function' ? answers(request) : path in answers ? { body: answers[path] } : undefined;
    response.writeHead(found === undefined ? 404 : (found.status ?? 200), { 'content-type': 'application/json' });
    response.end(typeof found?.body === 'string' ? found.body : JSON.stringify(found?.body ?? { error: 'not found' }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const listOf = (owner: string, ...ids: string[]) => ({
  object: 'list',
  data: ids.map((id) => ({ id, object: 'model', owned_by: owner })),
});
const vllm = {
  '/v1/models': { object: 'list', data: [{ id: 'qwen', owned_by: 'vllm', max_model_len: 16384 }] },
  '/version': { version: '0.28.0' },
};

async function refusal(probe: Promise<unknown>): Promise<SynthrlError> {
  const error = await probe.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(SynthrlError);
  return error as SynthrlError;
}

describe('endpoints that people run', () => {
  test.for(['', '/', '/v1', '/v1/', '/v1/chat/completions'])('vLLM at …%s', async (suffix) => {
    const root = await serve(vllm);
    expect(await probeEndpoint({ url: `${root}${suffix}` })).toEqual({
      baseUrl: `${root}/v1`,
      model: 'qwen',
      version: '0.28.0',
      simulated: false,
      dialect: 'vllm',
      maxModelLen: 16384,
    });
  });

  test('an address without http:// is one of http', async () => {
    const root = await serve(vllm);
    expect(await probeEndpoint({ url: root.replace('http://', '') })).toMatchObject({ baseUrl: `${root}/v1` });
  });

  test('the simulator', async () => {
    const root = await serve({ ...vllm, '/version': { version: '0.1.0', simulator: true } });
    expect(await probeEndpoint({ url: root })).toMatchObject({ simulated: true, dialect: 'vllm' });
  });

  test('SGLang', async () => {
    const root = await serve({ '/v1/models': listOf('sglang', 'm'), '/get_server_info': { version: '0.5.3' } });
    expect(await probeEndpoint({ url: root })).toMatchObject({ version: 'sglang 0.5.3', dialect: 'openai' });
  });

  test('Ollama, whose models may be named without their tag', async () => {
    const root = await serve({
      '/v1/models': listOf('library', 'llava:latest', 'qwen2.5vl:7b'),
      '/v1/models/llava': { id: 'llava', object: 'model', owned_by: 'library' },
      '/api/version': { version: '0.5.1' },
    });
    expect(await probeEndpoint({ url: root, model: 'llava' })).toEqual({
      baseUrl: `${root}/v1`,
      model: 'llava',
      version: 'ollama 0.5.1',
      simulated: false,
      dialect: 'openai',
    });
  });

  test('a hosted service with a key', async () => {
    const root = await serve((request) =>
      request.headers.authorization !== 'Bearer right'
        ? { status: 401, body: { error: 'Unauthorized' } }
        : request.url === '/v1/models'
          ? { body: listOf('system', 'gpt-a', 'gpt-b') }
          : undefined,
    );
    expect(await probeEndpoint({ url: root, model: 'gpt-b', apiKey: 'right' })).toEqual({
      baseUrl: `${root}/v1`,
      model: 'gpt-b',
      version: 'unknown',
      simulated: false,
      dialect: 'openai',
    });
    const without = await refusal(probeEndpoint({ url: root, model: 'gpt-b' }));
    expect(without).toMatchObject({ code: 'SERVER_UNAUTHORIZED', hint: expect.stringContaining('OPENAI_API_KEY') });
    const wrong = await refusal(probeEndpoint({ url: root, model: 'gpt-b', apiKey: 'sk-wrong-wrong-wrong' }));
    expect(wrong.message).toContain('does not accept the key in OPENAI_API_KEY');
    expect(`${wrong.message}${wrong.hint}`).not.toContain('wrong-wrong');
  });

  test('an API under another path', async () => {
    const root = await serve({ '/v1beta/openai/models': listOf('google', 'm') });
    expect(await probeEndpoint({ url: `${root}/v1beta/openai` })).toMatchObject({ baseUrl: `${root}/v1beta/openai` });
  });

  test.for([404, 405, 500, 429])('a list that answers %d is done without when the model is named', async (status) => {
    const root = await serve(() => ({ status, body: { error: 'no' } }));
    expect(await probeEndpoint({ url: root, model: 'm' })).toMatchObject({ model: 'm', dialect: 'openai' });
    const error = await refusal(probeEndpoint({ url: root }));
    expect(error).toMatchObject({ code: 'SERVER_MODEL_UNKNOWN', hint: expect.stringContaining('--model') });
  });
});

describe('endpoints that cannot be asked', () => {
  test('several models and none named: they are listed, made harmless', async () => {
    const many = Array.from({ length: 30 }, (_, index) => `m${index}\u001b[31m`);
    const root = await serve({ '/v1/models': listOf('system', ...many) });
    const error = await refusal(probeEndpoint({ url: root }));
    expect(error.code).toBe('SERVER_MODEL_UNKNOWN');
    expect(error.message).toContain('serves 30 models. It lists: m0, m1, ');
    expect(error.message).toMatch(/m19 and 10 more\.$/);
  });

  test('a model that it does not serve', async () => {
    const error = await refusal(probeEndpoint({ url: await serve(vllm), model: 'llama' }));
    expect(error.code).toBe('SERVER_MODEL_UNKNOWN');
    expect(error.message).toContain('does not serve "llama". It lists: qwen.');
  });

  test('nothing there', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    server.close();
    await once(server, 'close');
    const error = await refusal(probeEndpoint({ url: `http://127.0.0.1:${port}/v1` }));
    expect(error.code).toBe('SERVER_UNREACHABLE');
    expect(error.message).toBe(`No server can be asked at http://127.0.0.1:${port}/v1: the connection was refused.`);
  });

  test('still loading', async () => {
    const root = await serve(() => ({ status: 503, body: { error: 'loading' } }));
    expect(await refusal(probeEndpoint({ url: root, model: 'm' }))).toMatchObject({ code: 'SERVER_UNREACHABLE' });
  });

  test.for(['<html>hello</html>', '[]', '{"data":"x"}', '{"data":[{"name":1}]}'])(
    'a web page or other JSON: %s',
    async (body) => {
      const root = await serve(() => ({ body }));
      const error = await refusal(probeEndpoint({ url: root, model: 'm' }));
      expect(error).toMatchObject({ code: 'SERVER_UNREACHABLE', message: expect.stringContaining('not as an OpenAI') });
    },
  );

  test('an endless reply is not read to its end', async () => {
    const root = await serve(() => ({ body: `{"data":"${'x'.repeat(8_000_000)}"}` }));
    expect(await refusal(probeEndpoint({ url: root }))).toMatchObject({ code: 'SERVER_UNREACHABLE' });
  });
});

test.for(['ftp://host', 'http://', 'http://user:secret@host/v1', 'http://host/v1?key=secret', 'not a url'])(
  'the address %s is refused without repeating a secret',
  (url) => {
    const attempt = () => apiAddresses(url);
    expect(attempt).toThrow(expect.objectContaining({ code: 'USAGE' }));
    expect(attempt).not.toThrow(/secret/);
  },
);
