import { writeWholeFile } from '../core/write-file.ts';
import { gateJunit, gateMarkdown } from '../reports/gate-files.ts';
import type { GateReport } from '../reports/gate-table.ts';

/** Writes a gate's result where it is wanted. Paths are absolute. */
export function writeGateFiles(
  report: GateReport,
  paths: { readonly junit: string | undefined; readonly markdown: string | undefined },
): void {
  if (paths.junit !== undefined) writeWholeFile(paths.junit, gateJunit(report));
  if (paths.markdown !== undefined) writeWholeFile(paths.markdown, gateMarkdown(report));
}
