import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { SynthrlError } from '../core/errors.ts';

/**
 * The path of a program as the shell would find it.
 *
 * @throws {SynthrlError} `ENGINE_NOT_FOUND` when there is no such executable file
 */
export function findProgram(name: string, searchPath: string): string {
  const candidates = name.includes('/') ? [name] : searchPath.split(delimiter).map((folder) => join(folder, name));
  const found = candidates.find(isExecutable);
  if (found !== undefined) return found;
  throw new SynthrlError('ENGINE_NOT_FOUND', `The program "${name}" that starts the server was not found.`, {
    hint:
      'Name it with --vllm-command, e.g. --vllm-command "/opt/venv/bin/vllm"; or use --server for an endpoint that ' +
      'already runs, or --engine simulator to try the program without a GPU.',
  });
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
