import { join } from 'node:path';
import type { RunDirectory } from '../core/run-directory.ts';
import type { RunRecord } from '../core/run-record.ts';
import type { Session } from '../core/session.ts';
import type { CheckpointSummary } from '../core/summary.ts';
import { writeWholeFile } from '../core/write-file.ts';
import { type BenchmarkTitles, type Comparisons, type PageModel, pageModel } from './page-model.ts';
import { renderPage } from './render-page.ts';
import { removeOtherPictures, writeAssets, writePictures } from './report-files.ts';

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
  const pictures = writePictures(folder, figuresOf(page));
  writeAssets(folder);
  const index = join(folder, 'index.html');
  writeWholeFile(index, renderPage('report', page, pictures));
  removeOtherPictures(folder, pictures);
  return index;
}

function figuresOf({ sections }: PageModel) {
  return sections.flatMap(({ curve, worstCase, difficultyCharts }) => [
    ...(curve ? [curve] : []),
    ...(worstCase ? [worstCase] : []),
    ...difficultyCharts,
  ]);
}
