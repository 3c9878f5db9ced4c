import { infinity } from './read-relation.ts';
import { isInequality, split } from './token-lists.ts';
import { isSymbol, type Token } from './tokenise.ts';
import type { ReadTokens, SequenceValue, UnionValue, Value } from './value.ts';

/** `(-\infty, 1] \cup [2, 3)`, `x < 1 or x > 2`, `x > 1 and x < 2`. */
export function readUnion(tokens: readonly Token[], depth: number, read: ReadTokens): Value | undefined {
  const joined = split(tokens, isJoin);
  if (joined.length > 1) return union(joined.map((part) => read(part, depth + 1)));
  const either = split(tokens, (token) => isWord(token, 'or'));
  if (either.length > 1 && either.every((part) => part.some(isInequality))) {
    return union(
      either.map((part) =>
        read(
          part.filter((token) => !isSymbol(token, ',')),
          depth + 1,
        ),
      ),
    );
  }
  const both = split(tokens, (token) => isWord(token, 'and'));
  if (both.length === 2 && both.every((part) => part.some(isInequality))) {
    return overlap(both.map((part) => read(part, depth + 1)));
  }
  return undefined;
}

/** Every real number, as words or as its letter say. */
export function allNumbers(): UnionValue {
  const items = [infinity('-'), infinity('')];
  return { kind: 'union', parts: [{ kind: 'sequence', open: '(', close: ')', items, label: undefined }] };
}

/** `\cup`, and the capital letter that is written for it between brackets. */
function isJoin(token: Token): boolean {
  return (token.kind === 'command' && token.name === 'cup') || (token.kind === 'letter' && token.name === 'U');
}

function isWord(token: Token, word: string): boolean {
  return token.kind === 'word' && token.name.toLowerCase() === word;
}

function union(values: readonly Value[]): UnionValue | undefined {
  const parts = values.flatMap((value) =>
    value.kind === 'union' ? value.parts : value.kind === 'sequence' ? [value] : [],
  );
  const complete = values.every(({ kind }) => kind === 'union' || kind === 'sequence');
  return complete && parts.every(isInterval) ? { kind: 'union', parts } : undefined;
}

/** `x > 1 and x < 2`, where one side is open below and the other above. */
function overlap(values: readonly Value[]): SequenceValue | undefined {
  const intervals = values.filter((value): value is SequenceValue => value.kind === 'sequence');
  const below = intervals.find(({ items }) => isInfinite(items[0]));
  const above = intervals.find(({ items }) => isInfinite(items[1]));
  const [low, high] = [above?.items[0], below?.items[1]];
  if (below === undefined || above === undefined || below === above || below.label !== above.label) return undefined;
  if (low === undefined || high === undefined) return undefined;
  return { kind: 'sequence', open: above.open, close: below.close, items: [low, high], label: above.label };
}

function isInfinite(value: Value | undefined): boolean {
  return value?.kind === 'expression' && /^(?:negate\()?<infty>\)?$/.test(value.text);
}

/** Two ends between round or square brackets, or a set of single numbers. */
function isInterval(value: SequenceValue): boolean {
  if (value.open === '{') return true;
  return value.items.length === 2 && '(['.includes(value.open) && value.open !== '' && ')]'.includes(value.close);
}
