import { type Verdict, verdicts } from '../core/grade.ts';
import type { Problem } from '../core/problem.ts';
import { sampleKey } from '../core/response.ts';

/** Verdicts by sampleKey, held as a byte each; in the order of the problems, then of the samples. */
export class SampleVerdicts implements ReadonlyMap<string, Verdict> {
  readonly #problems: readonly Problem[];
  readonly #repeat: number;
  readonly #places: ReadonlyMap<string, number>;
  readonly #codes: Uint8Array;

  /**
   * Every verdict is `failed` until it is set.
   *
   * @param problems - each id once
   */
  constructor(problems: readonly Problem[], repeat: number) {
    this.#problems = problems;
    this.#repeat = repeat;
    this.#places = new Map(problems.map(({ id }, index) => [id, index]));
    this.#codes = new Uint8Array(problems.length * repeat).fill(verdicts.indexOf('failed'));
  }

  get size(): number {
    return this.#codes.length;
  }

  /** Place of a sample in this order; undefined for one that was not asked. */
  placeOf(problem: string, sample: number): number | undefined {
    const index = this.#places.get(problem);
    return index === undefined || !(sample >= 0 && sample < this.#repeat) ? undefined : index * this.#repeat + sample;
  }

  /** The problem and the sample at a place. */
  at(place: number): { problem: Problem; sample: number } {
    const problem = this.#problems[Math.floor(place / this.#repeat)];
    if (problem === undefined) throw new RangeError(`there is no sample ${place}`);
    return { problem, sample: place % this.#repeat };
  }

  set(place: number, verdict: Verdict): void {
    this.#codes[place] = verdicts.indexOf(verdict);
  }

  get(key: string): Verdict | undefined {
    const slash = key.indexOf('/');
    const place = this.placeOf(key.slice(slash + 1), Number(key.slice(0, slash)));
    return place === undefined ? undefined : verdicts[this.#codes[place] ?? -1];
  }

  has(key: string): boolean {
    return this.get(key) !== undefined;
  }

  *entries(): MapIterator<[string, Verdict]> {
    for (const key of this.keys()) {
      const verdict = this.get(key);
      if (verdict !== undefined) yield [key, verdict];
    }
  }

  *keys(): MapIterator<string> {
    for (const { id } of this.#problems) {
      for (let sample = 0; sample < this.#repeat; sample += 1) yield sampleKey(id, sample);
    }
  }

  *values(): MapIterator<Verdict> {
    for (const [, verdict] of this.entries()) yield verdict;
  }

  forEach(callback: (verdict: Verdict, key: string, map: ReadonlyMap<string, Verdict>) => void): void {
    for (const [key, verdict] of this.entries()) callback(verdict, key, this);
  }

  [Symbol.iterator](): MapIterator<[string, Verdict]> {
    return this.entries();
  }
}
