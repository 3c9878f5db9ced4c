import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Problem } from '../../../src/core/problem.ts';
import { graderVersion } from '../../../src/grading/grade-response.ts';
import { createFallbackGrader, createJudgeGrader } from '../../../src/grading/judge/judge-grader.ts';
import { refuse, reply, startScriptedServer } from '../../inference/scripted-server.ts';
import { problemWith } from '../problem-with.ts';
import { createRulesGrader } from '../rules-grader.ts';
import { newFolder, openJudge, simulatedJudgeServer } from './judge-kit.ts';

const seven = problemWith({ id: 'seven', question: 'How much is 3 + 4?', answer: '7', policy: { type: 'free' } });
const option = problemWith({
  id: 'option',
  question: 'Which is a prime?',
  choices: ['8', '9', '11', '12'],
  answer: 'C',
  policy: { type: 'choice', letters: ['C'] },
});

/** What a script answers to a grading prompt: the key of its blocks with the given members. */
const say = (text: string, members: Record<string, unknown>) =>
  JSON.stringify({ key: /<<<([0-9a-f]+) /.exec(text)?.[1], ...members });

test('a response is judged in two steps, and the grade says where the answer stood', async () => {
  const server = await simulatedJudgeServer();
  const judge = await openJudge(`${server.url}/v1`);
  const text = 'First 3, then 4 more: \\boxed{7}.';
  const grade = await judge.judge(seven, text);
  expect(grade).toMatchObject({ verdict: 'correct', rule: 'judge', extracted: { text: '7', rule: 'judge' } });
  expect(text.slice(grade.extracted?.start, grade.extracted?.end)).toBe('7');
  expect(await judge.judge(seven, 'It is \\boxed{8}.')).toMatchObject({ verdict: 'incorrect', rule: 'judge' });
  expect(await judge.judge(option, 'The answer is 11.')).toMatchObject({ verdict: 'correct' });
  expect(await judge.judge(seven, '  ')).toMatchObject({ verdict: 'no_answer', rule: 'empty-response' });
  const endless = await judge.judge(
    seven,
    `${'so we think on and on about what the sum of these could be '.repeat(200)}`,
  );
  expect(endless).toMatchObject({ verdict: 'no_answer', rule: 'judge-none' });
  expect(judge.cost).toMatchObject({ calls: 7, cacheHits: 0, unusable: 0, failed: 0 });
  expect(judge.cost.promptTokens).toBeGreaterThan(1000);
  expect(judge.cost.completionTokens).toBeGreaterThan(10);
});

test('the judge is shown the tail of a response without the gold, then the answer alone with the gold', async () => {
  const texts: string[] = [];
  const bodies: { response_format?: unknown }[] = [];
  await using server = await startScriptedServer(({ text, body }, response) => {
    texts.push(text);
    bodies.push(body);
    const content = text.includes(' reply>>>') ? say(text, { answer: '12 cm' }) : say(text, { verdict: 'incorrect' });
    reply(response, { model: 'judge' }, { content });
  });
  const judge = await openJudge(server.baseUrl);
  const gold = problemWith({ question: 'How long is it?', answer: 'GOLD-77', policy: { type: 'free' } });
  await judge.judge(gold, `BEGINNING ${'x '.repeat(3000)} SECRET-REASONING so it is 12 cm long.`);
  const [extract = '', score = ''] = texts;
  expect(extract).toContain('How long is it?');
  expect(extract).toContain('SECRET-REASONING');
  expect(extract).not.toContain('BEGINNING');
  expect(extract).not.toContain('GOLD-77');
  expect(score).toContain('GOLD-77');
  expect(score).toContain('12 cm');
  expect(score).not.toContain('SECRET-REASONING');
  const keys = texts.map((text) => /<<<([0-9a-f]+) /.exec(text)?.[1]);
  expect(keys[0]).toMatch(/^[0-9a-f]{24}$/);
  expect(keys[0]).not.toBe(keys[1]);
  expect(bodies[0]?.response_format).toMatchObject({
    type: 'json_schema',
    json_schema: { strict: true, schema: { additionalProperties: false } },
  });
});

