import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { planGrading } from '../../../src/cli/build-grader.ts';
import { gradingOptions } from '../../../src/cli/grading-options.ts';
import { importIntoRun } from '../../../src/cli/import-into-run.ts';
import { dataOptions } from '../../../src/cli/question-options.ts';
import { resolveOptions } from '../../../src/cli/resolve-options.ts';

export interface ImportPlace {
  readonly run: string;
  readonly checkpoint: string;
  /** A benchmark, with a selection or without. */
  readonly selection: string;
  /** As `--data` takes it. */
  readonly data: string;
  readonly model?: string;
}

/** Imports verdicts by problem id into a checkpoint of a run below `<folder>/runs`. */
export async function importVerdicts(
  folder: string,
  where: ImportPlace,
  verdicts: ReadonlyMap<string, boolean>,
): Promise<void> {
  const file = join(folder, `${where.run}-${where.checkpoint}.jsonl`);
  writeFileSync(file, [...verdicts].map(([id, correct]) => `${JSON.stringify({ id, correct })}\n`).join(''));
  await importVerdictFile(folder, where, file);
}

/** Imports a file of verdicts likewise. */
export async function importVerdictFile(folder: string, where: ImportPlace, file: string): Promise<void> {
  const { selection, run: runName, checkpoint, data, model } = where;
  const names = [...dataOptions, ...gradingOptions, 'runs-root', 'model', 'verdicts', 'fresh', 'form'] as const;
  const flags = { data: [data], 'runs-root': join(folder, 'runs'), verdicts: true, model };
  const settings = resolveOptions(names, flags, {});
  const grading = await planGrading(settings, { judgeMayBeAway: false, note: () => undefined });
  await importIntoRun({ selection, file, runName, checkpoint, grading, settings });
}
