import { SynthrlError } from '../core/errors.ts';
import type { Verdict } from '../core/grade.ts';
import type { Problem } from '../core/problem.ts';
import type { ImportFile, ImportRow } from './read-import.ts';

/** What of a file belongs to one model and which of its rows have no problem. */
export interface Matched<Value> {
  /** By problem id. */
  readonly values: ReadonlyMap<string, Value>;
  /** Ids that no selected problem has. */
  readonly unmatched: readonly string[];
}

/** Whose rows to take. Where none is asked for, the model of the checkpoint's name, or the only one that the file names. */
export interface ModelChoice {
  readonly asked: string | undefined;
  readonly checkpoint: string;
}

/**
 * Ties responses to problems by id. A row whose response is null has none, as where a request failed: its problem gets
 * no value.
 *
 * @throws {SynthrlError} `IMPORT_INVALID` for a row without a response, an id that stands twice, or no match at all
 */
export function matchResponses(file: ImportFile, problems: readonly Problem[], model: ModelChoice): Matched<string> {
  if (file.form === 'matrix')
    throw new SynthrlError('IMPORT_INVALID', 'The file holds verdicts, not responses.', { hint: 'Add --verdicts.' });
  return matchRows(rowsOf(file.rows, model), problems, ({ value, where }) => {
    const text = firstOf(value, ['response', 'text', 'prediction']);
    if (text === null) return undefined;
    return typeof text === 'string' || typeof text === 'number' ? String(text) : missing(where, 'response');
  });
}

/**
 * Ties verdicts to problems: by id, or for a table of 0 and 1 by the order of the problems' groups and of the rows in each.
 *
 * @throws {SynthrlError} `IMPORT_INVALID`
 */
export function matchVerdicts(file: ImportFile, problems: readonly Problem[], model: ModelChoice): Matched<Verdict> {
  if (file.form === 'rows') {
    return matchRows(rowsOf(file.rows, model), problems, ({ value, where }) => {
      const verdict = firstOf(value, ['correct', 'official_correct', 'verdict']);
      if (verdict === true || verdict === 1) return 'correct';
      if (verdict === false || verdict === 0) return 'incorrect';
      // A row that its maker could not judge stays undecided rather than wrong.
      return verdict === null ? 'undecided' : missing(where, 'correct (true or false)');
    });
  }
  const name = chooseModel([...file.models.keys()], model);
  const table = file.models.get(name ?? '');
  if (table === undefined) throw new SynthrlError('IMPORT_INVALID', 'The file holds no verdicts.');
  const groups = new Map<string, Problem[]>();
  for (const problem of problems) groups.set(problem.group, [...(groups.get(problem.group) ?? []), problem]);
  if (table.length !== groups.size) {
    throw new SynthrlError(
      'IMPORT_INVALID',
      `${name} has verdicts for ${table.length} underlying problems, the selection has ${groups.size}.`,
    );
  }
  const values = new Map<string, Verdict>();
  for (const [index, rows] of [...groups.values()].entries()) {
    const verdicts = table[index] ?? [];
    if (verdicts.length !== rows.length) {
      throw new SynthrlError(
        'IMPORT_INVALID',
        `${name} has ${verdicts.length} verdicts for problem ${rows[0]?.group}, the selection has ${rows.length} rows of it.`,
      );
    }
    for (const [row, problem] of rows.entries()) values.set(problem.id, verdicts[row] === 1 ? 'correct' : 'incorrect');
  }
  return { values, unmatched: [] };
}

function matchRows<Value>(
  rows: readonly ImportRow[],
  problems: readonly Problem[],
  read: (row: ImportRow) => Value | undefined,
): Matched<Value> {
  const known = new Set(problems.map(({ id }) => id));
  const values = new Map<string, Value>();
  const seen = new Set<string>();
  const unmatched: string[] = [];
  for (const row of rows) {
    if (!known.has(row.id)) {
      unmatched.push(row.id);
      continue;
    }
    if (seen.has(row.id)) throw new SynthrlError('IMPORT_INVALID', `${row.where}: the id ${row.id} stands twice.`);
    seen.add(row.id);
    const value = read(row);
    if (value !== undefined) values.set(row.id, value);
  }
  if (seen.size > 0) return { values, unmatched };
  if (rows.length === 0) throw new SynthrlError('IMPORT_INVALID', 'The file holds no rows.');
  throw new SynthrlError(
    'IMPORT_INVALID',
    `None of the ${rows.length} rows has the id of a selected problem (rows: ${unmatched.slice(0, 3).join(', ')}; problems: ${problems
      .slice(0, 3)
      .map(({ id }) => id)
      .join(', ')}).`,
    {
      hint: 'Check the benchmark and its split.',
    },
  );
}

/** The first member that is there, null included. */
function firstOf(value: Readonly<Record<string, unknown>>, names: readonly string[]): unknown {
  return names.map((name) => value[name]).find((member) => member !== undefined);
}

/** Rows of one model: all of them where the file names none, or one and no other is asked for. */
function rowsOf(rows: readonly ImportRow[], choice: ModelChoice): readonly ImportRow[] {
  const models = [...new Set(rows.flatMap((row) => row.model ?? []))];
  const name = chooseModel(models, choice);
  return models.length <= 1 ? rows : rows.filter((row) => row.model === name);
}

/** One of the models that a file names; undefined where it names none. */
function chooseModel(models: readonly string[], { asked, checkpoint }: ModelChoice): string | undefined {
  if (models.length === 0) return undefined;
  const wanted = asked ?? checkpoint;
  if (models.includes(wanted)) return wanted;
  if (models.length === 1 && asked === undefined) return models[0];
  throw new SynthrlError(
    'IMPORT_INVALID',
    models.length === 1
      ? `The file holds the model ${models[0]}, not ${wanted}.`
      : `The file holds several models, and none is called ${wanted}.`,
    { hint: `Choose one with --model: ${models.slice(0, 20).join(', ')}.` },
  );
}

function missing(where: string, what: string): never {
  throw new SynthrlError('IMPORT_INVALID', `${where} has no ${what}.`);
}
