/** Text for a terminal, with ANSI colours or without. */
export interface Paint {
  bold(text: string): string;
  dim(text: string): string;
  warn(text: string): string;
}

export const plainPaint: Paint = { bold: (text) => text, dim: (text) => text, warn: (text) => text };

export const ansiPaint: Paint = {
  bold: (text) => `\u001b[1m${text}\u001b[22m`,
  dim: (text) => `\u001b[2m${text}\u001b[22m`,
  warn: (text) => `\u001b[1;33m${text}\u001b[0m`,
};
