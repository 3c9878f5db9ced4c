import { join } from 'node:path';
import type { Verdict } from '../../src/core/grade.ts';
import type { Problem } from '../../src/core/problem.ts';
import type { Reply } from '../../src/importing/import-row.ts';
import { type Matched, matchResponses, matchVerdicts } from '../../src/importing/match-import.ts';
import { readImport } from '../../src/importing/read-import.ts';

const fixtures = join(import.meta.dirname, 'fixtures');

/** Path of a file that a real program wrote; its name says which, and its version. */
export function fixturePath(name: string): string {
  return join(fixtures, name);
}

/** What the responses of a file come to, with the form that was recognised. */
export async function importResponses(
  path: string,
  problems: readonly Problem[],
): Promise<Matched<Reply> & { form: string; program: string | undefined }> {
  const file = await readImport(path);
  const program = file.kind === 'rows' ? file.reading.program : undefined;
  return { ...(await matchResponses(file, problems, { asked: undefined, checkpoint: 'c' })), form: file.form, program };
}

/** What the verdicts of a file come to. */
export async function importVerdicts(path: string, problems: readonly Problem[]): Promise<Matched<Verdict>> {
  return matchVerdicts(await readImport(path), problems, { asked: undefined, checkpoint: 'c' });
}
