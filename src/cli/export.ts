import { basename, join } from 'node:path';
import { benchmarks as registry } from '../../benchmarks/index.ts';
import { programVersion } from '../core/package-root.ts';
import { encodeName, type RunDirectory } from '../core/run-directory.ts';
import { readRunRecord } from '../core/run-record.ts';
import { readSessions } from '../core/session.ts';
import { writeWholeFile } from '../core/write-file.ts';
import { type ExportedRun, isComplete } from '../reports/exports/exported-run.ts';
import { longTable, wideTable } from '../reports/exports/results-csv.ts';
import { resultsJson } from '../reports/exports/results-json.ts';
import { resultsJunit } from '../reports/exports/results-junit.ts';
import { resultsMarkdown } from '../reports/exports/results-markdown.ts';
import { writeStreamed } from '../reports/exports/streamed-file.ts';
import { readSummaries } from '../sweep/grade-and-summarise.ts';
import { type ExportDestination, type ExportFormat, exportDestination, parseFormats } from './export-destination.ts';
import { writeSampleExports } from './export-sample-files.ts';
import type { Settings } from './options.ts';

/** Results that left a run. */
export interface Exported {
  readonly run: string;
  readonly format: ExportFormat;
  /** Absolute paths of what was written; of a run that has nothing to write there are none. */
  readonly files: readonly string[];
}

export interface ExportResult {
  readonly exports: readonly Exported[];
  /** Whole sentences about what is missing. */
  readonly notes: readonly string[];
}

/** A run with its folder. */
export interface RunToExport {
  readonly directory: RunDirectory;
  readonly run: ExportedRun;
  /** What names it in file names, alone among the runs that are exported together. */
  readonly fileName: string;
}

/**
 * Writes the results of runs in other programs' forms: each run's below its own `report/exports`, or all together where
 * `--out` says.
 *
 * @throws {SynthrlError} `USAGE`, `RUN_NOT_FOUND`, `DATA_NOT_FOUND`, `DISK_FULL`, …
 */
export async function exportRuns(
  directories: readonly RunDirectory[],
  settings: Settings<'data-root' | 'data' | 'ratings'> & { readonly format: string; readonly out: string | undefined },
): Promise<ExportResult> {
  const formats = parseFormats(settings.format);
  const runs = await readRuns(directories);
  const exports: Exported[] = [];
  if (settings.out === undefined) {
    for (const one of runs) {
      const place = { folder: join(one.directory.report, 'exports'), stem: 'results' };
      exports.push(...(await exportTogether([one], formats, place, settings)));
    }
  } else {
    exports.push(...(await exportTogether(runs, formats, exportDestination(settings.out, formats), settings)));
  }
  return { exports, notes: notesOf(runs, exports) };
}

async function readRuns(directories: readonly RunDirectory[]): Promise<RunToExport[]> {
  const titles = Object.fromEntries(
    registry.map(({ name, title, source }) => [name, { title, license: source.license, url: source.url }]),
  );
  const runs: RunToExport[] = [];
  for (const directory of directories) {
    const { name } = directory;
    const alone = directories.every((other) => other === directory || basename(other.name) !== basename(name));
    runs.push({
      directory,
      fileName: encodeName(alone ? basename(name) : name),
      run: {
        record: readRunRecord(directory),
        sessions: await readSessions(directory),
        summaries: readSummaries(directory),
        titles,
        generator: `synthrl ${programVersion}`,
      },
    });
  }
  return runs;
}

async function exportTogether(
  runs: readonly RunToExport[],
  formats: readonly ExportFormat[],
  { folder, stem }: ExportDestination,
  settings: Settings<'data-root' | 'data' | 'ratings'>,
): Promise<Exported[]> {
  const all = runs.map(({ run }) => run);
  const names = all.map(({ record }) => record.run).join(', ');
  const exports: Exported[] = [];
  const write = async (format: ExportFormat, file: string, pieces: Iterable<string>): Promise<void> => {
    const path = join(folder, file);
    await writeStreamed(path, pieces);
    exports.push({ run: names, format, files: [path] });
  };
  for (const format of formats) {
    if (format === 'csv') {
      await write(format, `${stem}.csv`, longTable(all));
      await write(format, `${stem}-wide.csv`, wideTable(all));
    } else if (format === 'json') await write(format, `${stem}.json`, [resultsJson(all)]);
    else if (format === 'markdown') await write(format, `${stem}.md`, [resultsMarkdown(all)]);
    else if (format === 'junit') await write(format, `${stem}.xml`, [resultsJunit(all)]);
    else if (format === 'png') exports.push(...(await writePictures(runs, join(folder, 'png'))));
  }
  // Both are written from the same answers, which are read once.
  const ofSamples = formats.filter((format) => format === 'synthrl' || format === 'inspect');
  if (ofSamples.length > 0) exports.push(...(await writeSampleExports(runs, ofSamples, folder, settings)));
  return exports;
}

async function writePictures(runs: readonly RunToExport[], folder: string): Promise<Exported[]> {
  const { resultCharts } = await import('../reports/exports/result-charts.ts');
  const { renderLineChart } = await import('../reports/exports/line-chart.ts');
  return runs.map(({ run, fileName }) => {
    const files: string[] = [];
    for (const [file, chart] of resultCharts(run)) {
      const path = runs.length === 1 ? join(folder, file) : join(folder, fileName, file);
      writeWholeFile(path, renderLineChart(chart));
      files.push(path);
    }
    return { run: run.record.run, format: 'png', files };
  });
}

function notesOf(runs: readonly RunToExport[], exports: readonly Exported[]): string[] {
  const incomplete = runs.filter(({ run }) => !isComplete(run)).map(({ run }) => run.record.run);
  return [
    ...incomplete.map((name) => `${name} is incomplete; its exports say so.`),
    ...exports
      .filter(({ files }) => files.length === 0)
      .map(({ run, format }) => `${run} has nothing to write as ${format}: no graded answers are there.`),
  ];
}
