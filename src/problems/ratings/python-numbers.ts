/** Strings whole, also one that never ends, so that no character is looked at twice; or what Python writes for a number. */
const stringOrNumber = /"[^"\\]*(?:\\[\s\S][^"\\]*)*(?:"|$)|-?\b(?:NaN|Infinity)\b/g;

/** JSON text with `null` for the NaN, Infinity and -Infinity that Python writes; text within strings is left alone. */
export function withoutPythonNumbers(text: string): string {
  if (!text.includes('NaN') && !text.includes('Infinity')) return text;
  return text.replace(stringOrNumber, (found) => (found.startsWith('"') ? found : 'null'));
}
