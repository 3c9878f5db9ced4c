/** What a finding is about. */
export type FindingSubject = 'data' | 'rows' | 'counts' | 'ids' | 'golds' | 'choices' | 'copies' | 'images' | 'ratings';

/** Something that a check found. `wrong` needs mending; a `note` is good to know. */
export interface Finding {
  readonly state: 'wrong' | 'note';
  readonly subject: FindingSubject;
  /** What is the matter; the first few examples may follow it behind a colon. */
  readonly detail: string;
  /** How many examples there are in all. */
  readonly count: number;
  /** The first of them: file and row, id, image. */
  readonly examples: readonly string[];
  /** What mends it: a command, or what to do. */
  readonly mend?: string;
}

/** Examples that a finding keeps; the others are counted. */
const mostExamples = 20;

/** A finding of these examples; none where there are none. */
export function findingOf(
  state: Finding['state'],
  subject: FindingSubject,
  examples: readonly string[],
  detail: string,
): Finding[] {
  if (examples.length === 0) return [];
  return [{ state, subject, detail, count: examples.length, examples: examples.slice(0, mostExamples) }];
}

/** `1 row`, `3,040 rows`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? one : many}`;
}