test('a server of another kind is sent no schema, and its reply must have the form all the same', async () => {
  await using server = await startScriptedServer(({ text, body }, response) => {
    expect(body).not.toHaveProperty('response_format');
    const content = text.includes(' reply>>>')
      ? `<think>{"answer": "9"}</think>\n\`\`\`json\n${say(text, { answer: '7' })}\n\`\`\``
      : say(text, { verdict: 'correct' });
    reply(response, {}, { content });
  });
  const judge = await openJudge(server.baseUrl, { endpoint: { dialect: 'openai' } });
  expect(await judge.judge(seven, 'It is 7.')).toMatchObject({ verdict: 'correct', extracted: { text: '7' } });
});

test.for<[string, (text: string) => string]>([
  ['prose', () => 'The verdict is correct.'],
  ['no key', () => '{"verdict": "correct"}'],
  ['a key that stands in no block', () => '{"key": "abc", "verdict": "correct"}'],
  ['words around it', (text) => `Sure: ${say(text, { verdict: 'correct' })}`],
  ['two objects', (text) => `${say(text, { verdict: 'incorrect' })}\n${say(text, { verdict: 'correct' })}`],
  ['another verdict', (text) => say(text, { verdict: 'mostly correct' })],
  ['one member too many', (text) => say(text, { verdict: 'correct', confidence: 1 })],
  ['a bare 1', () => '1'],
  ['nothing', () => ''],
  ['cut off', (text) => say(text, { verdict: 'correct' }).slice(0, -3)],
  ['too long', (text) => `${' '.repeat(30_000)}x${say(text, { verdict: 'correct' })}`],
])('unusable: %s; asked three times, then undecided for good', async ([, script]) => {
  const folder = newFolder();
  await using server = await startScriptedServer(({ text }, response) =>
    reply(response, { model: 'judge' }, { content: script(text) }),
  );
  const judge = await openJudge(server.baseUrl, { folder });
  const box = { text: '7', start: 0, end: 1, rule: 'boxed' };
  expect(await judge.score(seven, box)).toEqual({ verdict: 'undecided', rule: 'judge-unusable', extracted: box });
  expect(judge.cost).toMatchObject({ calls: 3, unusable: 1 });
  await judge.close();
  const again = await openJudge(server.baseUrl, { folder });
  expect(await again.score(seven, box)).toMatchObject({ rule: 'judge-unusable' });
  expect(again.cost.calls).toBe(0);
});

test('an answer that the response does not state is not taken: the judge may not solve the problem', async () => {
  await using server = await startScriptedServer(({ text }, response) => {
    const content = text.includes(' reply>>>') ? say(text, { answer: '7' }) : say(text, { verdict: 'correct' });
    reply(response, { model: 'judge' }, { content });
  });
  const judge = await openJudge(server.baseUrl);
  for (const text of ['I cannot tell.', 'It is 17.', 'It is 7.5.', 'It is -7.', 'It is 70.']) {
    expect(await judge.judge(seven, text), text).toMatchObject({ verdict: 'undecided', rule: 'judge-unusable' });
  }
  // Each was asked for again, since another reply might have kept to the response.
  expect(judge.cost).toMatchObject({ calls: 15, unusable: 5 });
  expect(await judge.judge(seven, 'It is (7).')).toMatchObject({ verdict: 'correct' });
});

test('TeX that lost its backslashes in JSON is still found', async () => {
  await using server = await startScriptedServer(({ text }, response) => {
    const content = text.includes(' reply>>>')
      ? say(text, {}).replace(/\}$/, ',"answer":"\\frac{1}{2}\\text{ cm}"}')
      : say(text, { verdict: 'correct' });
    reply(response, { model: 'judge' }, { content });
  });
  const judge = await openJudge(server.baseUrl);
  const grade = await judge.judge(seven, 'Hence $\\frac{1}{2}\\text{ cm}$ it is.');
  expect(grade.extracted?.text).toBe('\\frac{1}{2}\\text{ cm}');
  expect(grade.verdict).toBe('correct');
});

