import { join } from 'node:path';
import { SynthrlError } from '../../core/errors.ts';
import type { Benchmark } from '../define-benchmark.ts';
import type { Wanted } from './choose-tables.ts';
import type { FoundTable } from './group-tables.ts';
import { isWhole, type KnownForm, knownForms, type Slot } from './known-forms.ts';
import { kindAt } from './list-files.ts';
import type { RowsFile } from './located-data.ts';
import { type Place, tableNames } from './places.ts';

/** A place that was looked at in vain. */
export interface EmptyPlace {
  readonly place: Place;
  /** The folder in fact looked through: the snapshot of a hub cache, the folder inside a zip file. */
  readonly folder: string;
  readonly tables: readonly FoundTable[];
  readonly ratings?: RowsFile;
  readonly hasImages: boolean;
}

/** Says that data is nowhere: which part, every place looked at, and what can be done. */
export function sayNotFound(benchmark: Benchmark, wanted: Wanted, looked: readonly EmptyPlace[]): SynthrlError {
  const [official] = knownForms(benchmark);
  const missing = official === undefined ? undefined : firstMissing(official, wanted, looked[0]?.tables ?? []);
  const which = Object.entries(missing?.facets ?? {}).map(([facet, value]) => `, ${facet} ${value}`);
  const places = looked.flatMap((empty) => namesAt(benchmark, wanted, empty, missing));
  const halves = looked.flatMap((empty) => rowlessPlace(empty));
  const message = `The data of ${benchmark.name} (${wanted.split}${which.join('')}) was not found. Looked at: ${places.join(', ')}.`;
  const there = alternatives(
    benchmark,
    looked.flatMap(({ tables }) => tables),
  );
  const hints = [
    ...halves,
    ...(halves.length === 0 ? [] : [rowsAreIn(benchmark, wanted)]),
    `Run synthrl data fetch ${benchmark.name}, get it from ${benchmark.source.url} into <data root>/${benchmark.name}, or name it with --data ${benchmark.name}=<file or folder>.`,
    ...(there.length === 0 ? [] : [`What is there can be selected as ${there.join(', ')}.`]),
  ];
  return new SynthrlError('DATA_NOT_FOUND', message, { hint: hints.join(' ') });
}

/** The first wanted piece that is not there, where some pieces are. */
function firstMissing(form: KnownForm, wanted: Wanted, tables: readonly FoundTable[]): Slot | undefined {
  const slots = form.slots.filter((slot) => slot.split === wanted.split && wanted.isWanted(slot));
  return slots.find((slot) => !tables.some((table) => table.slot === slot || sameSlot(table.slot, slot)));
}

function sameSlot(one: Slot | undefined, two: Slot): boolean {
  return one !== undefined && one.split === two.split && JSON.stringify(one.facets) === JSON.stringify(two.facets);
}

function namesAt(
  benchmark: Benchmark,
  wanted: Wanted,
  { place, folder }: EmptyPlace,
  missing: Slot | undefined,
): string[] {
  if (place.kind === 'zip') return [folder];
  if (place.kind === 'tables')
    return tableNames(benchmark, wanted.split)
      .map((name) => join(folder, `${name}.tsv`))
      .slice(0, 2);
  const names = place.isUsual ? (missing?.names ?? []) : [];
  return names.length === 0 ? [folder] : names.map((name) => join(folder, name));
}

/** SynthRL's released data has the pictures and ratings of some benchmarks, and leaves their rows to other files. */
function rowlessPlace({ folder, ratings, hasImages }: EmptyPlace): string[] {
  const hasRatings = ratings !== undefined;
  if (!hasRatings && !hasImages) return [];
  const what = hasRatings && hasImages ? 'images and ratings' : hasImages ? 'images' : 'ratings';
  return [`${folder} has ${what}, but no rows.`];
}

function rowsAreIn(benchmark: Benchmark, wanted: Wanted): string {
  const [table] = tableNames(benchmark, wanted.split);
  const sources = [
    ...(table === undefined ? [] : [`${table}.tsv in the folder that LMUData names`]),
    ...(benchmark.source.hub === undefined ? [] : [`the hub's ${benchmark.source.hub.dataset}`]),
  ];
  return sources.length === 0 ? '' : `The rows are in ${sources.join(', or ')}.`;
}

/** Selections that could be read from what is there. */
function alternatives(benchmark: Benchmark, tables: readonly FoundTable[]): string[] {
  const there = tables.filter(({ state }) => state !== 'broken');
  const found = knownForms(benchmark).flatMap(({ slots }) =>
    Object.keys(benchmark.splits).flatMap((split) => {
      const own = slots.filter((slot) => slot.split === split);
      const present = own.filter((slot) => there.some((table) => sameSlot(table.slot, slot)));
      if (present.length === own.length || present.some(isWhole))
        return own.length === 0 ? [] : [`${benchmark.name}:${split}`];
      return present.map((slot) =>
        [benchmark.name, ...Object.entries(slot.facets).map(([facet, value]) => `${facet}=${value}`)].join(':'),
      );
    }),
  );
  return [...new Set(found)];
}

/** Whether a folder holds pictures as published beside rows. */
export function hasImageFolder(folder: string): boolean {
  return kindAt(join(folder, 'images')) === 'folder';
}
