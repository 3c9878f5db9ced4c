import { isSymbol, type Token } from './tokenise.ts';
import { unitName } from './units.ts';

/** Words behind a number that change which number is meant, or show that it is not the answer. */
const changing = new Set(
  `of to or and per times more less fewer than plus minus half hundred thousand million billion trillion dozen percent percentage out is are
  was not if with by over divided squared cubed from at between approximately about into for point th st nd rd each option choice
  greater smaller least most almost nearly equals equal`.split(/\s+/),
);

/** The unit named by the tokens behind a number; undefined where they say something else. */
export function readUnit(tokens: readonly Token[]): { name: string; percent: boolean } | undefined {
  const names: string[] = [];
  let power = '';
  let unknown = 0;
  for (const [index, token] of tokens.entries()) {
    if (token.kind === 'word' || token.kind === 'letter') {
      const word = token.name.toLowerCase();
      if (/^(?:percent|percentage)$/.test(word) && tokens.length === 1) return { name: '', percent: true };
      const known = unitName(token.name) ?? unitName(word.replace(/^(?:square|cubic)/, ''));
      if (/^(?:square|sq|平方)/.test(word)) power = '^2';
      if (/^(?:cubic|cu|立方)/.test(word)) power = '^3';
      if (known === undefined && (token.kind === 'letter' || changing.has(word) || !/^\p{L}+$/u.test(word)))
        return undefined;
      if (known === undefined) unknown += 1;
      if (known) names.push(known);
    } else if (token.kind === 'number') {
      const exponent = isSymbol(tokens[index - 1], '^') || isSymbol(tokens[index - 2], '^') || names.length > 0;
      if (!exponent || !/^[23]$/.test(token.name)) return undefined;
      power = `^${token.name}`;
    } else if (isSymbol(token, '/')) names.push('/');
    else if (isSymbol(token, '°')) names.push('°');
    else if (!['^', '{', '}', '.', ','].some((name) => isSymbol(token, name))) return undefined;
  }
  if (unknown > 4) return undefined;
  // `7 in total`: no inches.
  if (unknown > 0 && names.length === 1 && names[0] === 'in') return { name: '', percent: false };
  // `units^2` tells an area from a volume, though not in which unit.
  const name = names.length > 0 ? names.join('') : power === '' ? '' : 'unit';
  return { name: `${name}${power}`, percent: false };
}
