import { mkdirSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { benchmarks } from '../../benchmarks/index.ts';
import { selectDataSets } from '../../src/fetching/data-sets.ts';
import { formatBytes } from '../../src/fetching/format-bytes.ts';
import { readHubSettings } from '../../src/fetching/hub-settings.ts';
import { readRetryAfter } from '../../src/fetching/patience.ts';
import { temporaryFolder } from '../temporary-folder.ts';

test('without any variable: the public hub and the usual cache', () => {
  const settings = readHubSettings({ HF_TOKEN_PATH: '/nowhere' });
  expect(settings).toEqual({
    endpoint: 'https://huggingface.co',
    authorization: undefined,
    cacheFolder: join(homedir(), '.cache/huggingface/hub'),
    offline: false,
    stallMs: 30_000,
  });
});

test.for([
  [{ HF_HOME: '/a' }, '/a/hub'],
  [{ HF_HOME: '~/a' }, join(homedir(), 'a/hub')],
  [{ XDG_CACHE_HOME: '/x' }, '/x/huggingface/hub'],
  [{ HF_HOME: '/a', HUGGINGFACE_HUB_CACHE: '/b' }, '/b'],
  [{ HF_HOME: '/a', HF_HUB_CACHE: '/c', HUGGINGFACE_HUB_CACHE: '/b' }, '/c'],
] as const)('%j: the cache is %s', ([environment, cache]) => {
  expect(readHubSettings({ ...environment, HF_TOKEN: 'hf_x' }).cacheFolder).toBe(cache);
});

test('the token: variable before file, a named file before the usual one', () => {
  using folder = temporaryFolder();
  mkdirSync(join(folder.path, 'home'));
  writeFileSync(join(folder.path, 'home/token'), 'hf_home\n');
  writeFileSync(join(folder.path, 'other'), 'hf_other\n');
  const home = { HF_HOME: join(folder.path, 'home') };
  expect(readHubSettings(home).authorization).toBe('Bearer hf_home');
  const named = { ...home, HF_TOKEN_PATH: join(folder.path, 'other') };
  expect(readHubSettings(named).authorization).toBe('Bearer hf_other');
  expect(readHubSettings({ ...named, HF_TOKEN: 'hf_named' }).authorization).toBe('Bearer hf_named');
});

test.for([
  ['http://localhost:1/hf/', 'http://localhost:1/hf'],
  ['https://u:p@mirror.example', 'https://mirror.example'],
] as const)('endpoint %s is %s', ([text, endpoint]) => {
  expect(readHubSettings({ HF_ENDPOINT: text, HF_TOKEN: 'hf_x' }).endpoint).toBe(endpoint);
});

test.for([
  { HF_ENDPOINT: 'hub.example' },
  { HF_ENDPOINT: 'file:///etc' },
  { HF_ENDPOINT: 'https://user:100%@mirror.example' },
  { HF_HUB_DOWNLOAD_TIMEOUT: 'soon' },
  { HF_HUB_DOWNLOAD_TIMEOUT: '0' },
])('%j makes no sense', (environment) => {
  expect(() => readHubSettings({ ...environment, HF_TOKEN: 'hf_x' })).toThrow(
    expect.objectContaining({ code: 'USAGE' }),
  );
});

test('silence is never borne for longer than a timer can be set', () => {
  const settings = readHubSettings({ HF_HUB_DOWNLOAD_TIMEOUT: '1e300', HF_TOKEN: 'hf_x' });
  expect(settings.stallMs).toBe(86_400_000);
});

test('Retry-After in seconds and as a date', () => {
  expect(readRetryAfter('7')).toBe(7000);
  expect(readRetryAfter('Thu, 01 Jan 1970 00:00:09 GMT', 2000)).toBe(7000);
  expect(readRetryAfter('Thu, 01 Jan 1970 00:00:09 GMT', 20_000)).toBe(0);
  expect(readRetryAfter('soon')).toBeUndefined();
});

test('bytes for people', () => {
  expect([0, 999, 1000, 141_568_126, 999_499, 999_600, 1_228_722_613].map(formatBytes)).toEqual([
    '0 bytes',
    '999 bytes',
    '1.0 kB',
    '142 MB',
    '999 kB',
    '1.0 MB',
    '1.2 GB',
  ]);
});

test('the five benchmarks of the suite are pinned to a commit; the ratings and other benchmarks come only where they are named', () => {
  const five = ['mathverse', 'mathvision', 'mathvista', 'wemath', 'dynamath'];
  for (const { hub } of selectDataSets([...five, 'synthrl-ratings'], benchmarks)) {
    expect(hub.revision).toMatch(/^[0-9a-f]{40}$/);
  }
  const all = selectDataSets([], benchmarks);
  expect(all.map(({ name }) => name)).toEqual(five);
  for (const { hub } of all) expect(hub.dataset).toMatch(/^[\w-]+\/[\w-]+$/);
  expect(() => selectDataSets(['nothing'], benchmarks)).toThrow(expect.objectContaining({ code: 'BENCHMARK_UNKNOWN' }));
});
