import { tsvError } from './tsv-error.ts';

/** A row with images of its own, or with the `index` of the row whose images it shares. */
export interface SharingRow<Image> {
  readonly index: string;
  readonly place: string;
  readonly own: { readonly images: readonly Image[] } | { readonly reference: string };
}

/**
 * The images of every row, in the order of the rows. References may lead to earlier and later rows, and on from there.
 *
 * @throws {SynthrlError} `DATA_INVALID` naming file and line where a reference leads to no row, to several, to one without
 * images, or in a circle
 */
export function resolveReferences<Image>(rows: readonly SharingRow<Image>[]): (readonly Image[])[] {
  if (rows.every(({ own }) => 'images' in own)) return rows.map(({ own }) => ('images' in own ? own.images : []));
  const byIndex = new Map<string, number[]>();
  for (const [at, { index }] of rows.entries()) byIndex.set(index, [...(byIndex.get(index) ?? []), at].slice(0, 2));
  const resolved = new Map<number, readonly Image[]>();
  return rows.map((_, start) => {
    const path = new Set<number>();
    let at = start;
    let images = resolved.get(at);
    while (images === undefined) {
      const row = rows[at];
      if (row === undefined || 'images' in row.own) {
        images = row !== undefined && 'images' in row.own ? row.own.images : [];
        if (path.size > 0 && images.length === 0) throw wrong(rows, path, 'has no image itself');
      } else {
        path.add(at);
        at = target(rows, path, byIndex.get(row.own.reference) ?? []);
        images = resolved.get(at);
      }
    }
    for (const passed of path) resolved.set(passed, images);
    return images;
  });
}

function target(
  rows: readonly SharingRow<unknown>[],
  path: ReadonlySet<number>,
  candidates: readonly number[],
): number {
  const [first, ...others] = candidates;
  if (first === undefined) throw wrong(rows, path, 'is the index of no row');
  if (others.length > 0) throw wrong(rows, path, 'is the index of several rows');
  if (path.has(first)) throw wrong(rows, path, 'leads back to the row itself');
  return first;
}

/** Names the row whose reference fails: the last one of the path. */
function wrong(rows: readonly SharingRow<unknown>[], path: ReadonlySet<number>, what: string): Error {
  const row = rows[[...path].at(-1) ?? 0];
  const reference = row !== undefined && 'reference' in row.own ? row.own.reference : '';
  return tsvError(row?.place ?? '', `shares the image of row ${JSON.stringify(reference)}, which ${what}`);
}