test('an answer that is too long to be shown is undecided and never sent', async () => {
  const server = await simulatedJudgeServer();
  const judge = await openJudge(`${server.url}/v1`);
  const text = `7${' or 8'.repeat(200)}`;
  const extracted = { text: text.slice(0, 400), start: 0, end: text.length, rule: 'boxed' };
  expect(await judge.score(seven, extracted)).toMatchObject({ verdict: 'undecided', rule: 'judge-answer-too-long' });
  expect(judge.cost.calls).toBe(0);
});

test('equal content is judged once: at the same time, in the next session, and behind a torn line', async () => {
  const folder = newFolder();
  const server = await simulatedJudgeServer();
  const judge = await openJudge(`${server.url}/v1`, { folder });
  const items = Array.from({ length: 20 }, () => ({ problem: seven, sample: 0, text: 'So \\boxed{7}' }));
  const grades = await createJudgeGrader(judge).grade(items);
  expect(new Set(grades.map(({ verdict }) => verdict))).toEqual(new Set(['correct']));
  expect(judge.cost).toMatchObject({ calls: 2, cacheHits: 38 });
  // Another response with the same answer needs no second verdict.
  await judge.judge(seven, 'In other words, \\boxed{7}');
  expect(judge.cost.calls).toBe(3);
  await judge.close();

  const path = join(folder, 'judgements.jsonl');
  const lines = readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines).toHaveLength(3);
  expect(lines[1]).toMatchObject({
    step: 'score',
    problem: 'example/seven',
    gold: '7',
    answer: '7',
    outcome: 'correct',
    session: 's',
  });
  appendFileSync(path, '{"key":"abc","ste');
  await server.close();
  const again = await openJudge(`${server.url}/v1`, { folder });
  expect(await again.judge(seven, 'So \\boxed{7}')).toMatchObject({ verdict: 'correct' });
  expect(again.cost).toMatchObject({ calls: 0, cacheHits: 2 });
});

test('a judgement is not reused for another gold, option text, model or server', async () => {
  const folder = newFolder();
  const server = await simulatedJudgeServer();
  const judge = await openJudge(`${server.url}/v1`, { folder });
  const box = { text: '7', start: 0, end: 1, rule: 'boxed' };
  const others: Problem[] = [
    seven,
    { ...seven, answer: '8' },
    { ...seven, question: 'Other?' },
    { ...seven, choices: ['7'] },
  ];
  const verdicts: string[] = [];
  for (const problem of others) verdicts.push((await judge.score(problem, box)).verdict);
  expect(verdicts).toEqual(['correct', 'incorrect', 'correct', 'correct']);
  expect(judge.cost).toMatchObject({ calls: 4, cacheHits: 0 });
  await judge.close();
  const other = await openJudge(`${server.url.replace('127.0.0.1', 'localhost')}/v1`, { folder });
  await other.score(seven, box);
  expect(other.cost).toMatchObject({ calls: 1, cacheHits: 0 });
});

test('a judge that errs now and then is asked again; one that does not recover leaves no verdict and no judgement', async () => {
  const folder = newFolder();
  await using flaky = await startScriptedServer(({ text, index }, response) => {
    if (index % 2 === 0) refuse(response, 503, 'busy');
    else
      reply(
        response,
        { model: 'judge' },
        { content: say(text, text.includes(' reply>>>') ? { answer: '7' } : { verdict: 'correct' }) },
      );
  });
  const patient = await openJudge(flaky.baseUrl, { endpoint: { window: 1 } });
  expect(await patient.judge(seven, 'It is 7.')).toMatchObject({ verdict: 'correct' });
  expect(patient.cost).toMatchObject({ calls: 4, failed: 0 });

  await using broken = await startScriptedServer((_, response) => refuse(response, 500));
  const judge = await openJudge(broken.baseUrl, { folder });
  const items = Array.from({ length: 60 }, (_, index) => ({ problem: seven, sample: index, text: `It is ${index}.` }));
  const grades = await createJudgeGrader(judge).grade(items);
  expect(grades.every(({ verdict, rule }) => verdict === 'undecided' && rule === 'judge-failed')).toBe(true);
  expect(judge.cost.failed).toBe(60);
  // After enough failures in a row nothing more is sent.
  expect(judge.cost.calls).toBeLessThan(60 * 3);
  expect(judge.gone).toBeDefined();
  writeFileSync(join(folder, 'judgements.jsonl'), '', { flag: 'a' });
  expect(readFileSync(join(folder, 'judgements.jsonl'), 'utf8')).toBe('');
});

