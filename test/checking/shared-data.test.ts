import { expect, test } from 'vitest';
import { benchmarks } from '../../benchmarks/index.ts';
import type { CheckedData } from '../../src/checking/check-data.ts';
import { describeShared, sharedPath } from '../shared-data.ts';
import { check, notes, wrong } from './check-kit.ts';

const files = [
  'data/mathverse/testmini_text_only.json',
  'data/mathvision/test.jsonl',
  'data/mathvista/testmini.json',
  'data/wemath/testmini.json',
  'data/dynamath/10trials',
];

function wrongSubjects(checked: CheckedData): string[] {
  return [...new Set(wrong(checked).map(({ subject }) => subject))];
}

describeShared('published rows', files, () => {
  test('are as published in counts, ids, golds and options; what is not here is said', {
    timeout: 120_000,
  }, async () => {
    const checked = await check([], { dataRoot: sharedPath('data') });
    const told = Object.fromEntries(checked.map((data) => [`${data.benchmark}:${data.selection}`, data]));
    expect(Object.fromEntries(Object.entries(told).map(([name, data]) => [name, wrongSubjects(data)]))).toEqual({
      // A subset, under a name of its own.
      'mathverse:testmini': ['counts', 'ids'],
      'mathverse:text-only': [],
      'mathvision:test': ['images'],
      'mathvision:testmini': [],
      'mathvista:testmini': ['images'],
      'wemath:testmini': [],
      'dynamath:all': ['images'],
    });
    expect(wrong(told['mathverse:testmini']!)[0]?.detail).toBe('480 rows, 3,460 rows fewer than the 3,940 published');
    expect(told['dynamath:all']?.images).toEqual({ images: 5010, missing: 4509, unreadable: 0 });
    const details = (name: string) => notes(told[name]!).map(({ detail, examples }) => `${detail}: ${examples[0]}`);
    expect(details('mathvision:test').join()).toContain('as published: 2830: its gold has a form feed');
    expect(details('mathvista:testmini').join()).toContain('as published: 781: two of its options');
    expect(details('wemath:testmini').join()).toContain('238 images are JPEG named .png');
    expect(details('mathverse:text-only').join()).toContain('text-only-443 = text-only-446');
  });

  test('published figures fit each other and the facets that are declared', () => {
    for (const { name, facets, splits, published = {} } of benchmarks) {
      for (const [split, one] of Object.entries(published)) {
        expect(one.rows, name).toBe(splits[split]?.parts.reduce((sum, { rows }) => sum + rows, 0));
        expect(facets).toEqual(expect.arrayContaining(Object.keys(one.facets)));
        expect(new Set(one.ids).size, name).toBe(one.ids?.length ?? 0);
        for (const [facet, counts] of Object.entries(one.facets)) {
          const sum = Object.values(counts).reduce((total, count) => total + count, 0);
          // Rows may have several skills.
          if (facet !== 'skills') expect([name, split, facet, sum]).toEqual([name, split, facet, one.rows]);
        }
      }
    }
  });
});
