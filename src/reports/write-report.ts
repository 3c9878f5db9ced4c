import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { sha256 } from '../core/canonical-json.ts';
import { encodeName, type RunDirectory } from '../core/run-directory.ts';
import type { RunRecord } from '../core/run-record.ts';
import type { Session } from '../core/session.ts';
import type { CheckpointSummary } from '../core/summary.ts';
import { writeWholeFile } from '../core/write-file.ts';
import { chartSize, renderLearningCurve } from './chart.ts';
import { type BenchmarkTitles, type Comparisons, type PageModel, pageModel } from './page-model.ts';
import { type PicturePaths, renderPage } from './render-page.ts';

const picturesFolder = 'charts';

/**
 * Writes a run's report: `report/index.html` and the pictures beside it, a folder that opens from disk without network.
 * Pictures are named by their content and written first, the page last, so that a reader never sees half of a report.
 *
 * @param options.summaries - in the order in which checkpoints are shown
 * @param options.generator - program and version, for the foot of the page
 * @returns path of index.html
 * @throws {SynthrlError} `DISK_FULL` or `WRITE_FAILED`; the previous report is then still whole
 */
export async function writeReport(options: {
  readonly run: RunDirectory;
  readonly record: RunRecord;
  readonly sessions: readonly Session[];
  readonly summaries: readonly CheckpointSummary[];
  readonly comparisons?: Comparisons;
  readonly titles: BenchmarkTitles;
  readonly generator: string;
}): Promise<string> {
  const folder = options.run.report;
  const page = pageModel(options);
  const pictures = writePictures(folder, page);
  const index = join(folder, 'index.html');
  writeWholeFile(index, renderPage(page, pictures));
  removeOtherPictures(folder, pictures);
  return index;
}

function writePictures(folder: string, page: PageModel): Map<string, PicturePaths> {
  const pictures = new Map<string, PicturePaths>();
  for (const { name, curve: figure } of page.sections) {
    if (figure === undefined) continue;
    const write = (theme: 'light' | 'dark'): string => {
      const content = renderLearningCurve(figure.curve, theme);
      const file = `accuracy-${encodeName(name)}-${theme}-${sha256(content).slice(0, 8)}.png`;
      writeWholeFile(join(folder, picturesFolder, file), content);
      return `${picturesFolder}/${encodeURIComponent(file)}`;
    };
    pictures.set(name, { light: write('light'), dark: write('dark'), ...chartSize });
  }
  return pictures;
}

/** Pictures of earlier reports, which the page no longer names. */
function removeOtherPictures(folder: string, pictures: ReadonlyMap<string, PicturePaths>): void {
  const path = join(folder, picturesFolder);
  if (!existsSync(path)) return;
  const named = new Set([...pictures.values()].flatMap(({ light, dark }) => [light, dark]));
  for (const file of readdirSync(path)) {
    const ours = file.startsWith('accuracy-') && file.endsWith('.png');
    if (ours && !named.has(`${picturesFolder}/${encodeURIComponent(file)}`)) rmSync(join(path, file), { force: true });
  }
}
