/**
 * What a LaTeX command or word means to the published parser (the `PS` grammar of latex2sympy2 1.9.1).
 *
 * - `symbol`: a free variable; `accent`: one with a braced name behind it.
 * - `function`: one argument, with or without parentheses; `common`: of several, in parentheses.
 * - `open`, `close`, `mark`: as they stand, see the reader.
 * - `fatal`: begins or continues something that has no value as a Python number, whatever follows.
 */
export type CommandKind = 'symbol' | 'accent' | 'function' | 'common' | 'mark' | 'fatal';

const commandsByKind: Readonly<Record<CommandKind, string>> = {
  symbol: `alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi omicron varpi rho
    varrho sigma varsigma tau upsilon phi varphi chi psi omega hbar imath jmath ell wp angle measuredangle sphericalangle
    complement triangle triangledown vartriangle blacktriangle square blacksquare lozenge blacklozenge bigstar clubsuit
    diamondsuit heartsuit spadesuit flat natural sharp nabla surd prime backprime varnothing nexists mho eth hslash
    diagdown diagup`,
  accent: `acute bar overline breve check widecheck dot ddot grave hat tilde widetilde vec overrightarrow bm boldsymbol text
    textit mathbb mathbin mathbf mathcal mathclap mathclose mathellipsis mathfrak mathinner mathnormal mathop mathopen
    mathord mathpunct mathrel mathring mathrlap mathrm mathscr mathsf mathsterling mathtt`,
  function: `log exp sin cos tan arcsin arccos arctan sinh cosh tanh arsinh arcosh artanh arcsinh arccosh arctanh floor`,
  common: 'gcd lcm',
  mark: `pi frac sqrt binom tbinom dbinom choose times cdot div over left right mleft mright lgroup rgroup lbrace rbrace
    lbrack rbrack lfloor rfloor llcorner lrcorner operatorname leq le leqslant geq ge geqslant to rightarrow
    longrightarrow leftrightarrow xrightarrow rvert rceil urcorner`,
  fatal: `infty emptyset partial ln csc sec cot arccsc arcsec arccot ceil max min det int sum prod lim mod mathit variable
    lvert vert lceil ulcorner in ne neq equiv`,
};

/** Commands by name, without the backslash. */
export const commands: ReadonlyMap<string, CommandKind> = new Map(
  (Object.keys(commandsByKind) as CommandKind[]).flatMap((kind) =>
    commandsByKind[kind].split(/\s+/).map((name) => [name, kind] as const),
  ),
);

/** Commands that mean the same as another mark. */
export const sameMarks: Readonly<Record<string, string>> = {
  times: '*',
  cdot: '*',
  div: '/',
  over: '/',
  tbinom: 'binom',
  dbinom: 'binom',
  leq: '<=',
  le: '<=',
  leqslant: '<=',
  geq: '>=',
  ge: '>=',
  geqslant: '>=',
};

/** Words that are no product of letters to the published parser, but names; outside of `\operatorname` they end it. */
export const names: ReadonlySet<string> = new Set(
  `arsinh arcsinh arcosh arccosh artanh arctanh gcd lcm floor ceil eye zeros ones cols rows diag norm rank tr trace rref
    hstack vstack orth ortho orthogonal orthogonalize nullspace eig eigen diagonalize eigenvals eigenvalues eigenvects
    eigenvectors svd matrix pmatrix bmatrix vmatrix`.split(/\s+/),
);

/** Groups that only bracket, by what opens them. */
export const groups: ReadonlyMap<string, string> = new Map([
  ['(', ')'],
  ['{', '}'],
  ['[', ']'],
  ['\\{', '\\}'],
  ['lgroup', 'rgroup'],
  ['lbrace', 'rbrace'],
  ['lbrack', 'rbrack'],
]);

/** Groups that round down, by what opens them. */
export const floors: ReadonlyMap<string, string> = new Map([
  ['lfloor', 'rfloor'],
  ['llcorner', 'lrcorner'],
]);

/** Marks with which an operand begins. */
export const operandMarks: ReadonlySet<string> = new Set([
  'pi',
  'frac',
  'sqrt',
  'binom',
  'left',
  'mleft',
  'operatorname',
  ...groups.keys(),
  ...floors.keys(),
]);
