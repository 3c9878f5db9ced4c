import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { benchmarks } from '../../benchmarks/index.ts';
import type { CheckedData } from '../../src/checking/check-data.ts';
import { checkSelections, wantedData } from '../../src/checking/check-selections.ts';
import type { Finding } from '../../src/checking/finding.ts';
import { createLooker } from '../../src/cli/image-looker.ts';
import { gradeResponse } from '../../src/grading/grade-response.ts';
import type { Benchmark } from '../../src/problems/define-benchmark.ts';
import { loadProblems } from '../../src/problems/load-problems.ts';
import type { PublishedSplit } from '../../src/problems/published.ts';

const limits = { minPixels: 262_144, maxPixels: 1_003_520, maxImages: 1 };

/** A folder that is removed when the test ends. */
export function folderForTest(): string {
  const folder = mkdtempSync(join(tmpdir(), 'synthrl-check-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A data root with copies of the built-in samples. */
export function sampleRoot(...names: string[]): string {
  const root = folderForTest();
  for (const name of names) {
    cpSync(join(import.meta.dirname, '../../benchmarks', name, 'sample'), join(root, name), { recursive: true });
  }
  return root;
}

export interface CheckOptions {
  readonly dataRoot: string;
  readonly named?: Readonly<Record<string, string>>;
  readonly registry?: readonly Benchmark[];
  readonly images?: 'decode' | 'headers' | 'none';
  readonly environment?: Readonly<Record<string, string>>;
}

/** Checks with the real grader and real images; other programs' data is not looked at. */
export async function check(words: readonly string[], options: CheckOptions): Promise<CheckedData[]> {
  const { dataRoot, registry = benchmarks, images = 'headers', named = {} } = options;
  const cacheRoot = folderForTest();
  const looker = images === 'none' ? undefined : createLooker(images, cacheRoot, limits, () => undefined);
  const nowhere = join(cacheRoot, 'nowhere');
  const environment = { LMUData: nowhere, HF_HOME: nowhere, ...options.environment };
  return checkSelections(
    wantedData(words, registry),
    ({ name }) => {
      const own = named[name];
      const where = { dataRoot, cacheRoot, registry, environment };
      return own === undefined ? where : { ...where, named: own };
    },
    { grade: gradeResponse, fetchOptions: '', ...(looker === undefined ? {} : { looker }) },
    () => undefined,
  );
}

/** Checks a single thing. */
export async function checkOne(word: string, options: CheckOptions): Promise<CheckedData> {
  const [checked] = await check([word], options);
  if (checked === undefined) throw new Error(`nothing checked for ${word}`);
  return checked;
}

export function wrong({ findings }: CheckedData): Finding[] {
  return findings.filter(({ state }) => state === 'wrong');
}

export function notes({ findings }: CheckedData): Finding[] {
  return findings.filter(({ state }) => state === 'note');
}

/** Benchmarks whose publication is the built-in sample of one. */
export async function publishedAsSample(name: string): Promise<{ registry: Benchmark[]; published: PublishedSplit }> {
  const declared = benchmarks.find((benchmark) => benchmark.name === name);
  if (declared === undefined) throw new Error(`no benchmark ${name}`);
  const named = join(import.meta.dirname, '../../benchmarks', name, 'sample');
  const { problems } = await loadProblems(
    declared,
    { split: undefined, facets: {}, text: '' },
    { dataRoot: '', named },
  );
  const facets: Record<string, Record<string, number>> = {};
  for (const facet of declared.facets) {
    const counts: Record<string, number> = {};
    for (const problem of problems) {
      for (const value of problem.facets[facet] ?? []) counts[value] = (counts[value] ?? 0) + 1;
    }
    facets[facet] = counts;
  }
  const { idOf, slips } = declared.published?.[declared.defaultSplit] ?? {};
  const published: PublishedSplit = {
    rows: problems.length,
    ids: problems.map(({ id }) => id),
    facets,
    copies: [],
    ...(idOf === undefined ? {} : { idOf }),
    ...(slips === undefined ? {} : { slips }),
  };
  const benchmark = { ...declared, published: { [declared.defaultSplit]: published } };
  return { registry: [benchmark], published };
}

/** Changes the lines of a JSON Lines file. */
export function editLines(path: string, edit: (lines: string[]) => string[]): void {
  writeFileSync(path, `${edit(readFileSync(path, 'utf8').trim().split('\n')).join('\n')}\n`);
}
