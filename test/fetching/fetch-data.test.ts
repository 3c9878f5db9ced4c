import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { SynthrlError } from '../../src/core/errors.ts';
import { acquireRunLock } from '../../src/core/run-lock.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import {
  fetchTiny,
  filesBelow,
  firstCommit,
  holdsTiny,
  Notes,
  secondCommit,
  tinyDataset,
  tinyFiles,
  tinyHub,
  tinySet,
  wantedFiles,
} from './fetch-kit.ts';
import { gitSha1, type HubServer, sha256, startHubServer } from './hub-server.ts';

const firstFile = 'data/test-00000-of-00002.parquet';
const token = 'hf_secretsecretsecret';

let hub: HubServer;
let folder: ReturnType<typeof temporaryFolder>;
let tiny: string;

beforeEach(async () => {
  hub = await tinyHub();
  folder = temporaryFolder();
  tiny = join(folder.path, 'data/tiny');
});
afterEach(async () => {
  await hub.close();
  folder[Symbol.dispose]();
});

/** A fetch that is stopped when 50,000 bytes of each large file have come and no more do. */
async function stopHalfWay(): Promise<void> {
  const stopping = new AbortController();
  class StopHalfWay extends Notes {
    override received(file: string, bytes: number, kept: boolean): void {
      super.received(file.endsWith('.parquet') ? file : '', file.endsWith('.parquet') ? bytes : 0, kept);
      if (this.arrived === 100_000) stopping.abort();
    }
  }
  hub.fault = ({ server }) => (server === 'cdn' ? { stallAfter: 50_000 } : undefined);
  const stopped = fetchTiny(hub, folder.path, { signal: stopping.signal, listener: new StopHalfWay() });
  await expect(stopped).rejects.toMatchObject({ code: 'INTERRUPTED', exitStatus: 130 });
  hub.fault = () => undefined;
}

const downloads = () => hub.seen.filter(({ url }) => /resolve|blobs/.test(url));

test('fetches the files that are needed, verified, under their own names', async () => {
  const { outcome, notes } = await fetchTiny(hub, folder.path);
  expect(outcome.error).toBeUndefined();
  expect(holdsTiny(tiny)).toBe(true);
  expect(outcome.files).toEqual(
    wantedFiles.map((path) => ({
      path,
      bytes: tinyFiles[path as keyof typeof tinyFiles].length,
      sha256: sha256(tinyFiles[path as keyof typeof tinyFiles]),
      from: 'downloaded',
    })),
  );
  expect(notes.arrived).toBe(outcome.files.reduce((sum, { bytes }) => sum + bytes, 0));
  expect(notes.notes.join('\n')).toContain('owner/tiny at aaaaaaaa, licence: CC0');
  const record = JSON.parse(readFileSync(join(tiny, 'fetched.json'), 'utf8'));
  expect(record).toMatchObject({ dataset: 'owner/tiny', revision: firstCommit, endpoint: hub.url, licence: 'CC0' });
  expect(record.files.map((file: { path: string }) => file.path)).toEqual(wantedFiles);
});

test('what is complete is not asked for again; --verify reads it, and mends what was damaged under the same time', async () => {
  await fetchTiny(hub, folder.path);
  const before = hub.seen.length;
  const again = await fetchTiny(hub, folder.path);
  expect(again.outcome.files.map(({ from }) => from)).toEqual(['present', 'present', 'present']);
  expect(hub.seen.length).toBe(before);

  const path = join(tiny, firstFile);
  const { kept } = JSON.parse(readFileSync(join(tiny, 'fetched.json'), 'utf8'));
  const damaged = Buffer.from(tinyFiles[firstFile]);
  damaged[1000] = (damaged[1000] ?? 0) ^ 1;
  writeFileSync(path, damaged);
  utimesSync(path, new Date(), new Date(kept[firstFile].modifiedMs));
  expect((await fetchTiny(hub, folder.path)).outcome.files[0]?.from).toBe('present');
  const { outcome, notes } = await fetchTiny(hub, folder.path, { verify: true });
  expect(outcome.files.map(({ from }) => from)).toEqual(['downloaded', 'present', 'present']);
  expect(notes.notes.join()).toContain('changed or damaged');
  expect(holdsTiny(tiny)).toBe(true);
});

