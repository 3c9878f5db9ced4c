import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isMap, isScalar, LineCounter, parseDocument } from 'yaml';
import { SynthrlError } from '../core/errors.ts';
import { packageRoot } from '../core/package-root.ts';
import { type OptionSpec, optionSpecs } from './options.ts';
import { resolveOptions, type SuiteValues } from './resolve-options.ts';

const builtInFolder = join(packageRoot, 'evaluation', 'suites');

/** The suite that a flag or the environment names, else the default one. */
export function readChosenSuite(
  flags: Readonly<Record<string, unknown>>,
  environment: Readonly<Record<string, string | undefined>>,
): SuiteValues {
  return readSuite(resolveOptions(['suite'], flags, environment).suite);
}

/**
 * Reads a suite: a YAML file whose keys are option names. Values are checked where they are used.
 *
 * @param suite - path of a file, or the name of a built-in suite
 * @throws {SynthrlError} `SUITE_NOT_FOUND`, or `SUITE_INVALID` with file and line
 */
export function readSuite(suite: string): SuiteValues {
  const path = [suite, join(builtInFolder, `${suite}.yaml`)].find((candidate) => existsSync(candidate));
  if (path === undefined) {
    const known = readdirSync(builtInFolder).map((file) => file.replace(/\.yaml$/, ''));
    throw new SynthrlError('SUITE_NOT_FOUND', `There is no suite file ${suite}, and no built-in suite of that name.`, {
      hint: `Built-in suites: ${known.join(', ')}.`,
    });
  }
  const lines = new LineCounter();
  const document = parseDocument(readFileSync(path, 'utf8'), { lineCounter: lines });
  const at = (offset: number) => `${path}:${lines.linePos(offset).line}`;
  const [problem] = document.errors;
  if (problem) throw new SynthrlError('SUITE_INVALID', `${at(problem.pos[0])}: ${firstLine(problem.message)}`);
  if (!isMap(document.contents)) {
    throw new SynthrlError(
      'SUITE_INVALID',
      `${path}:1: expected option names with values, such as \`temperature: 0\`.`,
    );
  }

  const values = new Map<string, unknown>();
  const places = new Map<string, string>();
  for (const pair of document.contents.items) {
    const name = isScalar(pair.key) ? String(pair.key.value) : '';
    const place = isScalar(pair.key) ? at(pair.key.range?.[0] ?? 0) : path;
    checkKey(name, place);
    values.set(name, document.get(name, false));
    places.set(name, place);
  }
  return { values: plain(values), where: (option) => places.get(option) ?? path };
}

function checkKey(name: string, place: string): void {
  const spec = (optionSpecs as Readonly<Record<string, OptionSpec>>)[name];
  if (spec && spec.inSuite !== false) return;
  const known = Object.entries(optionSpecs as Readonly<Record<string, OptionSpec>>)
    .filter(([, { inSuite }]) => inSuite !== false)
    .map(([key]) => key);
  const reason = spec ? 'belongs on the command line, not in a suite' : 'is not a setting of a suite';
  throw new SynthrlError('SUITE_INVALID', `${place}: \`${name}\` ${reason}.`, { hint: `Known: ${known.join(', ')}.` });
}

/** Lists come as YAML nodes; options want plain values. */
function plain(values: Map<string, unknown>): Map<string, unknown> {
  const isNode = (value: unknown): value is { toJSON(): unknown } =>
    typeof value === 'object' && value !== null && 'toJSON' in value;
  return new Map([...values].map(([name, value]) => [name, isNode(value) ? value.toJSON() : value]));
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? text;
}
