import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readSuite } from '../../src/cli/read-suite.ts';
import { resolveOptions } from '../../src/cli/resolve-options.ts';
import { splitCommand } from '../../src/cli/split-command.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const names = ['temperature', 'max-tokens', 'fresh', 'server', 'gpus', 'engine'] as const;

test('flag > environment > suite > default', () => {
  using folder = temporaryFolder();
  const path = join(folder.path, 's.yaml');
  writeFileSync(path, 'temperature: 0.1\nmax-tokens: 7\n');
  const suite = readSuite(path);
  const environment = { SYNTHRL_TEMPERATURE: '0.2' };
  expect(resolveOptions(names, {}, {}).temperature).toBe(0);
  expect(resolveOptions(names, {}, {}, suite).temperature).toBe(0.1);
  expect(resolveOptions(names, {}, environment, suite).temperature).toBe(0.2);
  expect(resolveOptions(names, { temperature: '0.3' }, environment, suite)).toMatchObject({
    temperature: 0.3,
    'max-tokens': 7,
    fresh: false,
    server: undefined,
  });
});

test.for([
  [{ temperature: 'hot' }, 'Expected `--temperature` to be a number from 0 to 2, got `hot`.'],
  [{ 'max-tokens': '1.5' }, 'Expected `--max-tokens` to be a whole number from 1 up, got `1.5`.'],
  [{ 'max-tokens': '' }, 'Expected `--max-tokens` to be a whole number from 1 up, got ``.'],
  [{ engine: 'sglang' }, 'Expected `--engine` to be one of vllm, simulator, got `sglang`.'],
] as const)('a wrong flag is said with what was expected: %s', ([flags, message]) => {
  expect(() => resolveOptions(names, flags, {})).toThrow(message);
});

test.for([
  ['temperature: 0\ntemprature: 1\n', ':2: `temprature` is not a setting of a suite.'],
  ['checkpoint: x\n', ':1: `checkpoint` belongs on the command line, not in a suite.'],
  ['# x\n\nmax-tokens: many\n', ':3: expected `max-tokens` to be a whole number from 1 up, got `many`.'],
  ['a: [1\n', /:\d+: /],
  ['- 1\n', ':1: expected option names'],
] as const)('a wrong suite is said with its line: %j', ([text, message]) => {
  using folder = temporaryFolder();
  const path = join(folder.path, 's.yaml');
  writeFileSync(path, text);
  const read = () => resolveOptions(names, {}, {}, readSuite(path));
  expect(read).toThrow(message);
  expect(read).toThrow(expect.objectContaining({ code: 'SUITE_INVALID' }));
});

test('a suite may set every option of the commands that read one', () => {
  using folder = temporaryFolder();
  const path = join(folder.path, 's.yaml');
  writeFileSync(
    path,
    'gpus: 8\nserver: [http://a, http://b]\nengine: simulator\nruns-root: r\nsteps: 16\nfresh: true\n',
  );
  const all = [...names, 'runs-root', 'steps'] as const;
  expect(resolveOptions(all, {}, {}, readSuite(path))).toMatchObject({
    gpus: '8',
    server: ['http://a', 'http://b'],
    engine: 'simulator',
    'runs-root': 'r',
    steps: '16',
    fresh: true,
  });
});

test('the built-in suites hold settings that resolve, and a wrong name lists them', () => {
  for (const suite of ['synthrl', 'quick']) {
    const { temperature } = resolveOptions(names, {}, {}, readSuite(suite));
    expect(temperature).toBe(0);
  }
  expect(() => readSuite('quik')).toThrow(
    expect.objectContaining({ code: 'SUITE_NOT_FOUND', hint: 'Built-in suites: quick, synthrl.' }),
  );
});

test('a command is split as people write it, and nothing in it is run', () => {
  expect(splitCommand(`python -m "my vllm" --x='a b' c\\ d "" $(id)`)).toEqual([
    'python',
    '-m',
    'my vllm',
    '--x=a b',
    'c d',
    '',
    '$(id)',
  ]);
  expect(() => splitCommand('"open')).toThrow(/not closed/);
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary' })), (words) => {
      expect(splitCommand(words.map((word) => `'${word.replaceAll("'", `'"'"'`)}'`).join(' '))).toEqual(words);
    }),
  );
});