test('a file that was cut short or touched is noticed without --verify', async () => {
  await fetchTiny(hub, folder.path);
  appendFileSync(join(tiny, firstFile), 'x');
  utimesSync(join(tiny, 'rows.jsonl'), new Date(), new Date(1_000_000));
  const { outcome } = await fetchTiny(hub, folder.path);
  expect(outcome.files.map(({ from }) => from)).toEqual(['downloaded', 'present', 'present']);
  expect(holdsTiny(tiny)).toBe(true);
});

test('files put there by hand are taken where they are right, and never overwritten where they are not', async () => {
  mkdirSync(join(tiny, 'data'), { recursive: true });
  writeFileSync(join(tiny, firstFile), tinyFiles[firstFile]);
  writeFileSync(join(tiny, 'rows.jsonl'), 'mine');
  const { outcome } = await fetchTiny(hub, folder.path);
  expect(outcome.error).toMatchObject({ code: 'FETCH_CONFLICT' });
  expect(readFileSync(join(tiny, 'rows.jsonl'), 'utf8')).toBe('mine');
  rmSync(join(tiny, 'rows.jsonl'));
  const second = await fetchTiny(hub, folder.path);
  expect(second.outcome.files.map(({ from }) => from)).toEqual(['present', 'downloaded', 'downloaded']);
});

test('main is looked up once and its commit kept, until --revision says otherwise', async () => {
  const dataset = tinyDataset();
  await using moving = {
    hub: await startHubServer({ 'owner/tiny': dataset }),
    async [Symbol.asyncDispose]() {
      await this.hub.close();
    },
  };
  const { revision: _, ...unpinned } = tinySet.hub;
  const sets = [{ ...tinySet, hub: unpinned }];
  expect((await fetchTiny(moving.hub, folder.path, { sets })).outcome.revision).toBe(firstCommit);
  dataset.refs['main'] = secondCommit;
  const later = await fetchTiny(moving.hub, folder.path, { sets });
  expect(later.outcome).toMatchObject({ revision: firstCommit, error: undefined });
  const moved = await fetchTiny(moving.hub, folder.path, { sets, revision: 'main' });
  expect(moved.outcome.revision).toBe(secondCommit);
  expect(moved.outcome.files.map(({ from }) => from)).toEqual(['downloaded', 'present', 'present']);
  expect(holdsTiny(tiny, dataset.commits[secondCommit])).toBe(true);
});

test('files that another revision no longer has go, unless they were changed', async () => {
  const { 'data/test-00001-of-00002.parquet': gone, 'rows.jsonl': rows, ...rest } = tinyFiles;
  const dataset = {
    commits: { [firstCommit]: tinyFiles, [secondCommit]: { ...rest, 'rows.jsonl': rows } },
    refs: { main: secondCommit },
  };
  const shrinking = await startHubServer({ 'owner/tiny': dataset });
  await fetchTiny(shrinking, folder.path);
  expect(gone.length).toBeGreaterThan(0);
  const { outcome } = await fetchTiny(shrinking, folder.path, { revision: secondCommit });
  expect(outcome.error).toBeUndefined();
  expect(filesBelow(tiny)).toEqual([firstFile, 'fetched.json', 'rows.jsonl']);
  await shrinking.close();
});

test('a listing of several pages is read to its end', async () => {
  const paged = await tinyHub({ pageSize: 2 });
  expect((await fetchTiny(paged, folder.path)).outcome.error).toBeUndefined();
  expect(paged.seen.filter(({ url }) => url.includes('/tree/')).length).toBe(3);
  await paged.close();
});

