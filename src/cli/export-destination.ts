import { statSync } from 'node:fs';
import { basename, extname, join, resolve } from 'node:path';
import { SynthrlError } from '../core/errors.ts';

/** Forms in which results leave a run. */
export const exportFormats = ['csv', 'json', 'markdown', 'junit', 'png', 'synthrl', 'inspect'] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** Forms that are one file (CSV: one and a second beside it), with the file's extension. */
const extensions = { csv: '.csv', json: '.json', markdown: '.md', junit: '.xml' } as const;

/**
 * Reads `csv,png`.
 *
 * @throws {SynthrlError} `USAGE`
 */
export function parseFormats(text: string): ExportFormat[] {
  const words = [...new Set(text.split(',').map((word) => word.trim()))];
  return words.map((word) => {
    const format = exportFormats.find((each) => each === word);
    if (format !== undefined) return format;
    throw new SynthrlError('USAGE', `Expected \`--format\` to be of ${exportFormats.join(', ')}, got \`${word}\`.`, {
      hint: 'Several are separated by commas. Without --format the HTML report is written.',
    });
  });
}

/** Where exports go: a folder, and the name without extension of what is one file. */
export interface ExportDestination {
  readonly folder: string;
  readonly stem: string;
}

/**
 * A path with the extension of the one format that is wanted names the file, any other a folder.
 *
 * @throws {SynthrlError} `USAGE` where a path looks like a file of another format than wanted
 */
export function exportDestination(out: string, formats: readonly ExportFormat[]): ExportDestination {
  const path = resolve(out);
  const extension = extname(path);
  const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
  const named = Object.entries(extensions).find(([, each]) => each === extension)?.[0];
  if (isFolder || named === undefined) return { folder: path, stem: 'results' };
  if (formats.length === 1 && formats[0] === named) {
    return { folder: join(path, '..'), stem: basename(path, extension) };
  }
  throw new SynthrlError(
    'USAGE',
    `\`--out ${out}\` names one file of the format ${named}, which is not what --format says.`,
    {
      hint: `Name a folder, or use --format ${named}.`,
    },
  );
}
