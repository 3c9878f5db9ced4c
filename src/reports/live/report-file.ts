import { constants } from 'node:fs';
import { type FileHandle, open, realpath } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';

const mediaTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.ttf': 'font/ttf',
  '.csv': 'text/csv; charset=utf-8',
  '.md': 'text/plain; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
};

/** One regular file of a report, open for reading; the caller closes it. */
export interface ReportFile {
  readonly handle: FileHandle;
  readonly bytes: number;
  readonly mediaType: string;
}

/**
 * Opens a file of a report folder by the path of an address, e.g. `/charts/a%20b.png`. A path that ends in `/` means its
 * index.html.
 *
 * @returns undefined where there is no such file, and for everything that lies outside of the folder, also by a link
 */
export async function openReportFile(folder: string, addressPath: string): Promise<ReportFile | undefined> {
  const parts = pathParts(addressPath);
  if (parts === undefined) return undefined;
  try {
    const root = await realpath(folder);
    const path = await realpath(join(root, ...parts));
    if (!path.startsWith(root + sep)) return undefined;
    // A pipe would be waited for.
    const handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const stat = await handle.stat();
    if (stat.isFile()) {
      const mediaType = mediaTypes[extname(path).toLowerCase()] ?? 'application/octet-stream';
      return { handle, bytes: stat.size, mediaType };
    }
    await handle.close();
  } catch {
    // Not there, a folder, or not ours to read: to the browser all the same.
  }
  return undefined;
}

/** The names that an address is made of; undefined where one of them could mean another place. */
function pathParts(addressPath: string): string[] | undefined {
  const full = addressPath.endsWith('/') ? `${addressPath}index.html` : addressPath;
  try {
    const parts = full.split('/').slice(1).map(decodeURIComponent);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: no file name of ours holds one.
    const isPlain = (part: string) => part !== '' && !part.startsWith('.') && !/[/\\\u0000-\u001f]/.test(part);
    return parts.every(isPlain) ? parts : undefined;
  } catch {
    return undefined;
  }
}
