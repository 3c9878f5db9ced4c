import { join, relative, sep } from 'node:path';
import { sha256 } from '../core/canonical-json.ts';
import { encodeName, type RunDirectory } from '../core/run-directory.ts';
import { writeWholeFile } from '../core/write-file.ts';
import type { BenchmarkTitles } from './page-model.ts';
import { renderPage } from './render-page.ts';
import { removeOtherPictures, writeAssets, writePictures } from './report-files.ts';
import { runsModel, type ShownRun } from './runs-page.ts';

/** Longest name of a folder that is made from the names of runs, well within what file systems take. */
const longestName = 120;

/**
 * Writes one page about several runs, `<runs root>/reports/<run>+<run>/index.html`, which leads to each run's own page.
 *
 * @param options.runs - at least two, each with its directory
 * @returns path of index.html
 * @throws {SynthrlError} `DISK_FULL` or `WRITE_FAILED`
 */
export async function writeRunsReport(options: {
  readonly runsRoot: string;
  readonly runs: readonly (ShownRun & { readonly directory: RunDirectory })[];
  readonly titles: BenchmarkTitles;
  readonly generator: string;
}): Promise<string> {
  const folder = join(options.runsRoot, 'reports', folderName(options.runs.map(({ directory }) => directory.name)));
  const pages = options.runs.map(({ directory }) => relativeAddress(folder, join(directory.report, 'index.html')));
  const page = runsModel({ ...options, pages });
  const pictures = writePictures(folder, page.figures);
  writeAssets(folder);
  const index = join(folder, 'index.html');
  writeWholeFile(index, renderPage('runs', page, pictures));
  removeOtherPictures(folder, pictures);
  return index;
}

/** The names joined; what is too long is cut, and told apart by a hash. */
function folderName(names: readonly string[]): string {
  const name = names.map(encodeName).join('+');
  return name.length <= longestName ? name : `${name.slice(0, longestName - 9)}-${sha256(name).slice(0, 8)}`;
}

function relativeAddress(from: string, to: string): string {
  return relative(from, to).split(sep).map(encodeURIComponent).join('/');
}
