/** What the name of a file says about it. */
export interface FileLabel {
  /** The name with the folders above it, as far as they are known, with `/`. */
  readonly path: string;
  /** The name without endings and without the numbers of its piece, then the folders above it, nearest first. */
  readonly names: readonly string[];
  /** The file without its piece's number: files that share it are one table in pieces. */
  readonly table: string;
  /** Which piece it is, counted from 0, and of how many where the name says it. */
  readonly piece: { readonly index: number; readonly of: number | undefined } | undefined;
  /** A table whose pictures were moved to files beside it. */
  readonly isLocal: boolean;
}

/** `test-00000-of-00002-0a1b2c…`, `testmini-00001`, `0000`; the hash is different for each piece. */
const pieceName = /^(?:(.+?)[-_.])?(\d{4,5})(?:-of-(\d{4,5}))?(?:-[0-9a-f]{8,64})?$/;

/**
 * Reads the name of a file, relative to the folder that was looked through, with `/`.
 *
 * @param above - name of that folder itself; it labels last
 */
export function readLabel(name: string, above: string): FileLabel {
  const folders = name.split('/');
  const file = folders.pop() ?? '';
  const bare = file.replace(/\.(parquet|tsv|jsonl?|ndjson|txt)$/i, '');
  const isLocal = /_local$/i.test(bare);
  const whole = isLocal ? bare.slice(0, -'_local'.length) : bare;
  const parts = pieceName.exec(whole);
  const stem = parts === null ? whole : (parts[1] ?? '');
  const of = parts?.[3] === undefined ? undefined : Number(parts[3]);
  return {
    path: above === '' ? name : `${above}/${name}`,
    names: [stem, ...folders.toReversed(), above].filter((part) => part !== ''),
    table: `${folders.join('/')}/${stem}${isLocal ? '_local' : ''}`,
    piece: parts === null ? undefined : { index: Number(parts[2]), of },
    isLocal,
  };
}
