import { once } from 'node:events';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../temporary-folder.ts';
import { runCli, startCli } from './run-cli.ts';

/** The service's first line of output. */
async function firstLine(started: ReturnType<typeof startCli>): Promise<string> {
  let text = '';
  started.child.stdout?.on('data', (piece) => (text += piece));
  while (!text.includes('\n')) {
    const ended = await Promise.race([once(started.child.stdout!, 'data'), started.ended]);
    if ('status' in ended) throw new Error(ended.stderr);
  }
  return text;
}

test('the service says where it is, grades, and ends in order on TERM', async () => {
  using folder = temporaryFolder();
  const started = startCli(['serve-grader', '--port', '0', '--json'], { cwd: folder.path });
  const { url, host, token } = JSON.parse(await firstLine(started));
  expect([host, token]).toEqual(['127.0.0.1', false]);
  const items = [
    { response: '<think>2 + 2</think> \\boxed{4}', answer: '4' },
    { response: 'It is C.', answer: 'B', options: ['1', '2', '3'] },
  ];
  const response = await fetch(`${url}/grade`, { method: 'POST', body: JSON.stringify({ items }) });
  const { verdicts } = (await response.json()) as { verdicts: { verdict: string; overall: number }[] };
  expect(verdicts.map(({ verdict, overall }) => [verdict, overall])).toEqual([
    ['correct', 1],
    ['incorrect', 0],
  ]);

  const again = await runCli(['serve-grader', '--port', new URL(url).port], { cwd: folder.path });
  expect(again).toMatchObject({ status: 2, stderr: expect.stringContaining('PORT_TAKEN') });

  started.child.kill('SIGTERM');
  const ended = await started.ended;
  expect([ended.status, ended.stdout.trim().split('\n').length]).toEqual([0, 1]);
}, 30_000);

test('an address that others reach needs a token from the environment', async () => {
  using folder = temporaryFolder();
  const words = ['serve-grader', '--port', '0', '--host', '0.0.0.0', '--json'];
  const refused = await runCli(words, { cwd: folder.path });
  expect(refused).toMatchObject({ status: 2, stderr: expect.stringContaining('SYNTHRL_GRADER_TOKEN') });

  const started = startCli(words, { cwd: folder.path, env: { SYNTHRL_GRADER_TOKEN: 'a secret' } });
  const line = await firstLine(started);
  const { port } = JSON.parse(line);
  const status = async (headers: Record<string, string>) =>
    (await fetch(`http://127.0.0.1:${port}/grade`, { method: 'POST', body: '{"items":[]}', headers })).status;
  expect(await status({})).toBe(401);
  expect(await status({ authorization: 'Bearer a secret' })).toBe(200);
  started.child.kill('SIGTERM');
  const ended = await started.ended;
  expect(ended.status).toBe(0);
  expect(line + ended.stdout + ended.stderr).not.toContain('a secret');
}, 30_000);