describe('the token', () => {
  test('goes to the endpoint and not to where it redirects', async () => {
    const { outcome } = await fetchTiny(hub, folder.path, { environment: { HF_TOKEN: token } });
    expect(outcome.error).toBeUndefined();
    expect(
      hub.seen
        .filter(({ server }) => server === 'hub')
        .every(({ authorization }) => authorization === `Bearer ${token}`),
    ).toBe(true);
    const away = hub.seen.filter(({ server }) => server === 'cdn');
    expect(away.length).toBe(2);
    expect(away.every(({ authorization }) => authorization === undefined)).toBe(true);
    for (const path of filesBelow(folder.path))
      expect(readFileSync(join(folder.path, path)).includes(token)).toBe(false);
  });

  test('is read from the token file of the Hugging Face tools', async () => {
    mkdirSync(join(folder.path, 'hf'));
    writeFileSync(join(folder.path, 'hf/token'), `${token}\n`);
    await fetchTiny(hub, folder.path);
    expect(hub.seen[0]?.authorization).toBe(`Bearer ${token}`);
  });

  test('with a line break in it is refused without being shown', async () => {
    const failure = await fetchTiny(hub, folder.path, { environment: { HF_TOKEN: `${token}\nmore` } }).catch(
      (error) => error,
    );
    expect(failure).toBeInstanceOf(SynthrlError);
    expect(String(failure.message) + failure.hint).not.toContain(token);
    expect(hub.seen).toEqual([]);
  });

  test('credentials in HF_ENDPOINT are used and written nowhere', async () => {
    const { outcome } = await fetchTiny({ url: hub.url.replace('//', '//user:pass%21@') }, folder.path);
    expect(outcome.error).toBeUndefined();
    expect(hub.seen[0]?.authorization).toBe(`Basic ${Buffer.from('user:pass!').toString('base64')}`);
    expect(readFileSync(join(tiny, 'fetched.json'), 'utf8')).not.toContain('pass');
  });
});

describe('what the hub refuses', () => {
  test.for([
    [401, { 'x-error-code': 'GatedRepo' }, 'FETCH_GATED', 'Accept the licence at'],
    [403, { 'x-error-code': 'GatedRepo' }, 'FETCH_GATED', 'set HF_TOKEN'],
    [401, {}, 'FETCH_GATED', 'HF_TOKEN'],
    [404, {}, 'FETCH_NOT_FOUND', '--revision main'],
    [400, {}, 'FETCH_FAILED', 'HF_ENDPOINT'],
  ] as const)('%s %j is explained', async ([status, headers, code, hint]) => {
    hub.fault = () => ({ status, headers });
    const { outcome } = await fetchTiny(hub, folder.path);
    expect(outcome.error?.code).toBe(code);
    expect(`${outcome.error?.message} ${outcome.error?.hint}`).toContain(hint);
    expect(`${outcome.error?.message} ${outcome.error?.hint}`).toContain(
      code === 'FETCH_FAILED' ? 'HF_ENDPOINT' : '/datasets/owner/tiny',
    );
    expect(hub.seen.length).toBe(1);
    expect(existsSync(tiny)).toBe(false);
  });

  test('a data set that is not there, and a revision that is not', async () => {
    const missing = { ...tinySet, hub: { ...tinySet.hub, dataset: 'owner/other' } };
    const strange = await fetchTiny(hub, folder.path, { sets: [missing] });
    expect(strange.outcome.error?.code).toBe('FETCH_GATED');
    const known = await fetchTiny(hub, folder.path, { sets: [missing], environment: { HF_TOKEN: token } });
    expect(known.outcome.error?.code).toBe('FETCH_NOT_FOUND');
    const revision = await fetchTiny(hub, folder.path, { revision: 'c'.repeat(40) });
    expect(revision.outcome.error).toMatchObject({ code: 'FETCH_NOT_FOUND' });
  });

  test('files that are not there any more are named, with what there is', async () => {
    const sets = [{ ...tinySet, hub: { ...tinySet.hub, files: [...tinySet.hub.files, 'data/train-*.parquet'] } }];
    const { outcome } = await fetchTiny(hub, folder.path, { sets });
    expect(outcome.error).toMatchObject({ code: 'FETCH_NOT_FOUND' });
    expect(`${outcome.error?.message} ${outcome.error?.hint}`).toMatch(/data\/train-\*\.parquet.*images\.zip/);
  });

  test.for(['<html>log in</html>', '{"error":"no"}', 'null', '[1, null, {}]', '[{"type":"file","path":"rows.jsonl"}]'])(
    'a reply that no hub gives is no bug of ours: %s',
    async (page) => {
      hub.fault = () => ({ page });
      const { outcome } = await fetchTiny(hub, folder.path);
      expect(['FETCH_FAILED', 'FETCH_NOT_FOUND']).toContain(outcome.error?.code);
      const named = await fetchTiny(hub, folder.path, { revision: 'main' });
      expect(named.outcome.error).toMatchObject({ code: 'FETCH_FAILED' });
    },
  );

  test('one data set that fails leaves the others alone', async () => {
    const other = { ...tinySet, name: 'other', hub: { ...tinySet.hub, dataset: 'owner/other' } };
    const { outcome } = await fetchTiny(hub, folder.path, { sets: [tinySet, other] });
    expect(outcome.error).toBeUndefined();
    expect(holdsTiny(tiny)).toBe(true);
  });
});

