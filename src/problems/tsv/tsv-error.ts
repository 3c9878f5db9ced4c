import { SynthrlError } from '../../core/errors.ts';

/** `DATA_INVALID` about a place in a table (`<file>` or `<file>:<line>`); the message is "<place> <what>." */
export function tsvError(place: string, what: string, hint?: string, cause?: unknown): SynthrlError {
  return new SynthrlError('DATA_INVALID', `${place} ${what}.`, {
    hint: hint ?? 'Restore the published file, or correct the row.',
    cause,
  });
}
