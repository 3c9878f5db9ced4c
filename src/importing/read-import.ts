import { SynthrlError } from '../core/errors.ts';
import { type Content, openContent } from './content.ts';
import { isMatrix, readMatrix, type VerdictMatrix } from './forms/verdict-matrix.ts';
import { columnsOf, type ImportForm } from './import-form.ts';
import { importForms } from './import-forms.ts';
import type { ImportReading } from './import-row.ts';

/** A file made elsewhere: rows of some program's form, or verdicts of 0 and 1 by model. */
export type ImportFile =
  | { readonly kind: 'rows'; readonly form: string; readonly reading: ImportReading }
  | { readonly kind: 'matrix'; readonly form: 'matrix'; readonly models: VerdictMatrix };

/** The names that `--form` takes. */
export const formNames: readonly string[] = [...importForms.map(({ name }) => name), 'matrix'];

/**
 * Opens a file of responses or verdicts. Its form is recognised by what it holds, never by its name.
 *
 * @param form - reads it as this form, whatever it looks like
 * @throws {SynthrlError} `IMPORT_INVALID` with file and row; where no form fits, with what was found and what is known
 */
export async function readImport(path: string, form?: string): Promise<ImportFile> {
  const content = await openContent(path);
  if (content.kind === 'object' && (form ?? 'matrix') === 'matrix' && isMatrix(content.value)) {
    return { kind: 'matrix', form: 'matrix', models: readMatrix(content.value, path) };
  }
  const chosen = importForms.find((known) => (form === undefined ? known.recognises(content) : known.name === form));
  if (chosen === undefined || (form !== undefined && !canHold(chosen, content))) throw unknownForm(path, content, form);
  return { kind: 'rows', form: chosen.name, reading: await chosen.read(content) };
}

/** A form that is asked for must at least be able to read this kind of file. */
function canHold(form: ImportForm, content: Content): boolean {
  return content.kind === 'records' || form.recognises(content);
}

function unknownForm(path: string, content: Content, form: string | undefined): SynthrlError {
  const asked = form === undefined ? 'in no form that is known' : `not in the form ${form}`;
  return new SynthrlError('IMPORT_INVALID', `${path} is ${asked}: ${found(content)}.`, {
    hint: `Known forms: ${importForms.map(({ name, title }) => `${name}: ${title}`).join('; ')}; matrix: verdicts of 0 and 1 by model.`,
  });
}

function found(content: Content): string {
  if (content.kind === 'archive') return `it is a zip archive with ${listed([...content.members])}`;
  if (content.kind === 'records') return `its rows have ${listed([...columnsOf(content)])}`;
  const [key, value] = Object.entries(content.value)[0] ?? ['', undefined];
  const inner = typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.keys(value) : [];
  return `it is an object with ${listed(Object.keys(content.value))}${inner.length === 0 ? '' : `, and in ${JSON.stringify(key.slice(0, 40))} ${listed(inner)}`}`;
}

function listed(names: readonly string[]): string {
  if (names.length === 0) return 'nothing';
  const shown = names
    .slice(0, 8)
    .map((name) => name.slice(0, 60))
    .join(', ');
  return names.length > 8 ? `${shown}, …` : shown;
}
