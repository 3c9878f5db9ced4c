import { SynthrlError } from '../core/errors.ts';
import type { Benchmark } from './define-benchmark.ts';

/** Stands in place of a split where one file was named as the data and no split was. */
export const namedFileSplit = 'file';

/** Which problems of a benchmark are meant. */
export interface Selection {
  /** Undefined for the benchmark's default. */
  readonly split: string | undefined;
  /** Wanted values by facet name; a problem is selected when each named facet has one of them. */
  readonly facets: Readonly<Record<string, string[]>>;
  /** As it was written, without the benchmark's name; empty for the default. */
  readonly text: string;
}

/**
 * Reads a list such as `mathvision:testmini:level=4|5,dynamath:variant=1,wemath`. Parts of one selection are separated
 * by `:`, or by `,` before a facet, which is how a run records them. In facet values `,` `:` `|` and `%` are written
 * `%2C` `%3A` `%7C` and `%25`.
 *
 * @throws {SynthrlError} `BENCHMARK_UNKNOWN` or `SELECTION_UNKNOWN`, listing what is known
 */
export function parseSelections(
  text: string,
  registry: readonly Benchmark[],
): { benchmark: Benchmark; selection: Selection }[] {
  const selected: { benchmark: Benchmark; selection: Selection }[] = [];
  for (const item of splitItems(text)) {
    const [name = '', ...parts] = item.split(':').map((part) => part.trim());
    const benchmark = registry.find((known) => known.name === name);
    if (!benchmark) {
      throw new SynthrlError('BENCHMARK_UNKNOWN', `There is no benchmark named "${name}".`, {
        hint: `Known benchmarks: ${registry.map((known) => known.name).join(', ')}.`,
      });
    }
    if (selected.some((other) => other.benchmark === benchmark)) {
      throw new SynthrlError('SELECTION_UNKNOWN', `The benchmark ${name} is selected twice in "${text}".`, {
        hint: `Join values of one facet with "|" (${name}:facet=one|two); make two runs for two splits.`,
      });
    }
    selected.push({ benchmark, selection: parseParts(benchmark, parts) });
  }
  if (selected.length > 0) return selected;
  throw new SynthrlError('BENCHMARK_UNKNOWN', 'No benchmark is selected.', {
    hint: `Known benchmarks: ${registry.map((known) => known.name).join(', ')}.`,
  });
}

/** Items between commas; a piece that begins with `facet=` goes on with the selection before it. */
function splitItems(text: string): string[] {
  const items: string[] = [];
  for (const piece of text.split(',').map((part) => part.trim())) {
    if (piece === '') continue;
    const before = piece.split(':', 1)[0] ?? '';
    const last = items.length - 1;
    if (before.includes('=') && last >= 0) items[last] = `${items[last]}:${piece}`;
    else items.push(piece);
  }
  return items;
}

function parseParts(benchmark: Benchmark, parts: readonly string[]): Selection {
  let split: string | undefined;
  const facets: Record<string, string[]> = {};
  for (const part of parts) {
    const equals = part.indexOf('=');
    if (equals < 0) {
      if (split !== undefined) throw unknown(benchmark, `names two splits, "${split}" and "${part}"`);
      if (!Object.hasOwn(benchmark.splits, part) && part !== namedFileSplit) {
        throw unknown(benchmark, `has no split or facet "${part}"`);
      }
      split = part;
      continue;
    }
    const name = part.slice(0, equals).trim();
    if (!benchmark.facets.includes(name)) throw unknown(benchmark, `has no facet "${name}"`);
    if (Object.hasOwn(facets, name)) throw unknown(benchmark, `names the facet "${name}" twice`);
    facets[name] = facetValues(benchmark, name, part.slice(equals + 1));
  }
  return { split, facets, text: parts.join(':') };
}

function facetValues(benchmark: Benchmark, facet: string, text: string): string[] {
  const values = text.split('|').map((value) => decodeValue(value.trim()));
  if (values.some((value) => value === '')) throw unknown(benchmark, `names no value for the facet "${facet}"`);
  return [...new Set(values)];
}

const reserved: Readonly<Record<string, string>> = { '%': '%25', ',': '%2C', ':': '%3A', '|': '%7C' };

/** A facet value as it stands in a selection. */
export function encodeValue(value: string): string {
  return value.replace(/[%,:|]/g, (character) => reserved[character] ?? character);
}

function decodeValue(text: string): string {
  return text.replace(/%(25|2C|3A|7C)/gi, (code) => String.fromCharCode(Number.parseInt(code.slice(1), 16)));
}

function unknown(benchmark: Benchmark, what: string): SynthrlError {
  const splits = Object.keys(benchmark.splits).map((split) =>
    split === benchmark.defaultSplit ? `${split} (default)` : split,
  );
  return new SynthrlError('SELECTION_UNKNOWN', `The selection of ${benchmark.name} ${what}.`, {
    hint: `Splits of ${benchmark.name}: ${splits.join(', ')}. Facets: ${benchmark.facets.join(', ')}. Write ${benchmark.name}:split, ${benchmark.name}:facet=value or ${benchmark.name}:split:facet=one|two.`,
  });
}
