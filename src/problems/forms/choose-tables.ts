import { dirname } from 'node:path';
import { SynthrlError } from '../../core/errors.ts';
import type { Benchmark } from '../define-benchmark.ts';
import { type FoundTable, sameContent } from './group-tables.ts';
import { formTitle, isWhole, type KnownForm, type Slot } from './known-forms.ts';

/** What a selection needs: a split, and which of its pieces. */
export interface Wanted {
  readonly split: string;
  isWanted(slot: Slot): boolean;
}

/** One form that has all that is wanted; several tables for one slot where they say different things. */
interface Candidate {
  readonly form: KnownForm;
  readonly state: FoundTable['state'];
  readonly slots: readonly (readonly FoundTable[])[];
}

const states = ['whole', 'bare', 'broken'] as const;

/**
 * Chooses the tables of one form that hold all that is wanted; undefined where no form has it.
 *
 * @param tables - what was found in one place
 * @throws {SynthrlError} `DATA_AMBIGUOUS` where there is more than one way; the error of a table that is broken where
 * there is no other
 */
export async function chooseTables(
  benchmark: Benchmark,
  wanted: Wanted,
  forms: readonly KnownForm[],
  tables: readonly FoundTable[],
  place: string,
): Promise<FoundTable[] | undefined> {
  const candidates: Candidate[] = [];
  for (const form of forms) {
    const own = tables.filter((table) => table.form === form);
    const candidate = await candidateOf(form, wanted, own);
    if (candidate !== undefined) candidates.push(candidate);
  }
  for (const state of states) {
    const best = candidates.filter((candidate) => candidate.state === state);
    const [only] = best;
    if (only === undefined) continue;
    const isClear = best.length === 1 && only.slots.every((alternatives) => alternatives.length === 1);
    if (isClear) return only.slots.flat().map(unbroken);
    if (state !== 'broken') throw ambiguous(benchmark, wanted.split, place, best.flatMap(({ slots }) => slots).flat());
    return only.slots.flatMap((alternatives) => alternatives.slice(0, 1)).map(unbroken);
  }
  return undefined;
}

async function candidateOf(
  form: KnownForm,
  wanted: Wanted,
  tables: readonly FoundTable[],
): Promise<Candidate | undefined> {
  const slots = form.slots.filter((slot) => slot.split === wanted.split && wanted.isWanted(slot));
  const ways = [...slots.filter(isWhole).map((slot) => [slot]), slots.filter((slot) => !isWhole(slot))];
  const candidates: Candidate[] = [];
  for (const way of ways.filter(({ length }) => length > 0)) {
    const found: FoundTable[][] = [];
    for (const slot of way) found.push(await settle(tables.filter((table) => table.slot === slot)));
    if (found.some(({ length }) => length === 0)) continue;
    const present = new Set(found.map(([first]) => first?.state));
    const state = states.findLast((one) => present.has(one)) ?? 'whole';
    candidates.push({ form, state, slots: found });
  }
  return states.flatMap((state) => candidates.filter((candidate) => candidate.state === state))[0];
}

/** The best tables of one slot, each content once, in the order of the names that the slot knows. */
export async function settle(tables: readonly FoundTable[]): Promise<FoundTable[]> {
  const best = states.map((state) => tables.filter((table) => table.state === state)).find(({ length }) => length > 0);
  const distinct: FoundTable[] = [];
  for (const table of (best ?? []).toSorted((one, two) => rankOf(one) - rankOf(two))) {
    let isNew = true;
    for (const known of distinct) if (await sameContent(known.files, table.files)) isNew = false;
    if (isNew) distinct.push(table);
  }
  return distinct;
}

function rankOf({ slot, files }: FoundTable): number {
  const [file = ''] = files;
  const rank = (slot?.names ?? []).findIndex((name) => file.endsWith(`/${name}`));
  // A longer name says more, and the shortest lies at the top of the folder.
  return rank < 0 ? Number.MAX_SAFE_INTEGER : file.length;
}

function unbroken(table: FoundTable): FoundTable {
  if (table.error !== undefined) throw table.error;
  return table;
}

/** Lists what was found, and how each would be chosen. */
export function ambiguous(
  benchmark: Benchmark,
  split: string,
  place: string,
  tables: readonly FoundTable[],
): SynthrlError {
  const forms = [...new Set(tables.map(({ form }) => form))];
  const listed = tables.map((table) => {
    const pieces = table.files.length > 1 ? ` and ${table.files.length - 1} more pieces` : '';
    const rows = table.rows === undefined ? '' : `, ${table.rows} rows`;
    return `${table.files[0] ?? ''}${pieces} (${formTitle(table.form)}${rows})`;
  });
  const perForm = forms.map((form) => tables.filter((table) => table.form === form));
  const choices = perForm.flatMap((own) => {
    const isParted = own.some(({ slot }) => slot !== undefined && !isWhole(slot));
    return isParted ? [commonFolder(own.flatMap(({ files }) => files))] : own.map(({ files }) => files[0] ?? '');
  });
  const shown = listed.length > 12 ? [...listed.slice(0, 12), `and ${listed.length - 12} more`] : listed;
  return new SynthrlError(
    'DATA_AMBIGUOUS',
    `${place} holds the data of ${benchmark.name} (${split}) more than once: ${shown.join('; ')}.`,
    { hint: `Choose with ${[...new Set(choices)].map((path) => `--data ${benchmark.name}=${path}`).join(' or ')}.` },
  );
}

function commonFolder(files: readonly string[]): string {
  let folder = dirname(files[0] ?? '');
  while (!files.every((file) => file.startsWith(`${folder}/`)) && dirname(folder) !== folder) folder = dirname(folder);
  return folder;
}
