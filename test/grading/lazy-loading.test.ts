import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
const script = `
  const { gradeResponse } = await import(${JSON.stringify(join(root, 'src/grading/grade-response.ts'))});
  const { createRequire } = await import('node:module');
  const loaded = () => Object.keys(createRequire(${JSON.stringify(join(root, 'package.json'))}).cache).some((path) => path.includes('mathjs'));
  const grade = (answer, policy, text) => gradeResponse({ id: '1', question: '', choices: ['3', '4'], answer, policy }, text).verdict;
  const seen = [grade('B', { type: 'choice', letters: ['B'] }, 'The answer is (B) 4.'), grade('\\\\frac{1}{2}', { type: 'free' }, '\\\\boxed{0.5}'), loaded()];
  console.log(JSON.stringify([...seen, grade('2x+1', { type: 'free' }, '\\\\boxed{1+2x+0}'), loaded()]));
`;

test('letters and numbers are graded without mathjs; the first expression with variables loads it', () => {
  const { stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
    cwd: root,
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  expect(JSON.parse(stdout)).toEqual(['correct', 'correct', false, 'correct', true]);
});