describe('trouble that passes', () => {
  test('429 with Retry-After is waited for', async () => {
    hub.fault = ({ url }, count) =>
      url.includes('/tree/') && count === 0 ? { status: 429, headers: { 'retry-after': '1' } } : undefined;
    const started = Date.now();
    expect((await fetchTiny(hub, folder.path)).outcome.error).toBeUndefined();
    expect(Date.now() - started).toBeGreaterThanOrEqual(990);
  });

  test('a server that asks for an hour is not waited for', async () => {
    hub.fault = () => ({ status: 429, headers: { 'retry-after': '3600' } });
    const { outcome } = await fetchTiny(hub, folder.path);
    expect(outcome.error).toMatchObject({ code: 'FETCH_FAILED' });
    expect(outcome.error?.message).toContain('60 minutes');
  });

  test('500 and 503 pass, in the listing, at the redirect and behind it', async () => {
    hub.fault = ({ server }, count) => (count < 1 ? { status: server === 'hub' ? 500 : 503 } : undefined);
    expect((await fetchTiny(hub, folder.path)).outcome.error).toBeUndefined();
    expect(holdsTiny(tiny)).toBe(true);
  });

  test('500 for ever ends, with what to do', async () => {
    hub.fault = ({ server }) => (server === 'cdn' ? { status: 500 } : undefined);
    const { outcome } = await fetchTiny(hub, folder.path);
    expect(outcome.error).toMatchObject({ code: 'FETCH_FAILED' });
    expect(outcome.error?.message).toMatch(/answers 500 \(4 attempts\)/);
  });

  test('a link that has expired is asked for anew', async () => {
    hub.fault = ({ server }, count) => (server === 'cdn' && count === 0 ? { status: 403 } : undefined);
    expect((await fetchTiny(hub, folder.path)).outcome.error).toBeUndefined();
  });

  test('connections cut at random bytes are resumed in the same run, and nothing comes twice', async () => {
    let state = 7;
    const random = (below: number) => {
      state = (state * 48271) % 2147483647;
      return state % below;
    };
    hub.fault = ({ server }, count) => (server === 'cdn' && count < 6 ? { cutAfter: 1 + random(40_000) } : undefined);
    const { outcome, notes } = await fetchTiny(hub, folder.path);
    expect(outcome.error).toBeUndefined();
    expect(holdsTiny(tiny)).toBe(true);
    expect(notes.arrived).toBe(outcome.files.reduce((sum, { bytes }) => sum + bytes, 0));
    const resumed = hub.seen.filter(({ server, range }) => server === 'cdn' && range !== undefined);
    expect(resumed.length).toBeGreaterThan(3);
    expect(resumed.every(({ ifRange }) => ifRange !== undefined)).toBe(true);
  });

  test('connections that never bring anything end after some attempts', async () => {
    hub.fault = ({ server }) => (server === 'cdn' ? { cutAfter: 0 } : undefined);
    const { outcome } = await fetchTiny(hub, folder.path);
    expect(outcome.error).toMatchObject({ code: 'FETCH_FAILED' });
    expect(hub.seen.filter(({ server }) => server === 'cdn').length).toBeLessThanOrEqual(8);
  });

  test('a server without ranges begins over', async () => {
    hub.fault = ({ server }, count) =>
      server !== 'cdn' ? undefined : count === 0 ? { cutAfter: 30_000 } : { ignoreRange: true };
    const { outcome, notes } = await fetchTiny(hub, folder.path);
    expect(outcome.error).toBeUndefined();
    expect(notes.notes.join()).not.toContain('fetched again');
    expect(holdsTiny(tiny)).toBe(true);
  });

  test('a body that stalls is given up and resumed', async () => {
    hub.fault = ({ server }, count) => (server === 'cdn' && count === 0 ? { stallAfter: 20_000 } : undefined);
    const { outcome } = await fetchTiny(hub, folder.path, { environment: { HF_HUB_DOWNLOAD_TIMEOUT: '0.3' } });
    expect(outcome.error).toBeUndefined();
    expect(holdsTiny(tiny)).toBe(true);
    expect(hub.seen.some(({ range }) => range === 'bytes=20000-')).toBe(true);
  });

  test('nobody at the endpoint', async () => {
    await hub.close();
    const { outcome } = await fetchTiny(hub, folder.path);
    expect(outcome.error).toMatchObject({ code: 'FETCH_FAILED' });
    expect(outcome.error?.message).toContain('refuses the connection');
    expect(existsSync(tiny)).toBe(false);
  });
});

