import { join } from 'node:path';
import { encodeName } from '../core/run-directory.ts';
import { writeWholeFile } from '../core/write-file.ts';
import type { GradedSamples } from '../reports/exports/graded-samples.ts';
import { inspectLog, inspectLogName } from '../reports/exports/inspect-log.ts';
import { writeStreamed } from '../reports/exports/streamed-file.ts';
import {
  originalName,
  type SynthrlMetrics,
  synthrlMetrics,
  synthrlResults,
} from '../reports/exports/synthrl-results.ts';
import { synthrlTables } from '../reports/exports/synthrl-tables.ts';
import type { Exported, RunToExport } from './export.ts';
import { gradedSamples } from './export-samples.ts';
import type { Settings } from './options.ts';

/** Metrics of the checkpoints that the original would find, by the model's name, then by step. */
type Tables = Map<string, Map<number, Map<string, SynthrlMetrics>>>;

/**
 * Writes answers and grades as the original's result files (`synthrl/<model>/global_step_N/<dataset>.json` with tables in
 * `synthrl/results`) and as logs of Inspect (`inspect/`).
 */
export async function writeSampleExports(
  runs: readonly RunToExport[],
  formats: readonly ('synthrl' | 'inspect')[],
  folder: string,
  settings: Settings<'data-root' | 'data' | 'ratings'>,
): Promise<Exported[]> {
  const exports: Exported[] = [];
  for (const one of runs) {
    const files = { synthrl: [] as string[], inspect: [] as string[] };
    const tables: Tables = new Map();
    for await (const samples of gradedSamples(one.directory, one.run, settings)) {
      if (formats.includes('inspect')) {
        const path = join(folder, 'inspect', inspectLogName(samples));
        await writeStreamed(path, inspectLog(samples));
        files.inspect.push(path);
      }
      if (!formats.includes('synthrl')) continue;
      const model = modelName(one, samples);
      const step = stepFolder(one, samples);
      const path = join(folder, 'synthrl', model, step, `${originalName(samples.benchmark)}.json`);
      await writeStreamed(path, synthrlResults(samples));
      files.synthrl.push(path);
      collect(tables, model, step, samples);
    }
    files.synthrl.push(...writeTables(tables, join(folder, 'synthrl', 'results')));
    exports.push(...formats.map((format) => ({ run: one.run.record.run, format, files: files[format] })));
  }
  return exports;
}

/** The original has one way of grading; where a run has several, each is a model of its own. */
function modelName({ run, fileName }: RunToExport, { mode }: GradedSamples): string {
  const modes = new Set(run.summaries.map((summary) => summary.mode));
  return modes.size > 1 ? `${fileName}-${mode}` : fileName;
}

/** `global_step_N` where that names one checkpoint of the run, as the original's script looks for; else its own name. */
function stepFolder({ run }: RunToExport, { checkpoint, step }: GradedSamples): string {
  const shared = run.summaries.some((other) => other.name !== checkpoint && other.step === step);
  return step === null || shared ? encodeName(checkpoint) : `global_step_${step}`;
}

function collect(tables: Tables, model: string, folder: string, samples: GradedSamples): void {
  const digits = /^global_step_(\d+)$/.exec(folder)?.[1];
  if (digits === undefined) return;
  const steps = tables.get(model) ?? new Map<number, Map<string, SynthrlMetrics>>();
  const benchmarks = steps.get(Number(digits)) ?? new Map<string, SynthrlMetrics>();
  benchmarks.set(originalName(samples.benchmark), synthrlMetrics(samples));
  tables.set(model, steps.set(Number(digits), benchmarks));
}

function writeTables(tables: Tables, folder: string): string[] {
  return [...tables].flatMap(([model, steps]) =>
    [
      ...synthrlTables(
        model,
        [...steps].map(([step, benchmarks]) => ({ step, benchmarks })),
      ),
    ].map(([file, content]) => {
      const path = join(folder, file);
      writeWholeFile(path, content);
      return path;
    }),
  );
}
