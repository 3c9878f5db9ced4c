import { plainText } from './plain-text.ts';

const wrapper =
  /^\\(?:text|textbf|textit|textrm|textsf|texttt|mathrm|mathbf|mathsf|mathit|mathtt|mbox|hbox|boldsymbol|bm|emph|underline|boxed|fbox|operatorname)\s*(?=\{)/;
const silent =
  /\\(?:bf|rm|it|sf|tt|bfseries|left|right|big|Big|bigl|bigr|quad|qquad|displaystyle|hspace\{[^{}]{0,10}\}|[,;:! ()[\]])(?![A-Za-z])/g;

/**
 * Text without the LaTeX and Markdown that only change its look: `\boxed{\textbf{(A) }\frac{3}{11}}` becomes `(A) \frac{3}{11}`.
 * Braces that belong to a wrapper go with it, others stay.
 */
export function unwrapMarkup(text: string): string {
  const plain = plainText(text);
  let out = '';
  const kept: boolean[] = [];
  for (let at = 0; at < plain.length; at += 1) {
    const character = plain.charAt(at);
    if (character === '\\') {
      const match = wrapper.exec(plain.slice(at, at + 24));
      if (match !== null) {
        at += match[0].length;
        kept.push(false);
        continue;
      }
      out += plain.slice(at, at + 2);
      at += 1;
    } else if (character === '{') {
      kept.push(true);
      out += character;
    } else if (character === '}') {
      if (kept.pop() ?? true) out += character;
    } else out += character;
  }
  return out
    .replace(/(?<=\d),\\! ?(?=\d{3})/g, ',')
    .replace(silent, ' ')
    .replace(/[$`~]|\*\*|__/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^\{(.*)\}$/, '$1')
    .trim();
}
