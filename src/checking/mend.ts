import { existsSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import type { Benchmark } from '../problems/define-benchmark.ts';

/** Where the data was read, and where fetched data would lie. */
export interface MendPlace {
  readonly path: string;
  readonly dataRoot: string;
  readonly isNamed: boolean;
  /** What `synthrl data fetch <name>` needs besides, e.g. ` --data-root other`; usually nothing. */
  readonly fetchOptions: string;
}

/** The command that puts data as published in place of what was read, or what to do where there is none. */
export function mendOf({ name, source }: Benchmark, { path, dataRoot, isNamed, fetchOptions }: MendPlace): string {
  const other = `--data ${name}=<file or folder>`;
  if (source.hub === undefined) return `Restore ${path} from ${source.url}, or name other data with ${other}.`;
  const fetch = `synthrl data fetch ${name}${fetchOptions}`;
  if (isNamed) return `Restore ${path}, or leave out --data and run: ${fetch}`;
  const own = join(resolve(dataRoot), name);
  // Data root that is a zip file has no room for what is fetched.
  if (path === resolve(dataRoot)) return `Restore ${path}, or name other data with ${other}.`;
  // Other places come behind the data root, so what is fetched counts.
  if (path !== own && !path.startsWith(own + sep)) return fetch;
  // What was fetched is compared with the hub; beside other files it would be a second form of the same data.
  return existsSync(join(own, 'fetched.json')) ? `${fetch} --verify` : `Move ${path} away, then run: ${fetch}`;
}
