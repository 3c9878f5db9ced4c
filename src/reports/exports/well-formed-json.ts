/**
 * JSON that every reader takes: surrogates that stand alone, which JSON.stringify writes as escapes and strict readers
 * refuse, become U+FFFD, in keys too.
 */
export function wellFormedJson(value: unknown, indent?: number): string {
  return JSON.stringify(value, null, indent).replace(
    /(?<!\\)((?:\\\\)*)\\u(?:d[89a-f][0-9a-f]{2})/g,
    (_, before: string) => `${before}\ufffd`,
  );
}
