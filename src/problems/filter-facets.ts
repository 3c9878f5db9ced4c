import { SynthrlError } from '../core/errors.ts';
import type { Problem } from '../core/problem.ts';
import { encodeValue, type Selection } from './selection.ts';

/**
 * The problems that have, for each facet of the selection, one of its values (upper and lower case count as equal).
 *
 * @throws {SynthrlError} `SELECTION_EMPTY` when none is left, `SELECTION_UNKNOWN` when one of several values fits none
 */
export function filterFacets(benchmark: string, problems: readonly Problem[], selection: Selection): Problem[] {
  const wanted = Object.entries(selection.facets).map(([facet, values]) => ({
    facet,
    values: values.map((value) => ({ value, known: canonicalValue(problems, facet, value) })),
  }));
  for (const { facet, values } of wanted) {
    const missing = values.filter(({ known }) => known === undefined).map(({ value }) => `"${value}"`);
    if (missing.length === 0) continue;
    const message = `No problem of ${benchmark} has ${facet} ${missing.join(' or ')}.`;
    throw new SynthrlError(missing.length === values.length ? 'SELECTION_EMPTY' : 'SELECTION_UNKNOWN', message, {
      hint: `Values of ${facet}: ${listValues(problems, facet)}.`,
    });
  }
  const filtered = problems.filter((problem) =>
    wanted.every(({ facet, values }) => values.some(({ known }) => problem.facets[facet]?.includes(known ?? ''))),
  );
  if (filtered.length > 0) return filtered;
  throw new SynthrlError('SELECTION_EMPTY', `The selection ${benchmark}:${selection.text} selects no problem.`, {
    hint: 'Each value occurs, but no problem has all of them. Leave one out.',
  });
}

/** The value as the data spells it; undefined where no problem has it. */
function canonicalValue(problems: readonly Problem[], facet: string, value: string): string | undefined {
  const lower = value.toLowerCase();
  for (const problem of problems) {
    const found = problem.facets[facet]?.find((candidate) => candidate.toLowerCase() === lower);
    if (found !== undefined) return found;
  }
  return undefined;
}

function listValues(problems: readonly Problem[], facet: string): string {
  const values = [...new Set(problems.flatMap((problem) => problem.facets[facet] ?? []))].sort();
  return values.length <= 20 ? values.join(', ') : `${values.slice(0, 20).join(', ')} and ${values.length - 20} more`;
}

/**
 * The one way to write a selection: split, then facets and their values in alphabetical order, e.g.
 * `testmini,level=4|5`. With the benchmark's name and a colon before it, it can be parsed again.
 */
export function normalForm(split: string, problems: readonly Problem[], selection: Selection): string {
  const facets = Object.entries(selection.facets).map(([facet, values]) => {
    const canonical = values.map((value) => encodeValue(canonicalValue(problems, facet, value) ?? value));
    return `${facet}=${[...new Set(canonical)].sort().join('|')}`;
  });
  return [split, ...facets.sort()].join(',');
}