describe('content that is wrong', () => {
  const wrong = Buffer.from(tinyFiles[firstFile]);
  wrong[5] = (wrong[5] ?? 0) ^ 1;
  const path = `/blobs/${sha256(tinyFiles[firstFile])}`;

  test.for([
    ['hash', { content: wrong }],
    ['size, shorter', { content: wrong.subarray(0, 1000) }],
    ['size, longer', { content: Buffer.concat([wrong, wrong]) }],
    ['size, announced', { headers: { 'content-length': '12' } }],
  ] as const)('once (%s): fetched once more from the beginning', async ([, fault]) => {
    hub.fault = ({ url }, count) => (url.startsWith(path) && count === 0 ? fault : undefined);
    const { outcome, notes } = await fetchTiny(hub, folder.path);
    expect(outcome.error).toBeUndefined();
    expect(holdsTiny(tiny)).toBe(true);
    expect(notes.notes.join('\n')).toContain('fetched again from the beginning');
  });

  test('always: a coded error, and nothing of it is visible', async () => {
    hub.fault = ({ url }) => (url.startsWith(path) ? { content: wrong } : undefined);
    const { outcome } = await fetchTiny(hub, folder.path);
    expect(outcome.error).toMatchObject({ code: 'FETCH_CORRUPT', exitStatus: 3 });
    expect(hub.seen.filter(({ url }) => url.startsWith(path)).length).toBe(2);
    expect(existsSync(join(tiny, firstFile))).toBe(false);
  });

  test('another size at the redirect is noticed before anything is downloaded', async () => {
    hub.fault = ({ server, url }) =>
      server === 'hub' && url.includes('resolve') ? { headers: { 'x-linked-size': '1' } } : undefined;
    const { outcome } = await fetchTiny(hub, folder.path);
    expect(outcome.error).toMatchObject({ code: 'FETCH_CORRUPT' });
    expect(hub.seen.some(({ range }) => range !== undefined)).toBe(false);
  });

  test('a small file is held to the hash that git has of it', async () => {
    const rows = Buffer.from('{"id":"1"}\n{"id":"3"}\n');
    expect(gitSha1(rows)).not.toBe(gitSha1(tinyFiles['rows.jsonl']));
    hub.fault = ({ url }) => (url.endsWith('rows.jsonl') ? { content: rows } : undefined);
    expect((await fetchTiny(hub, folder.path)).outcome.error).toMatchObject({ code: 'FETCH_CORRUPT' });
    expect(existsSync(join(tiny, 'rows.jsonl'))).toBe(false);
  });

  test('what an earlier run left wrong costs one more download, not the fetch', async () => {
    await stopHalfWay();
    const partials = filesBelow(join(tiny, '.fetching')).filter((name) => name.endsWith('.partial'));
    expect(partials.length).toBe(2);
    for (const name of partials) writeFileSync(join(tiny, '.fetching', name), Buffer.alloc(40_000));
    hub.fault = () => undefined;
    const { outcome, notes } = await fetchTiny(hub, folder.path);
    expect(outcome.error).toBeUndefined();
    expect(notes.kept).toBe(80_000);
    expect(holdsTiny(tiny)).toBe(true);
  });
});

