/** A text is not a literal. The message goes on from "The value …" and names the character. */
export class PythonLiteralError extends Error {
  override readonly name = 'PythonLiteralError';
  /** Characters before the place. */
  readonly offset: number;

  constructor(what: string, offset: number) {
    super(`${what} (character ${offset + 1})`);
    this.offset = offset;
  }
}
