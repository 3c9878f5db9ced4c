import { SynthrlError } from '../core/errors.ts';
import type { Verdict } from '../core/grade.ts';
import type { Problem } from '../core/problem.ts';
import type { ImportRow, Reply } from './import-row.ts';
import { ProblemFinder } from './problem-finder.ts';
import type { ImportFile } from './read-import.ts';
import { RowTies, type Tied } from './row-ties.ts';

/** What was taken from a file. */
export interface Matched<Value> extends Tied<Value> {
  /** Whose rows were taken, where the file names models. */
  readonly model: string | undefined;
}

/** Whose rows to take. Where none is asked for, the model of the checkpoint's name, or the only one that the file names. */
export interface ModelChoice {
  readonly asked: string | undefined;
  readonly checkpoint: string;
}

/**
 * Ties responses to problems. A row whose response is null has none, as where a request failed: its problem gets no value.
 *
 * @throws {SynthrlError} `IMPORT_INVALID` for a row without a response, an id that stands twice, or no match at all
 */
export async function matchResponses(
  file: ImportFile,
  problems: readonly Problem[],
  model: ModelChoice,
): Promise<Matched<Reply>> {
  if (file.kind === 'matrix')
    throw new SynthrlError('IMPORT_INVALID', 'The file holds verdicts, not responses.', { hint: 'Add --verdicts.' });
  return matchRows(file, problems, model, (row, ties) => {
    if (row.replies === null) return undefined;
    const [first, ...further] = row.replies ?? missing(row.where, 'response');
    ties.passOver(further.length);
    return first ?? missing(row.where, 'response');
  });
}

/**
 * Ties verdicts to problems: by id, or for a table of 0 and 1 by the order of the problems' groups and of the rows in each.
 *
 * @throws {SynthrlError} `IMPORT_INVALID`
 */
export async function matchVerdicts(
  file: ImportFile,
  problems: readonly Problem[],
  model: ModelChoice,
): Promise<Matched<Verdict>> {
  if (file.kind === 'matrix') return matchMatrix(file.models, problems, model);
  return matchRows(file, problems, model, (row) => row.verdict ?? missing(row.where, 'correct (true or false)'));
}

function matchMatrix(
  models: Extract<ImportFile, { kind: 'matrix' }>['models'],
  problems: readonly Problem[],
  choice: ModelChoice,
): Matched<Verdict> {
  const name = chooseModel([...models.keys()], choice);
  const table = models.get(name ?? '');
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
  return { values, unmatched: [], rows: values.size, notes: [], model: name };
}

/** Reads the rows once. Only those of the wanted model are kept, and those of the first one until that appears. */
async function matchRows<Value>(
  file: Extract<ImportFile, { kind: 'rows' }>,
  problems: readonly Problem[],
  choice: ModelChoice,
  read: (row: ImportRow, ties: RowTies<Value>) => Value | undefined,
): Promise<Matched<Value>> {
  const finder = new ProblemFinder(problems);
  const wanted = choice.asked ?? choice.checkpoint;
  const models = new Set<string>();
  const unnamed = new RowTies<Value>(finder);
  let kept: { readonly model: string; readonly ties: RowTies<Value> } | undefined;
  for await (const row of file.reading.rows) {
    const { model } = row;
    if (model !== undefined) models.add(model);
    if (model !== undefined && kept?.model !== model && (kept === undefined || model === wanted)) {
      kept = { model, ties: new RowTies<Value>(finder) };
    }
    const ties = model === undefined ? unnamed : kept?.model === model ? kept.ties : undefined;
    ties?.add(row, (one) => read(one, ties));
  }
  const name = chooseModel([...models], choice);
  const tied = (name === undefined || kept === undefined ? unnamed : kept.ties).finish();
  const notes = [...(file.reading.notes?.() ?? []), ...tied.notes];
  if (tied.matched > 0) return { ...tied, notes, model: name };
  throw noMatch(tied, problems);
}

function noMatch({ rows, unmatched }: Tied<unknown>, problems: readonly Problem[]): SynthrlError {
  if (rows === 0) return new SynthrlError('IMPORT_INVALID', 'The file holds no rows.');
  const first = unmatched.find((row) => !row.why.startsWith('no selected') && !row.why.startsWith('the ids'));
  const some = (ids: readonly string[]) => ids.slice(0, 3).join(', ');
  const why = first === undefined ? '' : ` ${first.where}: ${first.why}.`;
  return new SynthrlError(
    'IMPORT_INVALID',
    `None of the ${rows} rows has the id of a selected problem (rows: ${some(unmatched.map(({ id }) => id))}; problems: ${some(problems.map(({ id }) => id))}).${why}`,
    { hint: 'Check the benchmark and its split.' },
  );
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