describe('names in the listing', () => {
  const entry = (path: string) => ({ type: 'file', oid: '3'.repeat(40), size: 3, path });
  test.for([
    '../evil.parquet',
    'data/..\\..\\evil.parquet',
    'data/test-\u0000.parquet',
    'data/..',
    '/etc/x.parquet',
    'C:/x.parquet',
    '.fetching/x.parquet',
  ])('%j leads nowhere', async (path) => {
    const evil = await tinyHub({ extraEntries: [entry(path)] });
    const sets = [{ ...tinySet, hub: { ...tinySet.hub, files: ['*/*', '*.parquet', '/*/*', '*'] } }];
    const { outcome } = await fetchTiny(evil, folder.path, { sets });
    expect(outcome.error).toMatchObject({ code: 'FETCH_FAILED' });
    expect(filesBelow(folder.path)).toEqual([]);
    expect(evil.seen.some(({ url }) => url.includes('resolve'))).toBe(false);
    await evil.close();
  });
});

test('a file that is listed twice is not fetched into one place from two sides', async () => {
  const twice = await tinyHub({
    extraEntries: [{ type: 'file', oid: '3'.repeat(40), size: 3, path: 'rows.jsonl' }],
  });
  const { outcome } = await fetchTiny(twice, folder.path);
  expect(outcome.error).toMatchObject({ code: 'FETCH_FAILED', message: expect.stringContaining('twice') });
  expect(filesBelow(folder.path)).toEqual([]);
  await twice.close();
});

test('what the hub calls its files cannot steer a terminal', async () => {
  const steering = await tinyHub({
    extraEntries: [{ type: 'file', oid: '3'.repeat(40), size: 3, path: 'a\u001b[2J.txt' }],
  });
  const sets = [{ ...tinySet, hub: { ...tinySet.hub, files: ['none.csv'] } }];
  const { outcome } = await fetchTiny(steering, folder.path, { sets });
  expect(outcome.error?.hint).toContain('a\\u001b[2J.txt');
  expect(outcome.error?.hint).not.toContain('\u001b');
  await steering.close();
});

describe('the user’s hub cache', () => {
  function layOutCache(files: Readonly<Record<string, Buffer>>, commit = firstCommit): string {
    const cache = join(folder.path, 'hf/hub/datasets--owner--tiny');
    for (const [path, content] of Object.entries(files)) {
      const blob = join(cache, 'blobs', path.endsWith('.parquet') ? sha256(content) : gitSha1(content));
      mkdirSync(join(cache, 'blobs'), { recursive: true });
      writeFileSync(blob, content);
      const snapshot = join(cache, 'snapshots', commit, path);
      mkdirSync(join(snapshot, '..'), { recursive: true });
      symlinkSync(blob, snapshot);
    }
    return cache;
  }
  const needed = Object.fromEntries(wantedFiles.map((path) => [path, tinyFiles[path as keyof typeof tinyFiles]]));

  test('gives what it has, without a download', async () => {
    layOutCache(needed);
    const { outcome } = await fetchTiny(hub, folder.path);
    expect(outcome.files.map(({ from }) => from)).toEqual(['cache', 'cache', 'cache']);
    expect(downloads()).toEqual([]);
    expect(holdsTiny(tiny)).toBe(true);
  });

  test('with a damaged file is not believed, and stays as it is', async () => {
    const cache = layOutCache(needed);
    const blob = join(cache, 'blobs', sha256(tinyFiles[firstFile]));
    const damaged = Buffer.alloc(tinyFiles[firstFile].length);
    writeFileSync(blob, damaged);
    const { outcome } = await fetchTiny(hub, folder.path);
    expect(outcome.files.map(({ from }) => from)).toEqual(['downloaded', 'cache', 'cache']);
    expect(holdsTiny(tiny)).toBe(true);
    expect(readFileSync(blob).equals(damaged)).toBe(true);
  });

  test('is enough offline, where it is complete', async () => {
    layOutCache(needed);
    const { outcome } = await fetchTiny(hub, folder.path, { environment: { HF_HUB_OFFLINE: '1' } });
    expect(outcome.error).toBeUndefined();
    expect(holdsTiny(tiny)).toBe(true);
    expect(hub.seen).toEqual([]);
  });

  test('offline, what is missing is listed and nothing is asked', async () => {
    layOutCache({ 'rows.jsonl': tinyFiles['rows.jsonl'] });
    const { outcome } = await fetchTiny(hub, folder.path, { environment: { HF_HUB_OFFLINE: 'true' } });
    expect(outcome.error).toMatchObject({ code: 'FETCH_OFFLINE', exitStatus: 2 });
    expect(outcome.error?.message).toContain('data/test-*.parquet');
    expect(hub.seen).toEqual([]);
  });

  test('offline, a fetch that was complete stays complete', async () => {
    await fetchTiny(hub, folder.path);
    const before = hub.seen.length;
    expect((await fetchTiny(hub, folder.path, { environment: { HF_HUB_OFFLINE: '1' } })).outcome.error).toBeUndefined();
    expect(hub.seen.length).toBe(before);
  });
});

