import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { SynthrlError } from '../../core/errors.ts';
import type { Benchmark } from '../define-benchmark.ts';
import { safeImageName } from '../image-paths.ts';
import { type FileLabel, readLabel } from './file-label.ts';
import type { KnownForm, Slot } from './known-forms.ts';
import type { FolderFile } from './list-files.ts';
import { type Recognised, recogniseFile } from './recognise-file.ts';

/**
 * `whole`: of this form by its content. `bare`: rows whose pictures are not there. `broken`: named as the data is, and
 * something else.
 */
export type TableState = 'whole' | 'bare' | 'broken';

/** A file tied to a form, with what it is by its name. */
export interface TiedFile {
  readonly file: FolderFile;
  readonly label: FileLabel;
  readonly form: KnownForm;
  /** Undefined where the name says nothing. */
  readonly slot: Slot | undefined;
  readonly state: TableState;
  readonly recognised: Recognised;
  /** Why it is broken; absent where reading the rows will say it. */
  readonly error?: SynthrlError;
}

/**
 * Ties a file to the form that fits its content.
 *
 * @param forms - forms of the benchmark
 * @param above - name of the folder that was looked through
 * @returns undefined where the file is none of the benchmark's
 */
export async function tieFile(
  benchmark: Benchmark,
  forms: readonly KnownForm[],
  file: FolderFile,
  above: string,
): Promise<TiedFile | undefined> {
  const label = readLabel(file.name, above);
  const named = forms.flatMap((form) => {
    const slot = form.slotOf(label);
    return slot === undefined ? [] : [{ form, slot }];
  });
  const recognised = await recogniseFile(file.path);
  const all = named.length > 0 ? named : forms.map((form) => ({ form, slot: undefined }));
  const fitting = all.filter(({ form }) => fits(form, recognised));
  const [best] = fitting.toSorted((one, two) => two.form.columns.length - one.form.columns.length);
  if (best !== undefined) {
    const isBare = best.form.declared === undefined && lacksImages(benchmark, file.path, recognised, best.slot);
    return { file, label, ...best, state: isBare ? 'bare' : 'whole', recognised };
  }
  const meant = named.find(({ form }) => isNamedAs(form, file, recognised));
  if (meant === undefined) return undefined;
  const error = recognised.error ?? (meant.form.declared && misfit(benchmark, file.path, [meant.form], recognised));
  return { file, label, ...meant, state: 'broken', recognised, ...(error === undefined ? {} : { error }) };
}

/** Whether a file has what a form needs; a table whose pictures were moved to files beside it need not hold them. */
export function fits(form: KnownForm, { kind, columns }: Recognised): boolean {
  if (form.kind !== kind || columns === undefined || form.columns.length === 0) return false;
  return missingColumns(form, columns).length === 0;
}

function missingColumns(form: KnownForm, columns: readonly string[]): string[] {
  const moved = form.kind === 'tsv' && columns.includes('image_path') ? (form.declared?.images ?? []) : [];
  return form.columns.filter((column) => !columns.includes(column) && !moved.includes(column));
}

/** The official name is enough; a label needs content or ending of its form. */
function isNamedAs(form: KnownForm, file: FolderFile, { kind }: Recognised): boolean {
  if (form.declared === undefined || kind === form.kind) return true;
  return kind === 'other' && file.name.toLowerCase().endsWith(`.${form.kind}`);
}

/** Whether the first row's pictures are missing. */
function lacksImages(benchmark: Benchmark, path: string, { json }: Recognised, slot: Slot | undefined): boolean {
  if (json?.row === undefined) return false;
  const key = slot?.shape === 'folder' ? basename(dirname(path)) : json.key;
  const read = benchmark.read(json.row, { key, facets: slot?.facets ?? {} });
  const name = 'fields' in read ? read.fields.images[0] : undefined;
  const safe = name === undefined ? undefined : safeImageName(name);
  if (safe === undefined) return false;
  const base = slot?.shape === 'folder' ? dirname(dirname(path)) : dirname(path);
  return !benchmark.imageFolders.some((folder) => existsSync(join(base, folder, safe)));
}

/**
 * What is wrong with a file that none of these forms fits.
 *
 * @param forms - at least one
 */
export function misfit(
  benchmark: Benchmark,
  path: string,
  forms: readonly KnownForm[],
  recognised: Recognised,
): SynthrlError {
  const { kind, columns, beginning } = recognised;
  const hint = `Restore the published file, or name another with --data ${benchmark.name}=<file or folder>.`;
  if (columns === undefined) {
    const message = `${path} is no data of ${benchmark.title}: it begins with ${beginning}.`;
    return new SynthrlError('DATA_INVALID', message, { hint });
  }
  const lacking = forms.filter((form) => form.kind === kind).map((form) => missingColumns(form, columns));
  const [fewest = []] = lacking.toSorted((one, two) => one.length - two.length);
  const lack = fewest.length === 0 ? '' : `: it has not the columns ${quoted(fewest)}`;
  return new SynthrlError('DATA_INVALID', `${path} is no data of ${benchmark.title}${lack}.`, {
    hint: `Its columns are ${quoted(columns)}. ${hint}`,
  });
}

function quoted(names: readonly string[]): string {
  const shown = names.slice(0, 30).map((name) => JSON.stringify(name.slice(0, 60)));
  return names.length > shown.length ? `${shown.join(', ')} and ${names.length - shown.length} more` : shown.join(', ');
}
