import { printableText } from './printable-text.ts';

/** Halves of surrogate pairs that stand alone: text that no UTF-8 file can hold. */
const loneSurrogates = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** The same text with U+FFFD for every surrogate that stands alone. */
export function wellFormedText(text: string): string {
  return text.replace(loneSurrogates, '\ufffd');
}

/** Escaped for XML content and attributes, without characters that XML 1.0 cannot hold. */
export function xmlText(text: string): string {
  return wellFormedText(printableText(text))
    .replace(/[\ufffe\uffff]/g, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** Untrusted text as Markdown: names and notes must not become markup, links or mentions. */
export function markdownText(text: string): string {
  return wellFormedText(printableText(text))
    .replace(/[\\`*_[\]<>#~]/g, (character) => `\\${character}`)
    .replaceAll('@', '@\u200b');
}

/** The same for a cell of a table. */
export function markdownCell(text: string): string {
  return markdownText(text).replaceAll('|', '\\|');
}
