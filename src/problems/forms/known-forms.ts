import type { Benchmark, DataForm, FileShape } from '../define-benchmark.ts';
import type { FileLabel } from './file-label.ts';

/** One piece of a benchmark's data in one form: a whole split, or the rows of it that have these facet values. */
export interface Slot {
  readonly split: string;
  readonly facets: Readonly<Record<string, string>>;
  readonly rows: number | undefined;
  /** Names that files of this piece have, for messages and for looking up single files. */
  readonly names: readonly string[];
  /** Of the official files. */
  readonly shape: FileShape | undefined;
}

/** A form in which a benchmark's data may lie: its official files, or one that it declares. */
export interface KnownForm {
  readonly kind: DataForm['kind'];
  /** Undefined for the official files. */
  readonly declared: DataForm | undefined;
  /** A file with all of these columns is of this form. */
  readonly columns: readonly string[];
  readonly slots: readonly Slot[];
  /** The piece that a file is by its name; `label.path` is all of it that is known. */
  slotOf(label: FileLabel): Slot | undefined;
}

/** All forms of a benchmark, the official files first. */
export function knownForms(benchmark: Benchmark): KnownForm[] {
  return [officialForm(benchmark), ...(benchmark.forms ?? []).map(declaredForm)];
}

/** Whether files of the same split may say different facets. */
export function isWhole(slot: Slot): boolean {
  return Object.keys(slot.facets).length === 0;
}

/** How people call a form. */
export function formTitle(form: KnownForm): string {
  if (form.declared === undefined) return 'the official files';
  return { parquet: 'Parquet', tsv: 'a TSV table', json: 'JSON' }[form.kind];
}

function officialForm(benchmark: Benchmark): KnownForm {
  const slots = Object.entries(benchmark.splits).flatMap(([split, { parts }]) =>
    parts.map(({ files, facets, rows, shape }) => ({ split, facets: facets ?? {}, rows, names: files, shape })),
  );
  const places = slots.flatMap((slot) => slot.names.map((name) => ({ slot, name })));
  // `data/test.jsonl` says more than `test.jsonl`.
  places.sort((one, two) => two.name.length - one.name.length);
  return {
    kind: 'json',
    declared: undefined,
    columns: benchmark.columns,
    slots,
    slotOf: ({ path }) => places.find(({ slot, name }) => hasName(path, name, slot.shape))?.slot,
  };
}

function hasName(path: string, name: string, shape: FileShape | undefined): boolean {
  const rows = shape === 'folder' ? rowsFolder(path) : path;
  return rows !== undefined && `/${rows}`.endsWith(`/${name}`);
}

/** The folder above that of a row of its own; undefined for other files. */
function rowsFolder(path: string): string | undefined {
  return /^(.+)\/[^/]+\/data\.json$/.exec(path)?.[1];
}

function declaredForm(declared: DataForm): KnownForm {
  const slots: Slot[] = [];
  const byLabel = new Map<string, Slot>();
  for (const { label, split, rows, facets = {} } of declared.labels) {
    const same = slots.find((slot) => slot.split === split && sameFacets(slot.facets, facets));
    const slot = same ?? { split, facets, rows, names: [], shape: undefined };
    const named = { ...slot, names: [...slot.names, label] };
    if (same === undefined) slots.push(named);
    else slots[slots.indexOf(same)] = named;
  }
  for (const slot of slots) for (const name of slot.names) byLabel.set(name.toLowerCase(), slot);
  return {
    kind: declared.kind,
    declared,
    columns: declared.columns,
    slots,
    slotOf: ({ names }) => {
      for (const name of names) {
        const slot = byLabel.get(name.toLowerCase());
        if (slot !== undefined) return slot;
      }
      return undefined;
    },
  };
}

function sameFacets(one: Readonly<Record<string, string>>, two: Readonly<Record<string, string>>): boolean {
  const names = Object.keys(one);
  return names.length === Object.keys(two).length && names.every((name) => one[name] === two[name]);
}
