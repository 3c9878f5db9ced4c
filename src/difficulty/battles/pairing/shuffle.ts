/** Shuffles the first `count` places of a list in place, so that each ordered choice is equally likely (Fisher and Yates). */
export function shuffle(values: Int32Array, random: () => number, count: number = values.length): Int32Array {
  for (let place = 0; place < Math.min(count, values.length - 1); place += 1) {
    const drawn = place + Math.floor(random() * (values.length - place));
    const value = values[place] as number;
    values[place] = values[drawn] as number;
    values[drawn] = value;
  }
  return values;
}
