import { createWriteStream, readdirSync, readlinkSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import fc from 'fast-check';
import { afterAll, describe, expect, test, vi } from 'vitest';
import yazl from 'yazl';
import { SynthrlError } from '../../../src/core/errors.ts';
import { ZipFile } from '../../../src/problems/zip/zip-file.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { type MadeMember, makeZip, noise } from './make-zip.ts';

const folder = temporaryFolder();
afterAll(() => folder[Symbol.dispose]());
let files = 0;

const limit = 1_000_000;

function zipOf(bytes: Uint8Array, name = `${files++}.zip`): string {
  const path = join(folder.path, name);
  writeFileSync(path, bytes);
  return path;
}

async function opened(bytes: Uint8Array): Promise<ZipFile> {
  return ZipFile.open(zipOf(bytes));
}

const three: MadeMember[] = [
  { name: 'data/', mode: 0o040755 },
  { name: 'data/testmini.json', content: '[]'.repeat(500) },
  { name: 'data/images/1.png', content: noise('one', 3000), stored: true },
  { name: 'data/images/zwölf.png', content: noise('two', 50_000) },
  { name: 'empty', content: '' },
];

async function expectThree(zip: ZipFile): Promise<void> {
  const contents = await Promise.all([...zip.members.keys()].map((name) => zip.read(name, limit)));
  expect([...zip.members.keys()]).toEqual(three.slice(1).map(({ name }) => name));
  expect([...zip.members.values()].map(({ bytes }) => bytes)).toEqual(contents.map(({ length }) => length));
  for (const [index, content] of contents.entries()) {
    expect(content.equals(Buffer.from(three[index + 1]?.content ?? ''))).toBe(true);
  }
}

describe('members are listed and read', () => {
  test('stored, deflated and empty ones, side by side; folders are passed over', async () => {
    await expectThree(await opened(makeZip(three)));
  });

  test('Zip64, and with a comment', async () => {
    await expectThree(
      await opened(
        makeZip(
          three.map((member) => ({ ...member, zip64: true })),
          { zip64: true },
        ),
      ),
    );
    await expectThree(await opened(makeZip(three, { comment: 'made by hand' })));
  });

  test('as another program writes them, sizes after the content', async () => {
    const path = join(folder.path, 'yazl.zip');
    const zip = new yazl.ZipFile();
    for (const { name, content } of three.slice(1)) zip.addBuffer(Buffer.from(content ?? ''), String(name));
    zip.end({ forceZip64Format: true, comment: '' });
    await pipeline(zip.outputStream, createWriteStream(path));
    await expectThree(await ZipFile.open(path));
  });

  test('a zip without members has none', async () => {
    expect((await opened(makeZip([]))).members.size).toBe(0);
  });

  test('names get one spelling; upper and lower case are two names', async () => {
    const zip = await opened(
      makeZip([{ name: './a//b.png', content: '1' }, { name: 'c\\d.png', content: '2' }, { name: 'A/b.png' }]),
    );
    expect([...zip.members.keys()]).toEqual(['a/b.png', 'c/d.png', 'A/b.png']);
    expect(String(await zip.read('c/d.png', 1))).toBe('2');
  });
});

async function failure(work: Promise<unknown>): Promise<SynthrlError> {
  const error: unknown = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(SynthrlError);
  return error as SynthrlError;
}

describe('members that are not to be trusted refuse the file', () => {
  const bad: [string, MadeMember[], RegExp][] = [
    ['climbing', [{ name: '../evil.png' }], /"\.\.\/evil\.png".*climbs out/],
    ['climbing further in', [{ name: 'a/b/../../../evil' }], /climbs out/],
    ['climbing with backslashes', [{ name: 'a\\..\\..\\evil' }], /climbs out/],
    ['absolute', [{ name: '/etc/passwd' }], /"\/etc\/passwd".*absolute/],
    ['absolute with backslashes', [{ name: '\\\\host\\share' }], /absolute/],
    ['drive', [{ name: 'C:evil.png' }], /drive letter/],
    ['NUL', [{ name: 'a.png\0.txt' }], /NUL/],
    ['nameless', [{ name: '.' }], /without a name/],
    ['long', [{ name: 'a'.repeat(5000) }], /longer/],
    ['twice', [{ name: 'a/b' }, { name: 'a/b' }], /"a\/b" twice/],
    ['twice in two spellings', [{ name: 'a/b' }, { name: 'a\\.\\b' }], /twice/],
    ['link', [{ name: 'l.png', content: '/etc/passwd', mode: 0o120777 }], /"l\.png".*symbolic link/],
    ['device', [{ name: 'd', mode: 0o020666 }], /no plain file/],
    ['encrypted', [{ name: 'e.png', content: 'x', flags: 0x801, method: 8 }], /"e\.png".*encrypted/],
  ];
  test.for(bad)('%s', async ([name, members, message]) => {
    const path = zipOf(makeZip([{ name: 'good.png', content: 'x' }, ...members]), `${name}.zip`);
    const error = await failure(ZipFile.open(path));
    expect(error).toMatchObject({ code: 'DATA_INVALID', message: expect.stringMatching(message) });
    expect(error.message).toContain(path);
  });
});

describe('what is no whole zip file', () => {
  const whole = makeZip(three);
  const bad: [string, Uint8Array, RegExp][] = [
    ['empty', Buffer.alloc(0), /not a whole zip file/],
    ['text', Buffer.from('version https://git-lfs.github.com/spec/v1\n'), /not a whole zip file/],
    ['cut', whole.subarray(0, whole.length - 30), /not a whole zip file/],
    ['its first half gone', whole.subarray(20_000), /not a whole zip file/],
    ['fewer members counted', makeZip(three, { count: 2 }), /goes on after the last/],
    ['more members counted', makeZip(three, { count: 7 }), /not a whole zip file/],
    ['a thousand million members counted', makeZip(three, { zip64: true, count: 1e9 }), /1000000000 members/],
  ];
  test.for(bad)('%s', async ([, bytes, message]) => {
    expect(await failure(opened(bytes))).toMatchObject({
      code: 'DATA_INVALID',
      message: expect.stringMatching(message),
    });
  });

  test('a folder, and nothing at all', async () => {
    expect(await failure(ZipFile.open(folder.path))).toMatchObject({ code: 'DATA_INVALID' });
    expect(await failure(ZipFile.open(join(folder.path, 'no.zip')))).toMatchObject({ code: 'DATA_NOT_FOUND' });
  });
});

describe('content that is not what the list says', () => {
  const zeros = Buffer.alloc(20_000_000);
  const bad: [string, MadeMember, number, RegExp][] = [
    ['larger than the limit', { name: 'm', content: noise('m', 101) }, 100, /too large: 101 bytes/],
    [
      'inflates to more than it states',
      { name: 'm', content: zeros, bytes: 5000 },
      limit,
      /lengths cannot|more than the/,
    ],
    [
      'a bomb that states little',
      { name: 'm', content: zeros.subarray(0, 2_000_000), bytes: 5000 },
      limit,
      /inflates to more than the 5000 bytes/,
    ],
    ['inflates to less', { name: 'm', content: 'abc', bytes: 4 }, limit, /3 bytes instead of 4/],
    ['another checksum', { name: 'm', content: 'abc', crc32: 1 }, limit, /checksum/],
    ['no deflated data', { name: 'm', content: 'abc', compressed: Buffer.alloc(9, 255) }, limit, /damaged/],
    ['padding', { name: 'm', content: 'abc', compressed: Buffer.alloc(9999) }, limit, /lengths cannot be/],
    ['an unknown method', { name: 'm', content: 'abc', method: 12 }, limit, /method 12/],
  ];
  test.for(bad)('%s', async ([, member, limitBytes, message]) => {
    const zip = await opened(makeZip([member, { name: 'good', content: 'good' }]));
    const error = await failure(zip.read('m', limitBytes));
    expect(error).toMatchObject({ code: 'DATA_INVALID', message: expect.stringMatching(message) });
    expect(error.message).toContain(`${zip.path} has the member "m"`);
    expect(String(await zip.read('good', 4))).toBe('good');
  });

  test('a member that is not there', async () => {
    expect((await failure((await opened(makeZip(three))).read('x', limit))).message).toMatch(/has no member "x"/);
  });
});

describe('any damage gives the right bytes or a coded error', () => {
  const small = three.map((member) => ({ ...member, content: Buffer.from(member.content ?? '').subarray(0, 200) }));
  const right = new Map(small.map(({ name, content }) => [name, content]));
  const forms = [
    makeZip(small),
    makeZip(
      small.map((member) => ({ ...member, zip64: true })),
      { zip64: true },
    ),
  ];

  async function readAll(bytes: Uint8Array): Promise<void> {
    const path = zipOf(bytes, `damaged-${files++}.zip`);
    const zip = await ZipFile.open(path).catch(expectCoded);
    for (const name of zip?.members.keys() ?? []) {
      const content = await zip?.read(name, limit).catch(expectCoded);
      // A damaged name is another name: its content is still some member's, whole.
      if (content) expect([...right.values()].some((known) => known.equals(content))).toBe(true);
      if (content && right.has(name)) expect(right.get(name)?.equals(content)).toBe(true);
    }
    zip?.close();
  }

  function expectCoded(error: unknown): undefined {
    expect(error).toBeInstanceOf(SynthrlError);
    expect((error as SynthrlError).code).toBe('DATA_INVALID');
  }

  const anyForm = fc.constantFrom(...forms);
  test('cut anywhere', async () => {
    await fc.assert(
      fc.asyncProperty(anyForm, fc.nat(), async (bytes, at) => readAll(bytes.subarray(0, at % bytes.length))),
      { numRuns: 150 },
    );
  });

  test('bytes changed anywhere', async () => {
    const change = fc.tuple(fc.nat(), fc.integer({ min: 1, max: 255 }));
    await fc.assert(
      fc.asyncProperty(anyForm, fc.array(change, { minLength: 1, maxLength: 4 }), async (bytes, changes) => {
        const damaged = Buffer.from(bytes);
        for (const [at, by] of changes) damaged[at % damaged.length] = (damaged[at % damaged.length] ?? 0) ^ by;
        await readAll(damaged);
      }),
      { numRuns: 400 },
    );
  });

  test('every byte of the list and the end changed', async () => {
    for (const bytes of forms) {
      for (let at = bytes.length - 150; at < bytes.length; at += 1) {
        const damaged = Buffer.from(bytes);
        damaged[at] = (damaged[at] ?? 0) ^ 0xff;
        await readAll(damaged);
      }
    }
  });
});

describe('one descriptor per file and process', () => {
  function descriptors(path: string): number {
    const list = '/proc/self/fd';
    return readdirSync(list).filter((fd) => {
      try {
        return readlinkSync(join(list, fd)).startsWith(path);
      } catch {
        return false;
      }
    }).length;
  }

  test.runIf(process.platform === 'linux')('opened many times at once and one after another', async () => {
    const path = zipOf(makeZip(three), 'many.zip');
    const zips = await Promise.all(Array.from({ length: 50 }, () => ZipFile.open(path)));
    await Promise.all(zips.map((zip) => expectThree(zip)));
    expect(descriptors(path)).toBe(1);
    for (const zip of zips) zip.close();
    await expectThree(await ZipFile.open(path));
    expect(descriptors(path)).toBe(1);
  });

  test.runIf(process.platform === 'linux')('closed some seconds after the last use', async () => {
    const path = zipOf(makeZip(three), 'idle.zip');
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const [one, two] = [await ZipFile.open(path), await ZipFile.open(path)];
      one.close();
      vi.advanceTimersByTime(60_000);
      await expectThree(two);
      expect(descriptors(path)).toBe(1);
      two.close();
      vi.advanceTimersByTime(60_000);
      await vi.waitFor(() => expect(descriptors(path)).toBe(0));
    } finally {
      vi.useRealTimers();
    }
  });

  test('what was opened stays as it was when the file is replaced; a new opening sees the new one', async () => {
    const path = zipOf(makeZip([{ name: 'a', content: 'old' }]), 'replaced.zip');
    const before = await ZipFile.open(path);
    renameSync(zipOf(makeZip([{ name: 'a', content: 'new one' }])), path);
    const after = await ZipFile.open(path);
    expect([String(await before.read('a', 9)), String(await after.read('a', 9))]).toEqual(['old', 'new one']);
  });

  test('closing twice is closing once, and reading after it is a mistake', async () => {
    const path = zipOf(makeZip(three), 'closed.zip');
    const [one, two] = [await ZipFile.open(path), await ZipFile.open(path)];
    one.close();
    one.close();
    await expect(one.read('empty', 9)).rejects.toThrow(/was closed/);
    await expectThree(two);
  });

  test('closing while a member is read lets it be read', async () => {
    const zip = await ZipFile.open(zipOf(makeZip(three), 'underway.zip'));
    const underway = zip.read('data/images/zwölf.png', limit);
    zip.close();
    expect((await underway).length).toBe(50_000);
  });
});
