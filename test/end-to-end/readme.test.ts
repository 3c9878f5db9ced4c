import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { benchmarks } from '../../benchmarks/index.ts';
import { type HubServer, randomContent, startHubServer } from '../fetching/hub-server.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { root } from './run-cli.ts';

const readme = readFileSync(join(root, 'README.md'), 'utf8');

/** Commands of the README's sh blocks, one per line. */
const commands = [...readme.matchAll(/```sh\n([\s\S]*?)```/g)].flatMap(([, block = '']) => block.trim().split('\n'));

function program(folder: string, name: string, script: string): void {
  const path = join(folder, 'bin', name);
  mkdirSync(join(folder, 'bin'), { recursive: true });
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
}

/** What a reader of the README has: a training run, data, and vLLM with two GPUs (the simulator stands in for them). */
function layOutMachine(folder: string): Record<string, string> {
  const cli = `exec '${process.execPath}' '${join(root, 'dist/src/cli.js')}'`;
  program(folder, 'npx', `shift; ${cli} "$@"`);
  program(folder, 'vllm', `${cli} simulate "$@"`);
  program(
    folder,
    'nvidia-smi',
    `case "$*" in *compute-apps*) ;; *) printf '0, GPU-a, 81559\\n1, GPU-b, 81559\\n' ;; esac`,
  );
  for (const { name } of benchmarks)
    cpSync(join(root, 'benchmarks', name, 'sample'), join(folder, 'evaluation/data', name), { recursive: true });
  cpSync(join(root, 'evaluation/gates'), join(folder, 'evaluation/gates'), { recursive: true });
  writeFileSync(join(folder, 'judge.json'), '{}');
  for (const step of [16, 32]) {
    const model = join(folder, `checkpoints/INFO/qwen2_5_vl_7b_TAG/global_step_${step}/actor/huggingface`);
    mkdirSync(model, { recursive: true });
    writeFileSync(join(model, 'config.json'), '{}');
    writeFileSync(join(model, 'pytorch_model.bin'), 'weights');
  }
  const rows = readFileSync(join(root, 'benchmarks/mathvision/sample/testmini.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { id: string; answer: string });
  writeFileSync(
    join(folder, 'answers.jsonl'),
    rows.map(({ id, answer }) => JSON.stringify({ id, response: `\\boxed{${answer}}` })).join('\n'),
  );
  return {
    ...process.env,
    PATH: `${join(folder, 'bin')}:${process.env['PATH']}`,
    NO_COLOR: '1',
    SYNTHRL_SIMULATOR_JUDGE: join(folder, 'judge.json'),
  } as Record<string, string>;
}

/** A hub with files of the right names in place of the official data. */
function startHub(): Promise<HubServer> {
  const datasets = benchmarks.flatMap(({ source: { hub } }) => {
    if (hub?.revision === undefined) return [];
    const files = hub.files.map((pattern) => [pattern.replace('*', '0'), randomContent(1000, pattern)] as const);
    return [[hub.dataset, { commits: { [hub.revision]: Object.fromEntries(files) }, refs: {} }] as const];
  });
  return startHubServer(Object.fromEntries(datasets));
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

test('the two lines come first', () => {
  expect(commands.slice(0, 2)).toEqual(['npm ci && npm run demo', 'npm ci && npm test']);
});

test('every other command of the README runs as it stands', async () => {
  using folder = temporaryFolder();
  const hub = await startHub();
  const env = {
    ...layOutMachine(folder.path),
    HF_ENDPOINT: hub.url,
    HF_HOME: join(folder.path, 'hf'),
    NO_PROXY: '127.0.0.1',
  };
  const port = await freePort();
  // What is fetched here is no data: it must not come beside the samples.
  const fetched = join(folder.path, 'fetched');
  mkdirSync(fetched);
  const start = (command: string) =>
    spawn('bash', ['-c', command.replaceAll('8000', String(port))], {
      cwd: command.includes('data fetch') ? fetched : folder.path,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  const serving = commands.find((command) => command.includes('simulate'));
  expect(serving).toBeDefined();
  const server = start(`exec ${(serving ?? '').replace('my-model', 'my-model --served-model-name qwen2.5-vl-7b')}`);
  const closed = once(server, 'close');
  try {
    for (let tries = 0; tries < 200; tries += 1) {
      if (
        await fetch(`http://127.0.0.1:${port}/health`).then(
          ({ ok }) => ok,
          () => false,
        )
      )
        break;
      await sleep(50);
    }
    for (const command of commands.slice(2).filter((each) => each !== serving)) {
      const child = start(command);
      let output = '';
      child.stdout.on('data', (text) => (output += text));
      child.stderr.on('data', (text) => (output += text));
      const [status] = await once(child, 'close');
      // A gate's status is its answer.
      const fine = command.includes(' gate ') ? [0, 4, 5] : [0];
      expect(fine, `${command}\n${status}\n${output}`).toContain(status);
    }
  } finally {
    server.kill('SIGTERM');
    await hub.close();
    await closed;
  }
}, 180_000);

test('the script that the README names is there, and so is every file that it links', () => {
  for (const [, path = ''] of readme.matchAll(/\]\(((?!http)[^)]+)\)/g))
    expect(readFileSync(join(root, path), 'utf8')).not.toBe('');
  expect(readFileSync(join(root, 'scripts/run_eval_vlm_all.sh'), 'utf8')).toContain('eval-all');
});
