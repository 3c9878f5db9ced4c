/** The letter of an option by its 0-based place. */
export function letterAt(index: number): string {
  return String.fromCharCode(65 + index);
}

/** Options as people write them under a question, one per line: `(A) first`. */
export function listOptions(options: readonly string[]): string {
  return options.map((option, index) => `(${letterAt(index)}) ${option}`).join('\n');
}

/** Whether options say nothing but their own letter (`A`, `(A)`, `A)`, `a`): then they stand in the picture. */
export function areOptionsInPicture(options: readonly string[]): boolean {
  return options.every((option, index) => {
    const bare = option
      .trim()
      .replace(/^\(/, '')
      .replace(/[).:]$/, '');
    return bare.toUpperCase() === letterAt(index);
  });
}
