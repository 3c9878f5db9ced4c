import { join, resolve } from 'node:path';
import type { Benchmark } from '../define-benchmark.ts';
import { cacheName, type Environment, hubCacheFolder, snapshotOf, tablesFolder } from './hub-cache.ts';
import { type FolderFile, kindAt, listFiles } from './list-files.ts';

/** One place where the data of a benchmark may lie. */
export interface Place {
  /**
   * `folder`: holds this benchmark's data and nothing else. `tables`: holds tables of many data sets by name. `zip`:
   * holds folders of several benchmarks.
   */
  readonly kind: 'folder' | 'tables' | 'zip';
  /** Absolute; there may be nothing. */
  readonly path: string;
  /** Where people expect it, so that nothing need be said. */
  readonly isUsual: boolean;
}

/** All places in the order in which they are looked at. */
export function placesOf(benchmark: Benchmark, dataRoot: string, environment: Environment): Place[] {
  const root = resolve(dataRoot);
  const places: Place[] = [
    kindAt(root) === 'file'
      ? { kind: 'zip', path: root, isUsual: true }
      : { kind: 'folder', path: join(root, benchmark.name), isUsual: true },
  ];
  if (tableNames(benchmark).length > 0) {
    places.push({ kind: 'tables', path: resolve(tablesFolder(environment)), isUsual: false });
  }
  if (benchmark.source.hub !== undefined) {
    const path = join(resolve(hubCacheFolder(environment)), cacheName(benchmark.source.hub.dataset));
    places.push({ kind: 'folder', path, isUsual: false });
  }
  return places;
}

/** Files of VLMEvalKit that hold this benchmark's rows, or those of one split, without ending. */
export function tableNames(benchmark: Benchmark, split?: string): string[] {
  const tables = (benchmark.forms ?? []).filter(({ kind }) => kind === 'tsv');
  return tables.flatMap(({ labels }) =>
    labels.filter((label) => split === undefined || label.split === split).map(({ label }) => label),
  );
}

/** The files of a place that may hold rows, and the folder that their names are relative to. */
export function filesOf(benchmark: Benchmark, place: Place): { folder: string; files: FolderFile[] } {
  if (place.kind === 'tables') {
    const names = tableNames(benchmark).flatMap((name) => [`${name}.tsv`, `${name}_local.tsv`]);
    const files = names.map((name) => ({ path: join(place.path, name), name }));
    return { folder: place.path, files: files.filter(({ path }) => kindAt(path) === 'file') };
  }
  const folder = kindAt(place.path) === 'folder' ? snapshotOf(benchmark, place.path) : place.path;
  return { folder, files: kindAt(folder) === 'folder' ? listFiles(folder) : [] };
}
