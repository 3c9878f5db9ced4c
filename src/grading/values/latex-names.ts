/** Commands that only change spacing or look. */
export const dropped = new Set(
  `left right big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr displaystyle textstyle quad qquad bf rm it sf limits nolimits hfill boldmath
  middle phantom hspace vspace`.split(/\s+/),
);
/** Commands that set their argument as text: letters in it form words. */
export const upright = new Set(
  'text textbf textit textrm textsf texttt mathrm mathsf mathtt mbox hbox operatorname emph textnormal'.split(' '),
);
/** Commands whose argument reads as if they were not there. */
export const wrappers = new Set('mathbf mathit boldsymbol bm underline mathcal mathbb fbox boxed'.split(' '));
/** Commands that are one symbol of ours. */
export const symbolOf: Readonly<Record<string, string>> = {
  cdot: '*',
  times: '*',
  ast: '*',
  div: '/',
  le: '≤',
  leq: '≤',
  leqslant: '≤',
  ge: '≥',
  geq: '≥',
  geqslant: '≥',
  lt: '<',
  gt: '>',
  ne: '≠',
  neq: '≠',
  approx: '≈',
  simeq: '≈',
  doteq: '≈',
  pm: '±',
  mp: '∓',
  degree: '°',
  circ: '°',
  colon: ':',
  lbrace: '\\{',
  rbrace: '\\}',
  lbrack: '[',
  rbrack: ']',
  vert: '|',
  lvert: '|',
  rvert: '|',
  mid: '|',
  percent: '%',
};
/** Function names, with or without a backslash. */
export const functions = new Set(
  'sqrt sin cos tan cot sec csc arcsin arccos arctan sinh cosh tanh ln log exp'.split(' '),
);
/** Greek letters, and infinity, as letters. */
export const greek = new Set(
  `pi alpha beta gamma delta epsilon theta lambda mu rho sigma tau phi varphi omega Delta Omega Theta infty`.split(
    /\s+/,
  ),
);
/** Printed symbols that are one of ours. */
export const unicodeSymbols: Readonly<Record<string, string>> = {
  '×': '*',
  '·': '*',
  '∙': '*',
  '⋅': '*',
  '÷': '/',
  '⁄': '/',
  '∕': '/',
  '≤': '≤',
  '≥': '≥',
  '≠': '≠',
  '≈': '≈',
  '±': '±',
  '∓': '∓',
  '°': '°',
  º: '°',
  '∶': ':',
  '：': ':',
  '，': ',',
};
/** Words of two letters; any other pair of letters is a product of two. */
export const shortWords = new Set('or is of no to at on an by if it so as am pm we be he'.split(' '));
