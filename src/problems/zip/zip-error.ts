import { SynthrlError } from '../../core/errors.ts';

/** Names come from the file and end up in terminals: shown as JSON strings, and not in full length. */
export function quoted(name: string): string {
  return JSON.stringify(name.length > 200 ? `${name.slice(0, 200)}…` : name);
}

/** Something is wrong with a zip file; `what` follows its path. */
export function zipError(path: string, what: string, cause?: unknown): SynthrlError {
  return new SynthrlError('DATA_INVALID', `${path} ${what}.`, {
    hint: 'Download the file again, or unpack it and name the folder instead.',
    cause,
  });
}
