import { isSymbol, type Token } from './tokenise.ts';
import type { DescriptionValue, ReadTokens, Value } from './value.ts';

/** Properties of a graph that an answer names values for. */
const names = new Set('domain range increasing decreasing constant maximum minimum'.split(' '));
/** Words that belong to a sentence about such a property and say nothing themselves. */
const filler = new Set(
  'the function is are and on at for in over from its local relative absolute interval intervals graph has a an of with point value'.split(
    ' ',
  ),
);

/** `domain: [0, 2] and range: (1, 3)`, `increasing on (0, 2), decreasing on (2, 5)`. */
export function readDescription(
  tokens: readonly Token[],
  depth: number,
  read: ReadTokens,
): DescriptionValue | undefined {
  const starts = tokens.flatMap((token, at) => (nameOf(token) === undefined ? [] : [at]));
  const [first] = starts;
  if (first === undefined || !tokens.slice(0, first).every(isFiller)) return undefined;
  const entries = starts.map((at, index) => ({
    name: nameOf(tokens[at]) ?? '',
    value: readEntry(tokens.slice(at + 1, starts[index + 1] ?? tokens.length), depth, read),
  }));
  const readable = entries.every(({ value }) => !['unreadable', 'words'].includes(value.kind));
  return readable && new Set(entries.map(({ name }) => name)).size === entries.length
    ? { kind: 'description', entries: [...entries].sort((left, right) => (left.name < right.name ? -1 : 1)) }
    : undefined;
}

function nameOf(token: Token | undefined): string | undefined {
  const word = token?.kind === 'word' ? token.name.toLowerCase() : '';
  if (names.has(word)) return word;
  if (word === 'increases' || word === 'decreases') return `${word.slice(0, -2)}ing`;
  return undefined;
}

function isFiller(token: Token): boolean {
  if (token.kind === 'word') return filler.has(token.name.toLowerCase());
  return [',', ';', ':', '.', '='].some((name) => isSymbol(token, name));
}

function readEntry(tokens: readonly Token[], depth: number, read: ReadTokens): Value {
  let start = 0;
  let end = tokens.length;
  while (start < end && isFiller(tokens[start] as Token)) start += 1;
  while (end > start && isFiller(tokens[end - 1] as Token)) end -= 1;
  return read(tokens.slice(start, end), depth + 1);
}
