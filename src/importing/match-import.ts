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

/**
 * Ties responses to problems by id.
 *
 * @param model - whose rows to take; needed only where the file holds several models
 * @throws {SynthrlError} `IMPORT_INVALID` for a row without a response, an id that stands twice, or no match at all
 */
export function matchResponses(file: ImportFile, problems: readonly Problem[], model: string): Matched<string> {
  if (file.form === 'matrix')
    throw new SynthrlError('IMPORT_INVALID', 'The file holds verdicts, not responses.', { hint: 'Add --verdicts.' });
  return matchRows(chooseModel(file.rows, model), problems, ({ value, where }) => {
    const text = value['response'] ?? value['text'] ?? value['prediction'];
    if (typeof text === 'string') return text;
    if (text === null || text === undefined || typeof text === 'number')
      return text === undefined ? missing(where, 'response') : String(text ?? '');
    return missing(where, 'response');
  });
}

/**
 * Ties verdicts to problems: by id, or for a table of 0 and 1 by the order of the problems' groups and of the rows in each.
 *
 * @throws {SynthrlError} `IMPORT_INVALID`
 */
export function matchVerdicts(file: ImportFile, problems: readonly Problem[], model: string): Matched<Verdict> {
  if (file.form === 'rows') {
    return matchRows(chooseModel(file.rows, model), problems, ({ value, where }) => {
      const verdict = value['correct'] ?? value['official_correct'] ?? value['verdict'];
      if (verdict === true || verdict === 1) return 'correct';
      if (verdict === false || verdict === 0) return 'incorrect';
      // A row that its maker could not judge stays undecided rather than wrong.
      return verdict === null ? 'undecided' : missing(where, 'correct (true or false)');
    });
  }
  const table = file.models.get(model);
  if (table === undefined) throw severalModels([...file.models.keys()], model);
  const groups = new Map<string, Problem[]>();
  for (const problem of problems) groups.set(problem.group, [...(groups.get(problem.group) ?? []), problem]);
  if (table.length !== groups.size) {
    throw new SynthrlError(
      'IMPORT_INVALID',
      `${model} has verdicts for ${table.length} underlying problems, the selection has ${groups.size}.`,
    );
  }
  const values = new Map<string, Verdict>();
  for (const [index, rows] of [...groups.values()].entries()) {
    const verdicts = table[index] ?? [];
    if (verdicts.length !== rows.length) {
      throw new SynthrlError(
        'IMPORT_INVALID',
        `${model} has ${verdicts.length} verdicts for problem ${rows[0]?.group}, the selection has ${rows.length} rows of it.`,
      );
    }
    for (const [row, problem] of rows.entries()) values.set(problem.id, verdicts[row] === 1 ? 'correct' : 'incorrect');
  }
  return { values, unmatched: [] };
}

function matchRows<Value>(
  rows: readonly ImportRow[],
  problems: readonly Problem[],
  read: (row: ImportRow) => Value,
): Matched<Value> {
  const known = new Set(problems.map(({ id }) => id));
  const values = new Map<string, Value>();
  const unmatched: string[] = [];
  for (const row of rows) {
    if (!known.has(row.id)) unmatched.push(row.id);
    else if (values.has(row.id))
      throw new SynthrlError('IMPORT_INVALID', `${row.where}: the id ${row.id} stands twice.`);
    else values.set(row.id, read(row));
  }
  if (values.size > 0) return { values, unmatched };
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

/** Rows of one model: all of them where the file names at most one. */
function chooseModel(rows: readonly ImportRow[], model: string): readonly ImportRow[] {
  const models = [...new Set(rows.flatMap((row) => row.model ?? []))];
  if (models.includes(model)) return rows.filter((row) => row.model === model);
  if (models.length <= 1) return rows;
  throw severalModels(models, model);
}

function severalModels(models: readonly string[], model: string): SynthrlError {
  return new SynthrlError('IMPORT_INVALID', `The file holds several models, and none is called ${model}.`, {
    hint: `Choose one with --model: ${models.slice(0, 20).join(', ')}.`,
  });
}

function missing(where: string, what: string): never {
  throw new SynthrlError('IMPORT_INVALID', `${where} has no ${what}.`);
}
