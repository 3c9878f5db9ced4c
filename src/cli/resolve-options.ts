import { SynthrlError } from '../core/errors.ts';
import { type OptionName, type OptionSpec, optionSpecs, type Settings } from './options.ts';

/** Values of a suite file by option name, with where each stands for messages. */
export interface SuiteValues {
  readonly values: ReadonlyMap<string, unknown>;
  where(option: string): string;
}

const noSuite: SuiteValues = { values: new Map(), where: () => '' };

/**
 * Settles each option: flag > environment (`SYNTHRL_<OPTION>`) > suite > default.
 *
 * @throws {SynthrlError} `USAGE` for a flag or variable, `SUITE_INVALID` with file and line for a suite value
 */
export function resolveOptions<Names extends OptionName>(
  names: readonly Names[],
  flags: Readonly<Record<string, unknown>>,
  environment: Readonly<Record<string, string | undefined>>,
  suite: SuiteValues = noSuite,
): Settings<Names> {
  const entries = names.map((name) => {
    const spec: OptionSpec = optionSpecs[name];
    const variable = environmentVariable(name);
    const fromEnvironment = environment[variable];
    if (flags[name] !== undefined) return [name, readValue(spec, flags[name], (text) => usage(`--${name}`, text))];
    if (fromEnvironment !== undefined && fromEnvironment !== '') {
      return [name, readValue(spec, fromEnvironment, (text) => usage(variable, text))];
    }
    if (suite.values.has(name)) {
      return [name, readValue(spec, suite.values.get(name), (text) => invalid(suite.where(name), name, text))];
    }
    return [name, spec.default];
  });
  return Object.fromEntries(entries) as Settings<Names>;
}

function environmentVariable(name: string): string {
  return `SYNTHRL_${name.toUpperCase().replace(/-/g, '_')}`;
}

function usage(name: string, problem: string): SynthrlError {
  return new SynthrlError('USAGE', `Expected \`${name}\` to be ${problem}.`);
}

function invalid(where: string, name: string, problem: string): SynthrlError {
  return new SynthrlError('SUITE_INVALID', `${where}: expected \`${name}\` to be ${problem}.`);
}

/** Reads one value by the option's type; `fail` makes the error from "what was expected, got …". */
function readValue(spec: OptionSpec, value: unknown, fail: (problem: string) => SynthrlError): unknown {
  // yargs gives a list when a flag stands twice; the last one counts, as everywhere.
  const last = Array.isArray(value) && spec.type !== 'texts' ? value.at(-1) : value;
  const got = `got \`${String(last)}\``;
  switch (spec.type) {
    case 'flag':
      if (typeof last === 'boolean') return last;
      if (last === 'true' || last === '1') return true;
      if (last === 'false' || last === '0') return false;
      throw fail(`true or false, ${got}`);
    case 'text':
      if (typeof last !== 'string' && typeof last !== 'number') throw fail(`a text, ${got}`);
      if (spec.choices && !spec.choices.includes(String(last))) throw fail(`one of ${spec.choices.join(', ')}, ${got}`);
      return String(last);
    case 'texts':
      return Array.isArray(value) ? value.map(String) : [String(value)];
    default:
      return readNumber(spec, last, got, fail);
  }
}

function readNumber(spec: OptionSpec, value: unknown, got: string, fail: (problem: string) => SynthrlError): number {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  const kind = spec.type === 'whole' ? 'a whole number' : 'a number';
  const range =
    spec.max === undefined ? `${kind} from ${spec.min ?? 0} up` : `${kind} from ${spec.min ?? 0} to ${spec.max}`;
  if (typeof number !== 'number' || !Number.isFinite(number)) throw fail(`${range}, ${got}`);
  const inside = number >= (spec.min ?? 0) && number <= (spec.max ?? Number.MAX_SAFE_INTEGER);
  if (!inside || (spec.type === 'whole' && !Number.isInteger(number))) throw fail(`${range}, ${got}`);
  return number;
}
