import { expect, test } from 'vitest';
import { checkpointAbility } from '../../src/simulator/answers/checkpoint-ability.ts';
import { expectedVerdicts } from './expected-verdict.ts';
import { sampleKey } from './sample-key.ts';
import { chat, serve, user } from './server.ts';

const abilities = { global_step_8: -0.5, global_step_16: 0.3, global_step_32: 1.2 };
const path = (step: number) => `/runs/one/global_step_${step}/actor/huggingface`;

test('answers are the same in any order, at any concurrency, in any server', async () => {
  const answerKey = sampleKey(80, abilities);
  const ask = async (order: readonly number[], together: boolean) => {
    const server = await serve({ answerKey, model: path(16), servedNames: ['tiny'] });
    const texts = new Map<number, string>();
    const one = async (index: number) => {
      const reply = await chat(server, { ...user(`Think. ${answerKey.entries[index]?.prompt}`), seed: order[0] });
      texts.set(index, reply.body.choices[0].message.content);
    };
    if (together) await Promise.all(order.map(one));
    else for (const index of order) await one(index);
    return [...texts].sort(([left], [right]) => left - right);
  };
  const upwards = answerKey.entries.map((_, index) => index);
  const first = await ask(upwards, false);
  expect(await ask(upwards.toReversed(), true)).toEqual(first);
  expect(new Set(first.map(([, text]) => text)).size).toBe(80);
});

test.for([8, 16, 32])('accuracy of step %i is what its ability says', (step) => {
  const key = sampleKey(3000, abilities);
  const verdict = expectedVerdicts(key);
  const theta = abilities[`global_step_${step}` as keyof typeof abilities];
  const chances = key.entries.map((entry) => 1 / (1 + Math.exp(entry.difficulty - theta)));
  const mean = chances.reduce((sum, chance) => sum + chance, 0);
  const deviation = Math.sqrt(chances.reduce((sum, chance) => sum + chance * (1 - chance), 0));
  const correct = key.entries.filter((entry) => verdict(path(step), entry) === 'correct').length;
  expect(Math.abs(correct - mean)).toBeLessThan(4 * deviation);
});

test('at temperature 1 accuracy stays, and samples of one problem differ', () => {
  const key = sampleKey(1500, abilities);
  const verdict = expectedVerdicts(key);
  const rate = (seed: number) =>
    key.entries.filter((entry) => verdict(path(16), { ...entry, temperature: 1, seed }) === 'correct').length / 1500;
  const greedy = key.entries.filter((entry) => verdict(path(16), entry) === 'correct').length / 1500;
  for (const seed of [1, 2, 3]) expect(Math.abs(rate(seed) - greedy)).toBeLessThan(0.06);
  const changed = key.entries.filter(
    (entry) =>
      verdict(path(16), { ...entry, temperature: 1, seed: 1 }) !==
      verdict(path(16), { ...entry, temperature: 1, seed: 2 }),
  );
  expect(changed.length).toBeGreaterThan(150);
});

test('without noise a stronger checkpoint solves all that a weaker one solves', () => {
  const key = sampleKey(1000, abilities, { noise: 0 });
  const verdict = expectedVerdicts(key);
  const solved = (step: number) => new Set(key.entries.filter((entry) => verdict(path(step), entry) === 'correct'));
  const [weak, strong] = [solved(8), solved(32)];
  expect([...weak].filter((entry) => !strong.has(entry))).toEqual([]);
  expect(strong.size).toBeGreaterThan(weak.size);
});

test('a share of what is not right gives no answer', () => {
  const key = sampleKey(2000, abilities, { noAnswerShare: 0.5 });
  const verdict = expectedVerdicts(key);
  const verdicts = key.entries.map((entry) => verdict(path(8), entry));
  const none = verdicts.filter((value) => value === 'no_answer').length;
  expect(none / verdicts.filter((value) => value !== 'correct').length).toBeCloseTo(0.5, 1);
  expect(verdict(path(8), { prompt: 'Never heard of', images: [] })).toBeUndefined();
});

test('the truth counts a cut text as no answer', () => {
  const key = sampleKey(50, abilities);
  const verdict = expectedVerdicts(key);
  for (const entry of key.entries) expect(verdict(path(32), { ...entry, maxTokens: 10 })).toBe('no_answer');
});

test('finds the question in both layouts, under any instruction', async () => {
  const answerKey = sampleKey(12, { tiny: 50 });
  const server = await serve({ answerKey });
  const plain = (await chat(server, user(answerKey.entries[1]?.prompt ?? ''))).body.choices[0].message.content;
  const texts = [
    { messages: [{ role: 'user', content: `Instruction first. ${answerKey.entries[1]?.prompt}` }] },
    {
      messages: [
        {
          role: 'user',
          content: [
            { type: 'text', text: 'Do it. ' },
            { type: 'text', text: answerKey.entries[1]?.prompt },
          ],
        },
      ],
    },
    {
      messages: [
        { role: 'system', content: 'Be kind.' },
        { role: 'user', content: `${answerKey.entries[1]?.prompt}\n` },
      ],
    },
  ];
  for (const body of texts) expect((await chat(server, body)).body.choices[0].message.content).toBe(plain);
});

test.for([
  ['/runs/one/global_step_16/actor/huggingface', 'global_step_16', 0.3],
  ['/runs/global_step_16/global_step_8', 'global_step_8', -0.5],
  ['/runs/two/global_step_16', 'two/global_step_16', 2],
  ['/runs/one/global_step_160/actor/huggingface', 'global_step_160', 0],
  ['Qwen/Qwen2.5-VL-7B-Instruct', 'Qwen2.5-VL-7B-Instruct', 0],
] as const)('%s is known as %s', ([modelPath, name, ability]) => {
  expect(checkpointAbility(modelPath, { ...abilities, 'two/global_step_16': 2 })).toEqual({ name, ability });
});
