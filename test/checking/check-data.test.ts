import { copyFileSync, readFileSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { benchmarks } from '../../benchmarks/index.ts';
import type { Benchmark } from '../../src/problems/define-benchmark.ts';
import type { PublishedSplit } from '../../src/problems/published.ts';
import { check, checkOne, editLines, notes, publishedAsSample, sampleRoot, wrong } from './check-kit.ts';

const names = benchmarks.map(({ name }) => name);

test.for(names)('the sample of %s: as published where it is what is published', { timeout: 60_000 }, async (name) => {
  const { registry } = await publishedAsSample(name);
  const dataRoot = sampleRoot(name);
  // Slips that our sample imitates stand under other ids than the published ones.
  const [checked] = await check([`${name}:${registry[0]?.defaultSplit}`], { dataRoot, registry, images: 'decode' });
  const found = wrong(checked!).map(({ subject, examples }) => [subject, examples[0]]);
  expect(found).toEqual(name === 'mathvision' ? [['golds', expect.stringContaining('\\frac{3}{4}')]] : []);
  expect(checked).toMatchObject({ form: 'official', rows: registry[0]?.published?.[checked!.selection]?.rows });
  expect(checked?.dataHash).toMatch(/^[0-9a-f]{64}$/);
});

test('the samples of all nine are told from what is published, each with what mends it', {
  timeout: 60_000,
}, async () => {
  const dataRoot = sampleRoot(...names);
  const checked = await check([], { dataRoot, images: 'none' });
  expect([...new Set(checked.map(({ benchmark }) => benchmark))]).toEqual(names);
  expect(checked.map(({ benchmark, selection }) => `${benchmark}:${selection}`)).toContain('mathverse:text-only');
  for (const data of checked) {
    const counts = wrong(data).filter(({ subject }) => subject === 'counts');
    expect(counts[0]?.detail, data.benchmark).toMatch(/^[\d,]+ rows, [\d,]+ rows fewer than the [\d,]+ published$/);
    const mend = data.benchmark === 'logicvista' ? 'Restore ' : `then run: synthrl data fetch ${data.benchmark}`;
    expect(counts[0]?.mend).toContain(mend);
  }
  // Only the first five are missed where they are not there.
  const missed = await check([], { dataRoot: join(dataRoot, 'nothing'), images: 'none' });
  expect(missed.map(({ benchmark, findings }) => [benchmark, findings[0]?.detail.split(':')[0]])).toEqual(
    names.slice(0, 5).map((name) => [name, 'DATA_NOT_FOUND']),
  );
});

describe('damaged copies', () => {
  let registry: Benchmark[];
  let published: PublishedSplit;
  const rowsFile = 'mathvision/test.jsonl';
  beforeAll(async () => {
    const sample = await publishedAsSample('mathvision');
    // The sample's own broken gold is known here, as the published one is.
    published = { ...sample.published, slips: { '4': 'a form feed' } };
    registry = sample.registry.map((one) => ({ ...one, published: { test: published } }));
  });

  async function damaged(damage: (root: string) => void, images: 'decode' | 'headers' | 'none' = 'headers') {
    const dataRoot = sampleRoot('mathvision');
    damage(dataRoot);
    const checked = await checkOne('mathvision:test', { dataRoot, registry, images });
    return { checked, found: wrong(checked), dataRoot };
  }

  test('an undamaged one has notes only', async () => {
    const { checked, found } = await damaged(() => undefined, 'decode');
    expect(found).toEqual([]);
    expect(notes(checked).map(({ examples }) => examples)).toContainEqual(['4: a form feed']);
    expect(checked.images).toEqual({ images: 32, missing: 0, unreadable: 0 });
  });

  test('removed rows: how many, of which facet values, under which ids', async () => {
    const { found } = await damaged((root) => editLines(join(root, rowsFile), (lines) => lines.slice(2)));
    expect(found[0]).toMatchObject({ subject: 'counts', detail: '30 rows, 2 rows fewer than the 32 published' });
    const bySubject = found.find(({ detail }) => detail.includes('of subject'));
    expect(bySubject).toMatchObject({ count: 1, examples: ['arithmetic: 0 of 2'] });
    expect(found.find(({ subject }) => subject === 'ids')).toMatchObject({ count: 2, examples: ['1', '2'] });
    expect(found.every(({ mend }) => mend?.includes('data fetch mathvision') === true)).toBe(true);
  });

  test('a row twice, under its own id and under another', async () => {
    const twice = await damaged((root) => editLines(join(root, rowsFile), (lines) => [...lines, lines[0] ?? '']));
    const ids = twice.found.find(({ subject }) => subject === 'ids');
    expect(ids?.examples).toEqual([expect.stringMatching(/^1 \(.*test\.jsonl:1; .*test\.jsonl:33\)$/)]);
    expect(twice.found[0]?.detail).toBe('33 rows, 1 row more than the 32 published');
    const renamed = await damaged((root) =>
      editLines(join(root, rowsFile), (lines) => [
        lines[0] ?? '',
        ...lines.slice(0, 1).map(asSecond),
        ...lines.slice(2),
      ]),
    );
    expect(renamed.found).toContainEqual(expect.objectContaining({ subject: 'copies', examples: ['1 = 2'] }));
    const unknown = await damaged((root) =>
      editLines(join(root, rowsFile), (lines) => lines.map((line) => line.replace('"id":"32"', '"id":"3200"'))),
    );
    expect(unknown.found.map(({ detail }) => detail)).toEqual([
      '1 row has an id that is not published',
      '1 published id without a row',
    ]);
  });

  test('golds: lost, damaged, beyond the options; other bad rows and lines are all listed', async () => {
    const { checked, found } = await damaged((root) =>
      editLines(join(root, rowsFile), (lines) => {
        const edited = lines.map((line, index) => {
          const row = JSON.parse(line) as { options: string[]; answer: unknown; level: unknown };
          if (index === 0) row.answer = '';
          if (index === 7 || index === 8) row.level = 9;
          if (index === 9) row.answer = 17;
          if (row.options.length > 0 && row.options[0] !== 'A' && index > 9) row.answer = 'F';
          return JSON.stringify(row);
        });
        return [...edited, '{"id": "33", "quest'];
      }),
    );
    expect(found[0]).toMatchObject({ subject: 'rows', count: 4 });
    expect(found[0]?.examples).toEqual([
      expect.stringMatching(/test\.jsonl:33 is not a line of JSON/),
      expect.stringMatching(/test\.jsonl:8 is not a row of MATH-Vision: at "level"/),
      expect.stringMatching(/test\.jsonl:9 is not a row of MATH-Vision: at "level"/),
      expect.stringMatching(/test\.jsonl:10 is not a row of MATH-Vision: at "answer"/),
    ]);
    const of = (subject: string) => found.filter((finding) => finding.subject === subject);
    expect(of('golds').flatMap(({ examples }) => examples)).toContainEqual(expect.stringMatching(/^1: "" \(.*:1\)$/));
    expect(of('choices')[0]?.examples[0]).toMatch(/"F" of 5 options/);
    expect(checked.rows).toBe(29);
  });

  test('images: missing, cut, a page, a drawing, nothing, named as another format', async () => {
    const image = (root: string, id: number) => join(root, `mathvision/images/${id}.jpg`);
    const { checked, found } = await damaged((root) => {
      rmSync(image(root, 1));
      truncateSync(image(root, 2), Math.floor(readFileSync(image(root, 2)).length / 2));
      writeFileSync(image(root, 3), '<!DOCTYPE html><html><body>404</body></html>');
      writeFileSync(image(root, 5), '<svg xmlns="http://www.w3.org/2000/svg"/>');
      writeFileSync(image(root, 6), '');
      copyFileSync(join(import.meta.dirname, '../../benchmarks/wemath/sample/2steps/image/1-1.png'), image(root, 7));
    }, 'decode');
    expect(checked.images).toEqual({ images: 32, missing: 1, unreadable: 4 });
    expect(found.map(({ detail }) => detail)).toEqual(['1 of 32 images are missing', '4 of 32 images cannot be read']);
    expect(found[0]?.examples).toEqual([expect.stringMatching(/images\/1\.jpg$/)]);
    const said = found[1]?.examples.join('\n');
    for (const what of [
      '2.jpg cannot be decoded',
      '3.jpg is an HTML page',
      '5.jpg is an SVG drawing',
      '6.jpg is empty',
    ]) {
      expect(said).toContain(what);
    }
    expect(found[0]?.mend).toMatch(/^Get the images from https:.*Or: Move .*synthrl data fetch mathvision$/);
    expect(notes(checked).map(({ detail }) => detail)).toContain('1 image is PNG named .jpg, which does no harm');
  });

  test('without opening images, those that are not there are still missed', async () => {
    const { checked, found } = await damaged(
      (root) => rmSync(join(root, 'mathvision/images'), { recursive: true }),
      'none',
    );
    expect(found.map(({ detail }) => detail)).toEqual(['32 of 32 images are missing']);
    expect(checked.images).toEqual({ images: 32, missing: 32, unreadable: 0 });
  });

  test('ratings beside the data: of these problems, of others, and none', async () => {
    const rating = (id: string) => ({ id, rating: 1000, rank: 1, lower_ci: 990, upper_ci: 1010 });
    const write = (root: string, ids: readonly string[]) =>
      writeFileSync(join(root, 'mathvision/samples_with_ratings.json'), JSON.stringify(ids.map(rating)));
    const own = await damaged((root) => write(root, published.ids ?? []));
    expect([own.found, own.checked.ratings]).toMatchObject([[], { ratings: 32, rated: 32 }]);
    const some = await damaged((root) => write(root, ['1', '2']));
    expect(some.found).toEqual([]);
    expect(notes(some.checked)).toContainEqual(expect.objectContaining({ subject: 'ratings', count: 30 }));
    const others = await damaged((root) => write(root, ['2steps_1@2steps_1']));
    expect(others.found).toMatchObject([{ subject: 'ratings', mend: expect.stringContaining('Remove ') }]);
    const broken = await damaged((root) =>
      writeFileSync(join(root, 'mathvision/samples_with_ratings.json'), '[{"id":'),
    );
    expect(broken.found).toMatchObject([{ subject: 'ratings', detail: expect.stringContaining('is not JSON') }]);
  });

  test('another data set in its place, and two forms of it', async () => {
    const dataRoot = sampleRoot('mathvision', 'wemath');
    copyFileSync(join(dataRoot, 'wemath/testmini.json'), join(dataRoot, 'mathvision/test.jsonl'));
    const foreign = wrong(await checkOne('mathvision:test', { dataRoot }));
    expect(foreign).toMatchObject([
      { subject: 'rows', count: 1, examples: [expect.stringContaining('test.jsonl:1 is')] },
    ]);
    const named = { mathvision: join(dataRoot, 'wemath/testmini.json') };
    const [rows] = wrong(await checkOne('mathvision', { dataRoot, named }));
    expect(rows).toMatchObject({ subject: 'rows', count: 30 });
    expect(rows?.examples[0]).toMatch(/testmini\.json, row 1 is not a row of MATH-Vision.*like a row of We-Math/);

    const both = sampleRoot('mathvision');
    const table = ['index\timage\tquestion\tanswer\tchoices\tcategory', '1\tiVBORw0KGgo=\tWhat?\t2\t[]\talgebra'];
    writeFileSync(join(both, 'mathvision/MathVision.tsv'), `${table.join('\n')}\n`);
    const [ambiguous] = wrong(await checkOne('mathvision:test', { dataRoot: both }));
    expect(ambiguous?.detail).toMatch(/^DATA_AMBIGUOUS: .*more than once/);
    expect(ambiguous?.mend).toMatch(/^Choose with --data mathvision=/);
  });
});

function asSecond(line: string): string {
  return line.replace('"id":"1"', '"id":"2"');
}

test('what mends it: the hub where another place was read or files were fetched, else the file out of the way', async () => {
  const dataRoot = sampleRoot('mathvision');
  const mendOf = async (where: Parameters<typeof checkOne>[1]) =>
    wrong(await checkOne('mathvision:test', { images: 'none', ...where }))[0]?.mend;
  const path = join(dataRoot, 'mathvision/test.jsonl');
  expect(await mendOf({ dataRoot })).toBe(`Move ${path} away, then run: synthrl data fetch mathvision`);
  const elsewhere = { dataRoot: join(dataRoot, 'none'), named: { mathvision: path } };
  expect(await mendOf(elsewhere)).toBe(`Restore ${path}, or leave out --data and run: synthrl data fetch mathvision`);
  writeFileSync(join(dataRoot, 'mathvision/fetched.json'), '{}');
  expect(await mendOf({ dataRoot })).toBe('synthrl data fetch mathvision --verify');
});

test('facet values: rows are those of the value; other facets are not compared', async () => {
  const { registry } = await publishedAsSample('dynamath');
  const dataRoot = sampleRoot('dynamath');
  const [one] = await check(['dynamath:variant=1'], { dataRoot, registry });
  expect([one?.rows, one?.published, wrong(one!)]).toEqual([4, 4, []]);
  rmSync(join(dataRoot, 'dynamath/10trials/trial3'), { recursive: true });
  expect(wrong((await check(['dynamath:variant=1|2'], { dataRoot, registry }))[0]!)).toEqual([]);
  const all = wrong(await checkOne('dynamath', { dataRoot, registry }));
  expect(all).toMatchObject([{ subject: 'data', detail: expect.stringContaining('variant 3') }]);
});

test('MathVerse: an index that is not that of its problem and version', async () => {
  const dataRoot = sampleRoot('mathverse');
  const { registry } = await publishedAsSample('mathverse');
  const path = join(dataRoot, 'mathverse/testmini.json');
  const rows = JSON.parse(readFileSync(path, 'utf8')) as { sample_index: string }[];
  [rows[0]!.sample_index, rows[1]!.sample_index] = [rows[1]!.sample_index, rows[0]!.sample_index];
  writeFileSync(path, JSON.stringify(rows));
  const found = wrong(await checkOne('mathverse:testmini', { dataRoot, registry }));
  expect(found).toMatchObject([{ subject: 'ids', count: 2 }]);
  expect(found[0]?.examples[0]).toMatch(/^2 should be 1 \(.*row 1\)$/);
});

test('a file that was named without a split is read, and its counts are not compared', async () => {
  const dataRoot = sampleRoot('wemath');
  const named = { wemath: join(dataRoot, 'wemath/testmini.json') };
  const checked = await checkOne('wemath', { dataRoot, named });
  expect([checked.selection, wrong(checked)]).toEqual(['file', []]);
  expect(notes(checked)[0]?.detail).toContain('name one, e.g. wemath:testmini');
  expect(wrong(await checkOne('wemath:testmini', { dataRoot, named }))[0]?.subject).toBe('counts');
});

test('golds that the grader cannot read, and a facet value that nobody published', async () => {
  const { registry } = await publishedAsSample('mathvista');
  const dataRoot = sampleRoot('mathvista');
  const path = join(dataRoot, 'mathvista/testmini.json');
  const rows = JSON.parse(readFileSync(path, 'utf8')) as Record<
    string,
    { answer: string; answer_type: string; question_type: string; metadata: { grade: string } }
  >;
  const [pid, row] = Object.entries(rows).find(
    ([, one]) => one.question_type === 'free_form' && one.answer_type === 'integer',
  )!;
  row.answer = 'a good many';
  row.metadata.grade = 'kindergarten';
  writeFileSync(path, JSON.stringify(rows));
  const found = wrong(await checkOne('mathvista:testmini', { dataRoot, registry }));
  expect(found.find(({ subject }) => subject === 'golds')).toMatchObject({
    count: 1,
    examples: [expect.stringMatching(`^${pid}: "a good many" is undecided by the rule .*key "${pid}"`)],
  });
  expect(found.find(({ subject }) => subject === 'counts')?.examples[0]).toBe('"kindergarten": 1 of none');
});

test('two facets at once: nothing is published of both, so nothing is compared', async () => {
  const { registry } = await publishedAsSample('mathverse');
  const dataRoot = sampleRoot('mathverse');
  const word = 'mathverse:version=Text Lite:subject=Functions';
  const [checked] = await check([word], { dataRoot, registry });
  expect([checked?.rows, checked?.published, wrong(checked!)]).toEqual([2, undefined, []]);
});

test('a file whose name says nothing is checked once, not as every split that it may be', async () => {
  const dataRoot = sampleRoot('mathverse');
  renameSync(join(dataRoot, 'mathverse/testmini.json'), join(dataRoot, 'mathverse/rows.json'));
  rmSync(join(dataRoot, 'mathverse/testmini_text_only.json'));
  const checked = await check(['mathverse'], { dataRoot, images: 'none' });
  expect(checked.map(({ selection }) => selection)).toEqual(['testmini']);
});
