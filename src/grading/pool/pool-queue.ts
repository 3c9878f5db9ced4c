import type { Graded, GradeItem } from '../grader.ts';

/** Most items of one batch for a worker, and most characters of their texts: a few milliseconds of work. */
const batchItems = 64;
const batchCharacters = 1 << 19;

/** One call of the pool's `grade`: its items, and the grades that it has so far. */
export interface PoolRequest {
  readonly items: readonly GradeItem[];
  readonly grades: (Graded | undefined)[];
  missing: number;
  resolve(grades: readonly Graded[]): void;
  reject(error: unknown): void;
}

/** Items of one request that go to a worker together, by their places in it. */
export interface PoolBatch {
  readonly request: PoolRequest;
  readonly places: readonly number[];
}

/** Cuts a request into batches, in order. */
export function cutIntoBatches(request: PoolRequest): PoolBatch[] {
  const batches: PoolBatch[] = [];
  let places: number[] = [];
  let characters = 0;
  for (const [place, { text }] of request.items.entries()) {
    if (places.length === batchItems || (places.length > 0 && characters + text.length > batchCharacters)) {
      batches.push({ request, places });
      places = [];
      characters = 0;
    }
    places.push(place);
    characters += text.length;
  }
  if (places.length > 0) batches.push({ request, places });
  return batches;
}

/** Puts grades where they belong; the request is answered with its last one. */
export function fillIn({ request, places }: PoolBatch, grades: readonly Graded[]): void {
  for (const [index, place] of places.entries()) {
    const grade = grades[index];
    if (grade === undefined) throw new Error('a worker left an item without a grade');
    if (request.grades[place] === undefined) request.missing -= 1;
    request.grades[place] = grade;
  }
  if (request.missing > 0) return;
  request.resolve(request.grades.filter((grade) => grade !== undefined));
}
