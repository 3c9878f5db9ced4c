import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, join, relative, sep } from 'node:path';
import { SynthrlError } from './errors.ts';
import type { GradingMode } from './grade.ts';

/** Percent-encodes what a file name cannot hold on every system; `.` and `..` too. Letters, digits and `-_.@+=` stay. */
export function encodeName(name: string): string {
  const encoded = encodeURIComponent(name).replace(
    /[!'()*~]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  const plain = encoded.replace(/%40/g, '@').replace(/%2B/g, '+').replace(/%3D/g, '=');
  return /^\.+$/.test(plain) ? plain.replace(/\./g, '%2E') : plain;
}

/** Whether a file name is one that `encodeName` makes; others in a run are not ours, such as a desktop's `.DS_Store`. */
function isEncoded(file: string): boolean {
  try {
    return encodeName(decodeName(file)) === file;
  } catch {
    return false;
  }
}

export function decodeName(encoded: string): string {
  return decodeURIComponent(encoded);
}

/** Paths of one checkpoint inside a run. */
export class CheckpointDirectory {
  readonly path: string;
  /** The checkpoint's name as people know it, not encoded. */
  readonly name: string;

  constructor(path: string) {
    this.path = path;
    this.name = decodeName(basename(path));
  }

  get record(): string {
    return join(this.path, 'checkpoint.json');
  }
  get responses(): string {
    return join(this.path, 'responses');
  }
  get servers(): string {
    return join(this.path, 'servers');
  }
  /** Journal of one writer. */
  journal(benchmark: string, client: string): string {
    return join(this.responses, `${benchmark}.${client}.jsonl`);
  }
  /** All journals of a benchmark, oldest session first (session ids sort by time). */
  journals(benchmark: string): string[] {
    return listFiles(this.responses)
      .filter((file) => file.startsWith(`${benchmark}.`) && file.endsWith('.jsonl'))
      .map((file) => join(this.responses, file));
  }
  gradesFolder(mode: GradingMode): string {
    return join(this.path, 'grades', mode);
  }
  grades(mode: GradingMode, benchmark: string): string {
    return join(this.gradesFolder(mode), `${benchmark}.jsonl`);
  }
  summary(mode: GradingMode): string {
    return join(this.path, `summary.${mode}.json`);
  }
  audit(mode: GradingMode): string {
    return join(this.path, `audit.${mode}.json`);
  }
}

/** Where the files of one run lie; its run.json tells it from any other folder. */
export class RunDirectory {
  readonly path: string;
  /** The path below the runs root, e.g. `INFO/qwen2_5_vl_7b_TAG`. */
  readonly name: string;

  /** @throws {SynthrlError} `USAGE` for a name that leads to the runs root itself or out of it */
  constructor(runsRoot: string, name: string) {
    this.name = relative(runsRoot, join(runsRoot, name));
    this.path = join(runsRoot, this.name);
    if (this.name !== '' && this.name !== '..' && !this.name.startsWith(`..${sep}`)) return;
    throw new SynthrlError('USAGE', `Expected the run's name to be a path below ${runsRoot}, got \`${name}\`.`, {
      hint: 'Name the evaluation run with --run-name (import: --run).',
    });
  }

  get record(): string {
    return join(this.path, 'run.json');
  }
  get sessions(): string {
    return join(this.path, 'sessions.jsonl');
  }
  get judgements(): string {
    return join(this.path, 'judgements.jsonl');
  }
  get lock(): string {
    return join(this.path, 'run.lock');
  }
  get log(): string {
    return join(this.path, 'log.jsonl');
  }
  get report(): string {
    return join(this.path, 'report');
  }
  comparison(mode: GradingMode): string {
    return join(this.path, `comparison.${mode}.json`);
  }
  get exists(): boolean {
    return existsSync(this.record);
  }
  checkpoint(name: string): CheckpointDirectory {
    return new CheckpointDirectory(join(this.path, 'checkpoints', encodeName(name)));
  }
  /** Checkpoints with a folder in this run, in the order of their names with numbers compared as numbers. */
  checkpoints(): CheckpointDirectory[] {
    const folder = join(this.path, 'checkpoints');
    const isOurs = (file: string) => isEncoded(file) && statSync(join(folder, file)).isDirectory();
    return listFiles(folder)
      .filter(isOurs)
      .map((file) => new CheckpointDirectory(join(folder, file)))
      .sort((left, right) => compareNames(left.name, right.name));
  }
}

const collator = new Intl.Collator('en', { numeric: true });

/** Order of names in which `global_step_8` comes before `global_step_16`. */
export function compareNames(left: string, right: string): number {
  return collator.compare(left, right);
}

function listFiles(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder).sort() : [];
}
