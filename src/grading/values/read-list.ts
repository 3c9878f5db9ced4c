import { readQuantity } from './read-quantity.ts';
import { balanced, brackets, isLabel, isSeparator, split } from './token-lists.ts';
import { isSymbol, type Token } from './tokenise.ts';
import type { ReadTokens, SequenceValue, Value } from './value.ts';

const maxItems = 64;
/** Most readings that `±` may stand for. */
const maxReadings = 16;

/** `(…)`, `[…)`, `\{…\}`: a list, a set of one, a set by its condition, or brackets that change nothing. */
export function readBracketed(tokens: readonly Token[], depth: number, read: ReadTokens): Value | undefined {
  const found = brackets(tokens);
  if (found === undefined) return undefined;
  const inner = tokens.slice(1, -1);
  if (found.open === '(' && signs(inner) && inner.some(isSeparator)) return readPlusMinus(tokens, depth, read);
  const condition = found.open === '\\{' ? setCondition(inner) : undefined;
  if (condition !== undefined) return read(condition, depth + 1);
  const plain = (name: string) => name.replace('\\', '');
  const list = readList(inner, depth, read, { open: plain(found.open), close: plain(found.close) });
  if (list !== undefined) return list;
  if ((found.open === '\\{' || found.open === '[') && readQuantity(inner) !== undefined) {
    const items = [read(inner, depth + 1)];
    return { kind: 'sequence', open: plain(found.open), close: plain(found.close), items, label: undefined };
  }
  return found.open === '{' || found.open === '(' ? read(inner, depth + 1) : undefined;
}

/** The condition in `\{x \mid x > 2\}`. */
function setCondition(inner: readonly Token[]): readonly Token[] | undefined {
  const bar = inner.findIndex((token) => isSymbol(token, '|') || isSymbol(token, ':'));
  if (bar < 1 || bar > 4) return undefined;
  const name = inner.slice(0, bar).filter((token) => token.kind !== 'command');
  return isLabel(name.slice(0, 1)) ? inner.slice(bar + 1) : undefined;
}

/** Items between commas, semicolons, `and`, `or`. */
export function readList(
  tokens: readonly Token[],
  depth: number,
  read: ReadTokens,
  { open, close }: { open: string; close: string },
): SequenceValue | undefined {
  if (!tokens.some(isSeparator)) return undefined;
  const parts = split(tokens, isSeparator).filter(
    (part, index, all) => part.length > 0 || (index > 0 && index < all.length - 1 && open !== ''),
  );
  if (parts.length < 2 || parts.length > maxItems) return undefined;
  const items = parts.map((part) => read(part, depth + 1));
  const readable = items.every(
    (item) => item.kind !== 'unreadable' && (item.kind !== 'words' || (open !== '' && !item.text.includes(' '))),
  );
  if (!readable) return undefined;
  // `0, \pm 2` are three values.
  const flat =
    open === '' || open === '{'
      ? items.flatMap((item, at) => (signs(parts[at] ?? []) ? itemsOf(item) : [item]))
      : items;
  return { kind: 'sequence', open, close, items: flat, label: undefined };
}

function itemsOf(value: Value): readonly Value[] {
  return value.kind === 'sequence' ? value.items : [value];
}

function signs(tokens: readonly Token[]): boolean {
  return tokens.some((token) => isSymbol(token, '±'));
}

/** `5 \pm \sqrt{19}`, `(\pm 3, 0)`: the set of what it stands for. Beside `∓` all signs change together. */
export function readPlusMinus(tokens: readonly Token[], depth: number, read: ReadTokens): Value | undefined {
  const places = tokens.flatMap((token, at) => (isSymbol(token, '±') || isSymbol(token, '∓') ? [at] : []));
  if (places.length === 0 || !balanced(tokens)) return undefined;
  const together = tokens.some((token) => isSymbol(token, '∓'));
  const count = together ? 2 : 2 ** Math.min(places.length, 10);
  if (count > maxReadings) return undefined;
  const items = Array.from({ length: count }, (_, reading) =>
    read(
      tokens.map((token, at) => {
        const place = places.indexOf(at);
        if (place < 0) return token;
        const flipped = (together ? reading === 1 : ((reading >> place) & 1) === 1) !== isSymbol(token, '∓');
        return { kind: 'symbol', name: flipped ? '-' : '+' };
      }),
      depth + 1,
    ),
  );
  const readable = items.every(({ kind }) => kind === 'number' || kind === 'expression' || kind === 'sequence');
  return readable ? { kind: 'sequence', open: '{', close: '}', items, label: undefined } : undefined;
}

/** `\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}` */
export function readMatrix(tokens: readonly Token[], depth: number, read: ReadTokens): Value | undefined {
  if (!isSymbol(tokens[0], '[[') || !isSymbol(tokens.at(-1), ']]')) return undefined;
  const inner = tokens.slice(1, -1);
  if (!balanced(inner)) return undefined;
  const rows = split(inner, (token) => isSymbol(token, 'row'))
    .filter((row) => row.length > 0)
    .map((row) => split(row, (token) => isSymbol(token, '&')).map((cell) => read(cell, depth + 1)));
  const [first] = rows;
  const readable =
    first !== undefined &&
    rows.length <= maxItems &&
    rows.every((row) => row.length === first.length && row.every(({ kind }) => kind !== 'unreadable'));
  return readable ? { kind: 'matrix', rows } : undefined;
}
