/**
 * Untrusted text made safe to show on one line: control characters (escape sequences of terminals among them), line and
 * paragraph separators and marks that turn the direction of writing become `�`.
 */
export function printableText(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '\ufffd');
}
