import { SynthrlError } from '../../core/errors.ts';
import type { Benchmark } from '../define-benchmark.ts';
import type { Wanted } from './choose-tables.ts';
import { knownForms, type Slot } from './known-forms.ts';
import { type LocatedData, type LocatedPart, type RowsFile, ratingsFile } from './located-data.ts';

/** What a zip file holds for one benchmark. */
export interface ZipFinding {
  readonly located?: LocatedData;
  readonly ratings?: RowsFile;
  /** The folder in the zip file that is this benchmark's; undefined where there is none. */
  readonly folder: string | undefined;
  /** Whether there are pictures in it. */
  readonly hasImages: boolean;
}

/**
 * Finds the official files of a benchmark in a zip file that holds one folder per benchmark, at its top or below
 * `data/`. Rows and pictures are read from the zip file itself.
 *
 * @param isNamed - the zip file was named for this benchmark and may be of its data alone
 * @throws {SynthrlError} `DATA_INVALID` for a damaged zip file, `DATA_AMBIGUOUS` where the data is in it twice
 */
export async function locateInZip(
  benchmark: Benchmark,
  wanted: Wanted,
  path: string,
  isNamed: boolean,
): Promise<ZipFinding> {
  const { ZipFile } = await import('../zip/zip-file.ts');
  const zip = await ZipFile.open(path);
  const members: ReadonlySet<string> = new Set(zip.members.keys());
  zip.close();
  const usual = [`data/${benchmark.name}/`, `${benchmark.name}/`];
  const present = usual.filter((prefix) => hasBelow(members, prefix));
  const prefixes = present.length > 0 || !isNamed ? present : placesOfRows(benchmark, wanted, members);
  const complete = prefixes.flatMap((prefix) => partsBelow(benchmark, wanted, { path, members, prefix }) ?? []);
  const [parts, second] = complete;
  if (parts !== undefined && second !== undefined) throw twice(benchmark, wanted, path, prefixes);
  const [folder] = prefixes;
  const ratings = prefixes.map((prefix) => `${prefix}${ratingsFile}`).find((member) => members.has(member));
  return {
    ...(parts === undefined ? {} : { located: { split: wanted.split, parts: parts.parts, path, notes: [] } }),
    ...(ratings === undefined ? {} : { ratings: { path, member: ratings } }),
    folder,
    hasImages: prefixes.some((prefix) => hasBelow(members, `${prefix}images/`)),
  };
}

function partsBelow(
  benchmark: Benchmark,
  wanted: Wanted,
  zip: { path: string; members: ReadonlySet<string>; prefix: string },
): { parts: LocatedPart[] } | undefined {
  const [official] = knownForms(benchmark);
  const parts: LocatedPart[] = [];
  for (const slot of official?.slots ?? []) {
    if (slot.split !== wanted.split || !wanted.isWanted(slot)) continue;
    const files = slot.names.map((name) => membersOf(`${zip.prefix}${name}`, slot, zip.members)).find(isFilled);
    if (files === undefined) return undefined;
    const { shape = 'any', facets, rows } = slot;
    const found = files.map((member) => ({ path: zip.path, member }));
    parts.push({ files: found, form: undefined, shape, facets, rows, members: zip.members });
  }
  return parts.length === 0 ? undefined : { parts };
}

/** The member of this name, or those with one row each in the folder of this name. */
function membersOf(name: string, { shape }: Slot, members: ReadonlySet<string>): string[] {
  if (shape !== 'folder') return members.has(name) ? [name] : [];
  const own = [...members].filter(
    (member) => member.startsWith(`${name}/`) && /^[^/]+\/data\.json$/.test(member.slice(name.length + 1)),
  );
  const number = (member: string): number => Number(member.slice(name.length + 1).split('/', 1)[0]) || 0;
  return own.sort((one, two) => number(one) - number(two));
}

function isFilled(list: readonly string[]): boolean {
  return list.length > 0;
}

/** Folders of the zip file that hold the first wanted file, e.g. those of a repository downloaded as a zip file. */
function placesOfRows(benchmark: Benchmark, wanted: Wanted, members: ReadonlySet<string>): string[] {
  const [official] = knownForms(benchmark);
  const first = official?.slots.find((slot) => slot.split === wanted.split && wanted.isWanted(slot));
  const names = (first?.names ?? []).toSorted((one, two) => two.length - one.length);
  const found = [...members].flatMap((member) => {
    const name = names.find((known) => member === known || member.endsWith(`/${known}`));
    return name === undefined ? [] : [member.slice(0, -name.length)];
  });
  return [...new Set(found)];
}

function hasBelow(members: ReadonlySet<string>, prefix: string): boolean {
  for (const member of members) if (member.startsWith(prefix)) return true;
  return false;
}

function twice(benchmark: Benchmark, { split }: Wanted, path: string, prefixes: readonly string[]): SynthrlError {
  return new SynthrlError(
    'DATA_AMBIGUOUS',
    `${path} holds the data of ${benchmark.name} (${split}) more than once: below ${prefixes.join(' and ')}.`,
    { hint: `Unpack it and choose with --data ${benchmark.name}=<folder>.` },
  );
}
