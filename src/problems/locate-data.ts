import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { SynthrlError } from '../core/errors.ts';
import type { Benchmark } from './define-benchmark.ts';
import type { Wanted } from './forms/choose-tables.ts';
import type { Environment } from './forms/hub-cache.ts';
import { kindAt } from './forms/list-files.ts';
import { locateInFolder, ratingsIn } from './forms/locate-in-folder.ts';
import { locateInZip } from './forms/locate-in-zip.ts';
import { locateNamedFile } from './forms/locate-named-file.ts';
import type { LocatedData, RowsFile } from './forms/located-data.ts';
import { filesOf, type Place, placesOf } from './forms/places.ts';
import { recogniseFile } from './forms/recognise-file.ts';
import { type EmptyPlace, hasImageFolder, sayNotFound } from './forms/say-not-found.ts';
import { namedFileSplit, type Selection } from './selection.ts';

/** Where to look: `named` is the file or folder given for this benchmark; else all places are looked at in turn. */
export interface DataPlace {
  readonly dataRoot: string;
  readonly named?: string;
  readonly environment?: Environment;
}

/**
 * Finds the files that a selection needs; files that hold only unselected values are not looked for. The first place
 * that has them is taken: the named one, else `<dataRoot>/<name>` or the zip file that is the data root, the folder of
 * VLMEvalKit's tables, the hub cache.
 *
 * @throws {SynthrlError} `DATA_NOT_FOUND` naming the places looked at, `DATA_AMBIGUOUS`, `DATA_INVALID`
 */
export async function locateData(benchmark: Benchmark, selection: Selection, where: DataPlace): Promise<LocatedData> {
  const { named } = where;
  if (named !== undefined) return locateNamed(benchmark, selection, resolve(named));
  const wanted = wantedOf(benchmark, selection);
  const looked: EmptyPlace[] = [];
  for (const place of placesOf(benchmark, where.dataRoot, where.environment ?? process.env)) {
    const found = await locateAt(benchmark, wanted, place);
    if ('place' in found) {
      looked.push(found);
      continue;
    }
    const ratings = found.ratings ?? ratingsOf(looked);
    const notes = place.isUsual ? found.notes : [`${benchmark.name} is read from ${found.path}.`, ...found.notes];
    return { ...found, notes, ...(ratings === undefined ? {} : { ratings }) };
  }
  throw sayNotFound(benchmark, wanted, looked);
}

async function locateNamed(benchmark: Benchmark, selection: Selection, path: string): Promise<LocatedData> {
  if (!existsSync(path)) {
    throw new SynthrlError('DATA_NOT_FOUND', `There is nothing at ${path}, named as the data of ${benchmark.name}.`, {
      hint: `Run synthrl data fetch ${benchmark.name}, or name another place with --data ${benchmark.name}=<file or folder>.`,
    });
  }
  const isFile = kindAt(path) === 'file';
  const isZip = isFile && (await recogniseFile(path)).kind === 'zip';
  const split = selection.split === namedFileSplit ? undefined : selection.split;
  if (isFile && !isZip) return locateNamedFile(benchmark, split, path);
  if (selection.split === namedFileSplit) throw notAFile(benchmark, path);
  const wanted = wantedOf(benchmark, selection);
  const found = await locateAt(benchmark, wanted, { kind: isZip ? 'zip' : 'folder', path, isUsual: true }, true);
  if ('place' in found) throw sayNotFound(benchmark, wanted, [found]);
  return found;
}

async function locateAt(
  benchmark: Benchmark,
  wanted: Wanted,
  place: Place,
  isNamed = false,
): Promise<LocatedData | EmptyPlace> {
  if (place.kind === 'zip') return locateAtZip(benchmark, wanted, place, isNamed);
  const { folder, files } = filesOf(benchmark, place);
  const { located, tables } = await locateInFolder(benchmark, wanted, folder, files);
  const ratings = place.kind === 'folder' ? ratingsIn(folder) : undefined;
  if (located !== undefined) return { ...located, ...(ratings === undefined ? {} : { ratings }) };
  const hasImages = place.kind === 'folder' && hasImageFolder(folder) && tables.length === 0;
  return { place, folder, tables, hasImages, ...(ratings === undefined ? {} : { ratings }) };
}

async function locateAtZip(
  benchmark: Benchmark,
  wanted: Wanted,
  place: Place,
  isNamed: boolean,
): Promise<LocatedData | EmptyPlace> {
  const { kind, beginning } = await recogniseFile(place.path);
  if (kind !== 'zip') {
    throw new SynthrlError(
      'DATA_NOT_FOUND',
      `${place.path} is no folder, and no zip file: it begins with ${beginning}.`,
      {
        hint: `Name a folder with one folder per benchmark, or the data of one with --data ${benchmark.name}=<file or folder>.`,
      },
    );
  }
  const { located, ratings, folder, hasImages } = await locateInZip(benchmark, wanted, place.path, isNamed);
  if (located !== undefined) return { ...located, ...(ratings === undefined ? {} : { ratings }) };
  const inside = folder === undefined ? place.path : join(place.path, folder);
  return { place, folder: inside, tables: [], hasImages, ...(ratings === undefined ? {} : { ratings }) };
}

/** Ratings are published beside the pictures, also where the rows lie elsewhere. */
function ratingsOf(looked: readonly EmptyPlace[]): RowsFile | undefined {
  return looked.flatMap(({ ratings }) => ratings ?? [])[0];
}

function wantedOf(benchmark: Benchmark, selection: Selection): Wanted {
  if (selection.split === namedFileSplit) throw notAFile(benchmark, undefined);
  const split = selection.split ?? benchmark.defaultSplit;
  const isWanted: Wanted['isWanted'] = ({ facets }) =>
    Object.entries(facets).every(([facet, value]) => {
      const values = selection.facets[facet];
      return values === undefined || values.some((other) => other.toLowerCase() === value.toLowerCase());
    });
  const parts = (benchmark.splits[split]?.parts ?? []).map(({ facets = {} }) => facets);
  if (parts.some((facets) => isWanted({ split, facets, rows: undefined, names: [], shape: undefined }))) {
    return { split, isWanted };
  }
  const known = parts.map((facets) => Object.entries(facets).map((entry) => entry.join('=')));
  throw new SynthrlError('SELECTION_EMPTY', `The selection ${benchmark.name}:${selection.text} selects no problem.`, {
    hint: `The data of ${benchmark.name} has ${known.map((facets) => facets.join(', ')).join('; ')}.`,
  });
}

function notAFile(benchmark: Benchmark, path: string | undefined): SynthrlError {
  const is = path === undefined ? 'none is named' : `${path} is none`;
  return new SynthrlError(
    'DATA_NOT_FOUND',
    `The selection ${benchmark.name}:${namedFileSplit} needs a named file; ${is}.`,
    {
      hint: `Name it with --data ${benchmark.name}=<file>.`,
    },
  );
}
