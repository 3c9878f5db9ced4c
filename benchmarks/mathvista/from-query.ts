import { listOptions } from '../../src/problems/options/letters.ts';

/** The units that the rows of testmini have; other units in brackets belong to the question itself, e.g. `(Unit: $)`. */
const units: readonly string[] = ['years', 'g'];

const questionMark = '\nQuestion: ';
const choicesMark = '\nChoices:\n';

/** What an official query was built from. A question's last line breaks are lost where nothing follows it. */
export interface AskedParts {
  readonly question: string;
  readonly unit: string | null;
}

/**
 * Takes an official query apart (see `buildQuery`). Undefined where the text does not begin with the hint on the form
 * of the answer: then it is the question itself.
 */
export function partsOfQuery(query: string, choices: readonly string[] | null): AskedParts | undefined {
  const start = query.indexOf(questionMark);
  if (!query.startsWith('Hint: ') || start < 0) return undefined;
  const asked = withoutChoices(query.slice(start + questionMark.length), choices);
  const unit = units.find((known) => asked.endsWith(` (Unit: ${known})`));
  return unit === undefined
    ? { question: asked, unit: null }
    : { question: asked.slice(0, -` (Unit: ${unit})`.length), unit };
}

function withoutChoices(asked: string, choices: readonly string[] | null): string {
  if (choices === null) return asked;
  const listed = `${choicesMark}${listOptions(choices)}`.trimEnd();
  if (asked.endsWith(listed)) return asked.slice(0, -listed.length);
  const mark = asked.lastIndexOf(choicesMark);
  return mark < 0 ? asked : asked.slice(0, mark);
}
