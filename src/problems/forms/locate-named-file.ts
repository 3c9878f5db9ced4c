import { basename, dirname } from 'node:path';
import type { Benchmark } from '../define-benchmark.ts';
import { namedFileSplit } from '../selection.ts';
import { type FileLabel, readLabel } from './file-label.ts';
import { fits, misfit, tieFile } from './found-table.ts';
import { groupTables } from './group-tables.ts';
import { type KnownForm, knownForms, type Slot } from './known-forms.ts';
import { listFiles } from './list-files.ts';
import type { LocatedData } from './located-data.ts';
import { type Recognised, recogniseFile } from './recognise-file.ts';

/**
 * Takes a file that was named as a benchmark's data, whatever it is called. It keeps the name of a split only where the
 * selection says one; which part it is shows in its path. A piece of a table brings the others beside it.
 *
 * @param split - as selected; undefined for none
 * @throws {SynthrlError} `DATA_INVALID` where it fits no form, naming the missing columns
 */
export async function locateNamedFile(
  benchmark: Benchmark,
  split: string | undefined,
  path: string,
): Promise<LocatedData> {
  const recognised = await recogniseFile(path);
  const forms = knownForms(benchmark);
  const [form] = forms
    .filter((known) => fits(known, recognised))
    .sort((one, two) => two.columns.length - one.columns.length);
  const [official] = forms;
  // Reading it as the official rows says best what is wrong with JSON, and with what is no table at all.
  const isTable = recognised.kind === 'parquet' || recognised.kind === 'tsv' || /\.(parquet|tsv)$/i.test(path);
  const taken = form ?? (isTable ? undefined : official);
  if (taken === undefined) throw recognised.error ?? misfit(benchmark, path, forms, recognised);
  const slot = slotOf(benchmark, taken, split, path);
  const part = {
    files: (await piecesOf(benchmark, taken, path)).map((file) => ({ path: file })),
    form: taken.declared,
    shape: shapeOf(recognised, path),
    facets: slot?.facets ?? {},
    rows: undefined,
  };
  return { split: split ?? namedFileSplit, parts: [part], path, notes: [] };
}

function slotOf(benchmark: Benchmark, form: KnownForm, split: string | undefined, path: string): Slot | undefined {
  const slot = form.slotOf(labelOf(path));
  if (slot !== undefined && (split === undefined || slot.split === split)) return slot;
  // Rows of the official files never say what only their place says.
  const usual = split ?? benchmark.defaultSplit;
  return form.declared === undefined ? form.slots.find((known) => known.split === usual) : undefined;
}

/** Of the folders above a named file, only the nearest labels it. */
function labelOf(path: string): FileLabel {
  const label = readLabel(path.replaceAll('\\', '/'), '');
  return { ...label, names: label.names.slice(0, 2) };
}

function shapeOf({ json }: Recognised, path: string): 'jsonl' | 'any' {
  if (json === undefined) return /\.(jsonl|ndjson)$/i.test(path) ? 'jsonl' : 'any';
  return json.shape === 'jsonl' ? 'jsonl' : 'any';
}

async function piecesOf(benchmark: Benchmark, form: KnownForm, path: string): Promise<readonly string[]> {
  const above = basename(dirname(path));
  const own = readLabel(basename(path), above);
  if (own.piece === undefined || form.declared === undefined) return [path];
  const beside = listFiles(dirname(path), 0).filter(({ name }) => {
    const label = readLabel(name, above);
    return label.table === own.table && label.piece !== undefined && label.piece.of === own.piece?.of;
  });
  const tied = [];
  for (const file of beside) {
    const one = await tieFile(benchmark, [form], file, above);
    if (one !== undefined) tied.push(one);
  }
  const table = (await groupTables(tied)).find(({ files }) => files.includes(path));
  if (table?.error !== undefined) throw table.error;
  return table?.files ?? [path];
}
