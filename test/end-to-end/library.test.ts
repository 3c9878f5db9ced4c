import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from './run-cli.ts';

test('a program imports the grader by the package’s name, with its types beside it', () => {
  const script = `import { gradeItem } from 'synthrl/grading';
    console.log(JSON.stringify(gradeItem({ response: 'so \\\\boxed{\\\\frac{1}{2}}', answer: '0.5' })));`;
  const ended = spawnSync(process.execPath, ['--input-type=module', '-e', script], { cwd: root, encoding: 'utf8' });
  expect(ended.stderr).toBe('');
  expect(JSON.parse(ended.stdout)).toMatchObject({ verdict: 'correct', accuracy: 1 });
  const { exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  expect(existsSync(join(root, exports['./grading'].types))).toBe(true);
});
