import { readFileSync } from 'node:fs';
import { defaultGateRules, type GateRules } from '../analysis/gate/gate-rule.ts';
import { readGateRules } from '../analysis/gate/read-gate-rules.ts';
import { errorMessage, SynthrlError } from '../core/errors.ts';

/** @throws {SynthrlError} `GATE_INVALID` for a file that is not there, or with file and line */
export function readRules(path: string | undefined): GateRules {
  if (path === undefined) return defaultGateRules;
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new SynthrlError('GATE_INVALID', `The rules at ${path} cannot be read: ${errorMessage(error)}.`, {
      cause: error,
    });
  }
  return readGateRules(text, path);
}
