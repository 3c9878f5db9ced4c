/**
 * A seeded generator of uniform numbers in [0, 1) with 53 random bits each. Equal seeds give equal sequences on every
 * machine; seeds that differ in one character give unrelated ones. Not for secrets.
 *
 * The state is four 32-bit words stepped by sfc32 (Chris Doty-Humphrey's "small fast counting" generator, period about
 * 2^127 on average and never below 2^32), filled from two hashes of the seed text.
 *
 * @param seed - any text, e.g. `run seed/problem id/sample`; lone surrogates count as they stand
 */
export function createRandom(seed: string): () => number {
  let [a, b] = hashText(seed);
  let c = a ^ 0x9e3779b9;
  let counter = 1;
  const nextWord = (): number => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  };
  // The first words still show the seed's structure.
  for (let round = 0; round < 15; round += 1) nextWord();
  return () => (nextWord() >>> 5) * 2 ** -27 + (nextWord() >>> 6) * 2 ** -53;
}

/** Two 32-bit hashes of a text: FNV-1a, and the same shape with another offset, multiplier and final mixing. */
function hashText(text: string): [number, number] {
  let first = 0x811c9dc5;
  let second = 0x6a09e667;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    first = Math.imul(first ^ unit, 0x01000193);
    second = Math.imul((second ^ unit) + (second >>> 15), 0x85ebca6b);
  }
  return [mix(first), mix(second ^ text.length)];
}

/** Spreads every bit of a word over all of it (the finaliser of MurmurHash3). */
function mix(word: number): number {
  let mixed = word ^ (word >>> 16);
  mixed = Math.imul(mixed, 0x85ebca6b);
  mixed ^= mixed >>> 13;
  mixed = Math.imul(mixed, 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
