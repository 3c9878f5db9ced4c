/**
 * A gold answer, worked out in two independent ways.
 *
 * @throws {Error} where the two disagree: a sample with a wrong gold must not be written
 */
export function agreed<Value extends number | string>(question: string, first: Value, second: Value): Value {
  const equal =
    typeof first === 'number' && typeof second === 'number' ? Math.abs(first - second) < 1e-9 : first === second;
  if (!equal) throw new Error(`Two computations disagree on "${question}": ${first} and ${second}.`);
  return first;
}

const letters = 'ABCDEFGH';

/**
 * The letter of the one option that is right.
 *
 * @throws {Error} where none or several options are right
 */
export function letterOf<Option>(options: readonly Option[], isRight: (option: Option) => boolean): string {
  const right = options.flatMap((option, index) => (isRight(option) ? [letters.charAt(index)] : []));
  const [letter] = right;
  if (letter === undefined || right.length > 1)
    throw new Error(`${right.length} of the options are right: ${options.join(', ')}.`);
  return letter;
}
