/** Longest text that is read as a value, in UTF-16 units. Longer text can only equal an answer word for word. */
export const maxValueLength = 600;

const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹';
const subscripts = '₀₁₂₃₄₅₆₇₈₉';
const vulgarFractions: Readonly<Record<string, string>> = {
  '½': '1/2',
  '⅓': '1/3',
  '⅔': '2/3',
  '¼': '1/4',
  '¾': '3/4',
  '⅕': '1/5',
  '⅖': '2/5',
  '⅗': '3/5',
  '⅘': '4/5',
  '⅙': '1/6',
  '⅚': '5/6',
  '⅛': '1/8',
  '⅜': '3/8',
  '⅝': '5/8',
  '⅞': '7/8',
};
/** Characters that change nothing a reader sees: zero-width marks, joiners, direction marks, soft hyphen. */
const invisible = /[\u00AD\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/g;

/**
 * One spelling for characters that print alike: compatibility forms (full width, ligatures), raised and lowered digits,
 * minus signs, invisible marks. Letters of other alphabets stay what they are. Call it on capped text only.
 */
export function plainText(text: string): string {
  if (isPlainAscii(text)) return text;
  return (
    repairEscapes(text)
      .replace(invisible, '')
      // A degree sign that was read in the wrong encoding on its way.
      .replace(/(?<=\d)(?:掳|Â°|º)/g, '°')
      .replace(/[½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞]/g, (character) => ` ${vulgarFractions[character] ?? character}`)
      .replace(/[⁰¹²³⁴⁵⁶⁷⁸⁹]+/g, (digits) => `^{${digitsOf(digits, superscripts)}}`)
      .replace(/[₀₁₂₃₄₅₆₇₈₉]+/g, (digits) => `_{${digitsOf(digits, subscripts)}}`)
      .normalize('NFKC')
      .replace(/[\u0660-\u0669]/g, (digit) => String(digit.charCodeAt(0) - 0x660))
      .replace(/[\u2212\u2010\u2011\uFE63]/g, '-')
      .replace(/[\u2018\u2019]/g, "'")
      .replace(/[\u201C\u201D]/g, '"')
      .replace(/。/g, '.')
      .replace(/、/g, ',')
  );
}

function isPlainAscii(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code > 126 || (code < 32 && code !== 10)) return false;
  }
  return true;
}

/** Undoes `\f`, `\t` and `\r` that an unescaped LaTeX command became on its way through a string literal. */
function repairEscapes(text: string): string {
  return (
    text
      .replace(/\f(?=rac)/g, '\\f')
      .replace(/\t(?=ext\{|imes|an\b|frac)/g, '\\t')
      .replace(/\r(?=ight)/g, '\\r')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is removed here
      .replace(/[\u0000-\u0009\u000B-\u001F\u007F-\u009F]/g, ' ')
  );
}

function digitsOf(digits: string, alphabet: string): string {
  return [...digits].map((digit) => alphabet.indexOf(digit)).join('');
}
