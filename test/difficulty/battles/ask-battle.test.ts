import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { prepareContestants } from '../../../src/difficulty/battles/contestants.ts';
import { askerAt, imageStore, newFolder, picture, problem, scriptedServer } from './battle-kit.ts';

async function two() {
  const folder = newFolder();
  const images = [];
  for (let number = 0; number < 3; number += 1) images.push(await picture(join(folder, `${number}.png`), number));
  const [one, other] = [
    problem('left', { images: [{ path: images[0]! }, { path: images[1]! }], choices: ['12 cm', '<b>13</b>'] }),
    problem('right', { images: [{ path: images[2]! }] }),
  ];
  const rated = [one, other].map((of) => ({ id: of.id, problem: of }));
  const [left, right] = await prepareContestants(rated, imageStore(folder));
  return { folder, left: left!, right: right! };
}

const verdict = (harder: string) => JSON.stringify({ why: 'so', harder });

test('both problems are shown with their options and their images in order, without the answer', async () => {
  const { left, right } = await two();
  const server = await scriptedServer(() => verdict('second'));
  const asked = await askerAt(server.baseUrl).ask(left, right, 0);
  expect(asked).toMatchObject({ outcome: 'second', attempts: 1, promptTokens: 100, completionTokens: 10 });
  const [{ messages, response_format: form, temperature }] = server.bodies;
  const parts = messages[0].content;
  expect(parts.map(({ type }: { type: string }) => type)).toEqual([
    'text',
    'image_url',
    'image_url',
    'text',
    'image_url',
    'text',
  ]);
  expect(parts[0].text).toContain('Question left?');
  expect(parts[0].text).toContain('A. 12 cm\nB. <b>13</b>');
  expect(parts[3].text).toContain('Question right?');
  expect(parts[3].text).not.toContain('options');
  expect(new Set([1, 2, 4].map((at) => parts[at].image_url.url)).size).toBe(3);
  expect(form.json_schema.schema.properties.harder.enum).toEqual(['first', 'second', 'tie']);
  expect(temperature).toBe(0);
});

test('the other order is another question, and the same order the same', async () => {
  const { left, right } = await two();
  const server = await scriptedServer(() => verdict('first'));
  const asker = askerAt(server.baseUrl);
  for (const [first, second] of [
    [left, right],
    [right, left],
    [left, right],
  ] as const)
    await asker.ask(first, second, 0);
  const [one, turned, again] = server.bodies.map(({ messages }) => JSON.stringify(messages));
  expect(turned).not.toBe(one);
  expect(again).toBe(one);
});

test('a reply without a verdict is asked for once more, another seed and temperature with it; then it is invalid', async () => {
  const { left, right } = await two();
  const healed = await scriptedServer((_, number) => (number === 0 ? 'Winner: first or second' : verdict('tie')));
  expect(await askerAt(healed.baseUrl).ask(left, right, 0)).toMatchObject({ outcome: 'tie', attempts: 2 });
  const [first, second] = healed.bodies;
  expect(second.seed).not.toBe(first.seed);
  expect(second.temperature).toBeGreaterThan(0);

  const never = await scriptedServer(() => 'Both are nice.');
  expect(await askerAt(never.baseUrl).ask(left, right, 0)).toMatchObject({
    outcome: 'invalid',
    attempts: 2,
    reply: 'Both are nice.',
    promptTokens: 200,
  });
  expect(never.bodies).toHaveLength(2);
});

test('a server that takes no schema is asked without, from then on', async () => {
  const { left, right } = await two();
  const server = await scriptedServer(({ response_format: form }) =>
    form === undefined ? verdict('first') : { status: 400, message: 'response_format is not supported' },
  );
  const asker = askerAt(server.baseUrl);
  expect(await asker.ask(left, right, 0)).toMatchObject({ outcome: 'first', attempts: 1 });
  expect(await asker.ask(right, left, 0)).toMatchObject({ outcome: 'first' });
  expect(server.bodies.filter(({ response_format: form }) => form !== undefined)).toHaveLength(1);

  const openai = await scriptedServer(() => verdict('first'));
  await askerAt(openai.baseUrl, { endpoint: { dialect: 'openai' } }).ask(left, right, 0);
  expect(openai.bodies[0].response_format).toBeUndefined();
});

test('many requests that are refused for their schema at the same time do not make the judge count as gone', async () => {
  const { left, right } = await two();
  const server = await scriptedServer(({ response_format: form }) =>
    form === undefined ? verdict('first') : { status: 400, message: 'response_format is not supported' },
  );
  const asker = askerAt(server.baseUrl, { endpoint: { window: 16 } });
  const asked = await Promise.all(Array.from({ length: 40 }, (_, repetition) => asker.ask(left, right, repetition)));
  expect(asked.map((one) => one?.outcome)).toEqual(asked.map(() => 'first'));
});

test('a failure is no verdict and no tie, and says why', async () => {
  const { left, right } = await two();
  const server = await scriptedServer(() => ({ status: 400, message: 'too many images' }));
  expect(await askerAt(server.baseUrl).ask(left, right, 0)).toMatchObject({
    outcome: 'failed',
    error: { code: 'http_400', message: 'too many images' },
  });
});

test('a problem whose image has gone is not asked about', async () => {
  const { folder } = await two();
  rmSync(join(folder, '2.png'));
  const images = [{ path: join(folder, '2.png') }];
  const rated = [problem('a'), problem('b', { images })].map((of) => ({ id: of.id, problem: of }));
  const [left, right] = await prepareContestants(rated, imageStore(folder));
  const server = await scriptedServer(() => verdict('first'));
  expect(await askerAt(server.baseUrl).ask(left!, right!, 0)).toMatchObject({
    outcome: 'failed',
    error: { code: 'image_missing' },
  });
  expect(server.bodies).toHaveLength(0);
});

test('when the calls are spent nothing is asked and nothing recorded', async () => {
  const { left, right } = await two();
  const server = await scriptedServer(() => verdict('first'));
  const asker = askerAt(server.baseUrl, { mostCalls: 2 });
  const outcomes = [];
  for (let repetition = 0; repetition < 4; repetition += 1) outcomes.push(await asker.ask(left, right, repetition));
  expect(outcomes.map((asked) => asked?.outcome)).toEqual(['first', 'first', undefined, undefined]);
  expect(server.bodies).toHaveLength(2);
  expect(server.bodies[1].seed).not.toBe(server.bodies[0].seed);
});
