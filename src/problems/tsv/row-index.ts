const wholeNumber = /^\s*([+-]?)0*(\d+)(?:\.0*)?\s*$/;

/**
 * How the values of an `index` column are named. Where all of them are whole numbers, they are written without
 * decimals, signs of plus and leading zeros (`12.0` is `12`); otherwise every value stays as it is.
 */
export function indexNaming(values: Iterable<string>): (value: string) => string {
  for (const value of values) if (!isShort(value) || !wholeNumber.test(value)) return (text) => text;
  return (text) => (isShort(text) ? text.replace(wholeNumber, wholeText) : text);
}

/** Longer texts are no numbers, and need not be searched. */
function isShort(text: string): boolean {
  return text.length <= 40;
}

function wholeText(_match: string, sign: string, digits: string): string {
  return sign === '-' && digits !== '0' ? `-${digits}` : digits;
}
