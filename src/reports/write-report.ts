import { join } from 'node:path';
import type { RunDirectory } from '../core/run-directory.ts';
import type { RunRecord } from '../core/run-record.ts';
import type { Session } from '../core/session.ts';
import type { CheckpointSummary } from '../core/summary.ts';
import { writeWholeFile } from '../core/write-file.ts';
import { type BenchmarkTitles, type Comparisons, type PageModel, pageModel } from './page-model.ts';
import { renderPage } from './render-page.ts';
import { removeOtherPictures, writeAssets, writePictures } from './report-files.ts';
import type { AnswerCounts } from './trust/answer-counts.ts';
import type { AuditRecord } from './trust/audit-record.ts';
import { trustModel } from './trust/trust-model.ts';

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
  readonly audits?: readonly AuditRecord[];
  /** What the run's journals hold; absent where they were not read. */
  readonly answers?: AnswerCounts;
}): Promise<string> {
  const folder = options.run.report;
  const page = pageModel(options);
  const pictures = writePictures(folder, figuresOf(page));
  writeAssets(folder);
  writeWholeFile(join(folder, 'trust.html'), renderPage('trust', trustModel(options), pictures));
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
