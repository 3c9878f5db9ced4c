import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Problem } from '../../src/core/problem.ts';
import { ImageStore } from '../../src/inference/images/image-store.ts';
import { buildAnswerKey, readAnswerKey, writeAnswerKey } from '../../src/simulator/answer-key.ts';
import { expectedVerdicts } from './expected-verdict.ts';
import { chat, serve, user } from './server.ts';

let folder: string;
let images: ImageStore;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'synthrl-key-'));
  for (const [name, colour] of Object.entries({ red: '#ff0000', blue: '#0000ff' })) {
    await sharp({ create: { width: 60, height: 90, channels: 3, background: colour } }).toFile(
      join(folder, `${name}.png`),
    );
  }
  await writeFile(join(folder, 'broken.png'), 'not a picture');
  const limits = { minPixels: 262_144, maxPixels: 1_003_520, maxImages: 10 };
  images = new ImageStore({ folder: join(folder, 'store'), limits });
});

afterAll(() => rm(folder, { recursive: true }));

function problem(id: string, group: string, image: string, more: Partial<Problem> = {}): Problem {
  const prompt = 'How many sides are there?';
  return {
    benchmark: 'mathvision',
    id,
    group,
    question: prompt,
    prompt,
    images: [{ path: join(folder, image) }],
    choices: [],
    answer: '4',
    policy: { type: 'number' },
    facets: {},
    ...more,
  };
}

const build = (problems: readonly Problem[], seed = 3) => buildAnswerKey({ problems, images, seed, abilities: {} });

test('entries hold content only; a problem whose image fails is left out', async () => {
  const key = await build([
    problem('secret-1', 'secret-group', 'red.png'),
    problem('secret-2', 'secret-group', 'broken.png'),
    problem('secret-3', 'secret-group', 'absent.png'),
    problem('secret-4', 'other', 'blue.png', { policy: { type: 'choice', letters: ['B'] }, choices: ['x', 'y'] }),
  ]);
  expect(key.entries).toHaveLength(2);
  expect(JSON.stringify(key)).not.toMatch(/secret|synthrl-key/);
  expect(key.entries[1]).toMatchObject({ choices: ['x', 'y'], policy: { type: 'choice', letters: ['B'] } });
  expect(key.entries[0]?.images[0]).toMatch(/^[0-9a-f]{64}$/);
});

test('a group shares its difficulty, which ids and the order of other groups do not touch', async () => {
  const one = await build([
    problem('1', 'g', 'red.png'),
    problem('2', 'g', 'blue.png'),
    problem('3', 'h', 'blue.png', { prompt: 'Other?' }),
  ]);
  const two = await build([
    problem('9', 'z', 'blue.png', { prompt: 'Other?' }),
    problem('8', 'y', 'red.png'),
    problem('7', 'y', 'blue.png'),
  ]);
  const difficulties = (key: typeof one) => key.entries.map((entry) => entry.difficulty);
  expect(difficulties(one)[0]).toBe(difficulties(one)[1]);
  expect(difficulties(two)).toEqual([difficulties(one)[2], difficulties(one)[0], difficulties(one)[1]]);
  expect(difficulties(await build([problem('1', 'g', 'red.png')], 4))).not.toEqual([difficulties(one)[0]]);
});

test('a written key is read back; anything else is refused by name', async () => {
  const path = join(folder, 'key.json');
  const key = await build([problem('1', 'g', 'red.png')]);
  writeAnswerKey(path, key);
  expect(readAnswerKey(path)).toEqual(key);
  await writeFile(path, '{"entries": 3}');
  expect(() => readAnswerKey(path)).toThrow(expect.objectContaining({ code: 'SIMULATOR_KEY_INVALID' }));
});

test('the picture tells two problems with the same words apart, by file and as data alike', async () => {
  const problems = [problem('1', 'g', 'red.png', { answer: '4' }), problem('2', 'h', 'blue.png', { answer: '999' })];
  const answerKey = await buildAnswerKey({ problems, images, seed: 1, abilities: { tiny: 100 } });
  const server = await serve({ answerKey, mediaFolder: images.folder });
  for (const one of problems) {
    const prepared = await images.prepare(one.images[0] as { path: string });
    const bytes = await sharp(prepared.path).toBuffer({ resolveWithObject: true });
    expect(bytes.info.width).toBe(prepared.width);
    const { body } = await chat(server, user(`Think. ${one.prompt}`, `file://${prepared.path}`));
    const text = body.choices[0].message.content as string;
    expect(text.slice(text.indexOf('</think>'))).toContain(one.answer);
    const data = `data:image/png;base64,${(await readBytes(prepared.path)).toString('base64')}`;
    expect((await chat(server, user(`Think. ${one.prompt}`, data))).body.choices[0].message.content).toBe(text);
    const sample = { prompt: one.prompt, images: [prepared.sha256] };
    expect(expectedVerdicts(answerKey)('tiny', sample)).toBe('correct');
  }
});

test('of several pictures the order counts, and a question without any is another one', async () => {
  const shown = ['red.png', 'blue.png'].map((name) => ({ path: join(folder, name) }));
  const problems = [
    problem('1', 'a', 'red.png', { images: shown, answer: '4' }),
    problem('2', 'b', 'red.png', { images: shown.toReversed(), answer: '55' }),
    problem('3', 'c', 'red.png', { images: [], answer: '666' }),
  ];
  const answerKey = await buildAnswerKey({ problems, images, seed: 1, abilities: { tiny: 100 } });
  const server = await serve({ answerKey, mediaFolder: images.folder });
  for (const one of problems) {
    const prepared = await Promise.all(one.images.map((image) => images.prepare(image)));
    const urls = prepared.map(({ path }) => `file://${path}`);
    const text = (await chat(server, user(`Think. ${one.prompt}`, ...urls))).body.choices[0].message.content as string;
    expect(text.slice(text.indexOf('</think>'))).toContain(one.answer);
  }
});

async function readBytes(path: string): Promise<Buffer> {
  return (await import('node:fs/promises')).readFile(path);
}