test('a judge that fails between its two steps leaves the answer that it found, undecided', async () => {
  await using server = await startScriptedServer(({ text }, response) => {
    if (text.includes(' reply>>>')) reply(response, { model: 'judge' }, { content: say(text, { answer: '7' }) });
    else refuse(response, 400, 'too long');
  });
  const judge = await openJudge(server.baseUrl);
  expect(await judge.judge(seven, 'It is 7.')).toMatchObject({
    verdict: 'undecided',
    rule: 'judge-failed',
    extracted: { text: '7' },
  });
  expect(judge.cost).toMatchObject({ calls: 2, failed: 1 });
});

test('a refused key ends the asking at once; a stall ends at its deadline', async () => {
  await using closed = await startScriptedServer((_, response) => refuse(response, 401, 'no key'));
  const refused = await openJudge(closed.baseUrl, { endpoint: { window: 1 } });
  const items = Array.from({ length: 9 }, (_, index) => ({ problem: seven, sample: index, text: `It is ${index}.` }));
  const grades = await createJudgeGrader(refused).grade(items);
  expect(new Set(grades.map(({ rule }) => rule))).toEqual(new Set(['judge-failed']));
  expect(refused.cost.calls).toBe(1);

  const server = await simulatedJudgeServer({ stallRate: 1 });
  const judge = await openJudge(`${server.url}/v1`, { deadlineMs: 60 });
  expect(await judge.judge(seven, 'It is 7.')).toMatchObject({ verdict: 'undecided', rule: 'judge-failed' });
  expect(judge.cost.calls).toBe(3);
});

test('babble in part of the replies costs calls, and changes no verdict', async () => {
  const faultless = await openJudge(`${(await simulatedJudgeServer()).url}/v1`);
  const babbling = await openJudge(`${(await simulatedJudgeServer({ babbleRate: 0.5 })).url}/v1`);
  const items = Array.from({ length: 60 }, (_, index) => ({
    problem: { ...seven, question: `Sum number ${index}?` },
    sample: 0,
    text: `Sum ${index} is \\boxed{${index % 3 === 0 ? 8 : 7}}`,
  }));
  const wanted = await createJudgeGrader(faultless).grade(items);
  const found = await createJudgeGrader(babbling).grade(items);
  expect(babbling.cost.calls).toBeGreaterThan(faultless.cost.calls * 1.3);
  let settled = 0;
  for (const [index, { verdict }] of found.entries()) {
    if (verdict === 'undecided') continue;
    settled += 1;
    expect(verdict).toBe(wanted[index]?.verdict);
  }
  // Three rounds in each of two steps: (1 − 1/8)² are settled on average.
  expect(settled).toBeGreaterThan(30);
});

test('fallback: what the rules decide is not asked, a box that they cannot read is scored without extracting', async () => {
  const server = await simulatedJudgeServer();
  const judge = await openJudge(`${server.url}/v1`);
  const grader = createFallbackGrader(createRulesGrader(), judge);
  expect(grader).toMatchObject({ mode: 'fallback', version: `${graderVersion}, then judge/1 judge` });
  const word = problemWith({
    id: 'w',
    question: 'Which shape?',
    answer: 'the left one',
    policy: { type: 'free' },
  });
  const items = [
    { problem: seven, sample: 0, text: 'So \\boxed{7}' },
    { problem: seven, sample: 1, text: 'So \\boxed{8}' },
    { problem: word, sample: 0, text: 'So \\boxed{the one on the right side}' },
  ];
  const rules = await createRulesGrader().grade(items);
  expect(rules.map(({ verdict }) => verdict)).toEqual(['correct', 'incorrect', 'undecided']);
  const grades = await grader.grade(items);
  expect(grades.slice(0, 2)).toEqual(rules.slice(0, 2));
  expect(grades[2]).toMatchObject({ verdict: 'incorrect', rule: 'judge', extracted: { rule: 'boxed' } });
  expect(judge.cost.calls).toBe(1);
});