test('a refusal keeps what arrived; only a part that the server does not have begins anew', async () => {
  await stopHalfWay();
  hub.fault = ({ server, range }) => (server === 'cdn' && range !== undefined ? { status: 400 } : undefined);
  expect((await fetchTiny(hub, folder.path)).outcome.error).toMatchObject({ code: 'FETCH_FAILED' });
  hub.fault = ({ server, range }) =>
    server === 'cdn' && range !== undefined
      ? { status: 302, headers: { location: 'ftp://portal.example' } }
      : undefined;
  expect((await fetchTiny(hub, folder.path)).outcome.error).toMatchObject({ code: 'FETCH_FAILED' });
  hub.fault = ({ server, range }) => (server === 'cdn' && range !== undefined ? { status: 416 } : undefined);
  const { outcome, notes } = await fetchTiny(hub, folder.path);
  expect(outcome.error).toBeUndefined();
  expect(notes.kept).toBe(100_000);
  expect(holdsTiny(tiny)).toBe(true);
});

test('half a record of a killed process goes; a record that is none is told and leaves nothing else behind', async () => {
  await fetchTiny(hub, folder.path);
  writeFileSync(join(tiny, 'fetched.json.12-abcd.tmp'), '{"for');
  expect((await fetchTiny(hub, folder.path)).outcome.error).toBeUndefined();
  expect(holdsTiny(tiny)).toBe(true);
  writeFileSync(join(tiny, 'fetched.json'), '{"format":1}');
  expect((await fetchTiny(hub, folder.path)).outcome.error).toMatchObject({ code: 'RECORD_INVALID' });
  expect(existsSync(join(tiny, '.fetching'))).toBe(false);
});

test('a second fetch into the same folder is turned away', async () => {
  const lock = acquireRunLock(join(tiny, '.fetching/lock'));
  const { outcome } = await fetchTiny(hub, folder.path);
  expect(outcome.error).toMatchObject({ code: 'FETCH_LOCKED' });
  lock.release();
  expect((await fetchTiny(hub, folder.path)).outcome.error).toBeUndefined();
});

test('what cannot fit on the disk is not begun', async () => {
  const entry = {
    type: 'file',
    size: 2 ** 52,
    lfs: { oid: '4'.repeat(64), size: 2 ** 52, pointerSize: 1 },
    path: 'data/test-9.parquet',
  };
  const huge = await tinyHub({ extraEntries: [entry] });
  await expect(fetchTiny(huge, folder.path)).rejects.toMatchObject({ code: 'DISK_FULL' });
  expect(huge.seen.some(({ url }) => url.includes('resolve'))).toBe(false);
  await huge.close();
});

test('a stop keeps what arrived; the next run goes on behind it', async () => {
  await stopHalfWay();
  expect(filesBelow(tiny).filter((path) => path.startsWith('data/'))).toEqual([]);
  hub.fault = () => undefined;
  const { outcome, notes } = await fetchTiny(hub, folder.path);
  expect(outcome.error).toBeUndefined();
  expect(notes.kept).toBe(100_000);
  expect(holdsTiny(tiny)).toBe(true);
});
