/** What is wrong with a Parquet file, as the end of a sentence whose beginning says where: `is cut off`, `declares …`. */
export class ParquetFault extends Error {
  override readonly name = 'ParquetFault';
}

const shownNames = 30;
const shownCharacters = 100;

/** Names of columns for a message: they come from the file and end up in terminals, so escaped and not in full. */
export function listNames(names: readonly string[]): string {
  const shown = names.slice(0, shownNames).map((name) => JSON.stringify(name.slice(0, shownCharacters)).slice(1, -1));
  return names.length > shownNames ? `${shown.join(', ')} and ${names.length - shownNames} more` : shown.join(', ');
}
