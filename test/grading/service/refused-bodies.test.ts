import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPooledGrader, type PooledGrader } from '../../../src/grading/pool/pooled-grader.ts';
import { type GradingServer, startGradingServer } from '../../../src/grading/service/grading-server.ts';

const mebibyte = 1 << 20;
let grader: PooledGrader;
let server: GradingServer;

beforeAll(async () => {
  grader = await createPooledGrader({ kind: 'rules', workers: 1, inThreadItems: 0 });
  server = await startGradingServer({ host: '127.0.0.1', port: 0, grader });
});
afterAll(async () => {
  await server.close();
  await grader.close();
});

async function post(body: string | Buffer): Promise<{ status: number; body: Record<string, unknown> }> {
  const response = await fetch(`${server.url}/grade`, { method: 'POST', body: new Uint8Array(Buffer.from(body)) });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

const item = { response: '\\boxed{1}', answer: '1' };
test.each([
  ['nothing', '', undefined],
  ['a list', '[]', undefined],
  ['an item without an answer', JSON.stringify({ items: [item, { response: 'x' }] }), { item: 1, field: 'answer' }],
  [
    'a reply that is no text',
    JSON.stringify({ items: [{ response: ['x'], answer: '1' }] }),
    { item: 0, field: 'response' },
  ],
  [
    'an option that is no text',
    JSON.stringify({ items: [{ ...item, options: ['1', 2] }] }),
    { item: 0, field: 'options[1]' },
  ],
  [
    'a benchmark that there is not',
    JSON.stringify({ items: [{ ...item, benchmark: 'dyna' }] }),
    { item: 0, field: 'benchmark' },
  ],
  ['decimals that are none', JSON.stringify({ items: [{ ...item, precision: -1 }] }), { item: 0, field: 'precision' }],
  ['a field that there is not', JSON.stringify({ items: [item, { ...item, anwser: 1 }] }), { item: 1 }],
  ['broken JSON', '{"items":[{"response":"a","answer":tru}]}', { item: 0 }],
  ['a NUL that JSON does not allow', '{"items":[{"response":"\u0000","answer":"1"}]}', { item: 0 }],
  ['bytes that are no UTF-8', Buffer.from('{"items":[{"response":"\xff","answer":"1"}]}', 'latin1'), { item: 0 }],
  ['deep nesting', `{"items":[{"response":${'['.repeat(3 * mebibyte)}`, { item: 0 }],
  ['a million values', `{"items":[{"options":[${'"a",'.repeat(1_000_000)}`, { item: 0 }],
])('%s is refused with item and field, and the next request is graded', async (_, body, place) => {
  const { status, body: answer } = await post(body);
  expect(status).toBe(400);
  const error = answer['error'] as { message: string };
  expect(error).toMatchObject({ message: expect.any(String), ...place });
  expect(error.message.length).toBeLessThanOrEqual(500);
  expect(await post(JSON.stringify({ items: [item] }))).toMatchObject({
    status: 200,
    body: { verdicts: [{ verdict: 'correct' }] },
  });
});
