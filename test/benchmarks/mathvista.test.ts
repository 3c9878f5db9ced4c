import { readFileSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import type { LoadedBenchmark } from '../../src/problems/load-problems.ts';
import { dataFolder } from '../problems/temporary-data.ts';
import { describeShared, sharedPath } from '../shared-data.ts';
import { byFacet, byId, countBy, loadShared } from './load-shared.ts';

const file = 'data/mathvista/testmini.json';

describeShared('mathvista, as published', [file, 'data/mathvista/query.json'], () => {
  let loaded: LoadedBenchmark;
  beforeAll(async () => {
    loaded = await loadShared('mathvista', { requireImages: false });
  });

  test('1,000 problems with their facets', () => {
    const { problems } = loaded;
    expect(problems).toHaveLength(1000);
    expect(byFacet(problems, 'task')).toEqual({
      'figure question answering': 269,
      'geometry problem solving': 208,
      'math word problem': 186,
      'visual question answering': 179,
      'textbook question answering': 158,
    });
    expect(byFacet(problems, 'skills')).toEqual({
      'arithmetic reasoning': 353,
      'statistical reasoning': 301,
      'algebraic reasoning': 281,
      'geometry reasoning': 239,
      'numeric commonsense': 144,
      'scientific reasoning': 122,
      'logical reasoning': 37,
    });
    expect(byFacet(problems, 'category')).toEqual({ 'math-targeted-vqa': 540, 'general-vqa': 460 });
    expect(byFacet(problems, 'grade')).toMatchObject({ 'high school': 306, college: 112 });
    expect(byFacet(problems, 'language')).toEqual({ english: 936, chinese: 62, persian: 2 });
    expect(byFacet(problems, 'answer-type')).toEqual({ text: 540, integer: 418, float: 40, list: 2 });
    expect(byFacet(problems, 'question-type')).toEqual({ free_form: 460, multi_choice: 540 });
    expect(Object.keys(byFacet(problems, 'context'))).toHaveLength(16);
    expect(Object.keys(byFacet(problems, 'source'))).toHaveLength(31);
  });

  test('the query that is built is the official one, 1,000 times of 1,000', () => {
    const queries = JSON.parse(readFileSync(sharedPath('data/mathvista/query.json'), 'utf8')) as Record<string, string>;
    const different = loaded.problems.filter(({ id, prompt }) => queries[id] !== prompt);
    expect(different.map(({ id }) => id)).toEqual([]);
  });

  test('a query in the file is taken as it is', async () => {
    const rows = JSON.parse(readFileSync(sharedPath(file), 'utf8')) as Record<string, object>;
    const folder = dataFolder({ 'testmini.json': { 7: { ...rows['7'], query: 'Asked otherwise' } } });
    const { problems } = await loadShared('mathvista', { named: folder, requireImages: false });
    expect(problems[0]?.prompt).toBe('Asked otherwise');
  });

  test('a gold that is a text becomes the letter of its option; in one question two options have it', () => {
    expect(byId(loaded.problems, '7')).toMatchObject({ answer: 'quarter', policy: { type: 'choice', letters: ['B'] } });
    expect(byId(loaded.problems, '587').policy).toEqual({ type: 'choice', letters: ['B'] });
    expect(byId(loaded.problems, '740').policy).toEqual({ type: 'choice', letters: ['A'] });
    expect(byId(loaded.problems, '781')).toMatchObject({ answer: '18', policy: { type: 'choice', letters: [] } });
    const untied = loaded.problems.filter(({ policy }) => policy.type === 'choice' && policy.letters.length !== 1);
    expect(untied.map(({ id }) => id)).toEqual(['781']);
  });

  test('numbers carry how they are compared', () => {
    const policies = countBy(loaded.problems, ({ policy: { ...policy } }) =>
      JSON.stringify('letters' in policy ? { type: policy.type } : policy),
    );
    expect(policies).toEqual({
      '{"type":"choice"}': 540,
      '{"type":"number","integer":true}': 418,
      '{"type":"number","decimals":1}': 20,
      '{"type":"number","decimals":2}': 20,
      '{"type":"list"}': 2,
    });
    expect(byId(loaded.problems, '506')).toMatchObject({ answer: '[2014, 2016]', policy: { type: 'list' } });
  });

  test('a float without precision is a malformed row', async () => {
    const rows = JSON.parse(readFileSync(sharedPath(file), 'utf8')) as Record<string, object>;
    const folder = dataFolder({ 'testmini.json': { 1: { ...rows['1'], precision: null } } });
    await expect(loadShared('mathvista', { named: folder, requireImages: false })).rejects.toMatchObject({
      code: 'DATA_INVALID',
      message: expect.stringMatching(/testmini\.json, key "1" is not a row of MathVista: at "precision"/),
    });
  });

  test('its pictures are not here, which is an error where they are needed', async () => {
    const folder = dataFolder({ 'testmini.json': readFileSync(sharedPath(file), 'utf8') });
    await expect(loadShared('mathvista', { named: folder })).rejects.toMatchObject({ code: 'IMAGES_NOT_FOUND' });
  });
});
