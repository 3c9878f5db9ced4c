import { z } from 'zod';

/**
 * What may be said of one sample. Besides right and wrong: it commits itself to nothing (`no_answer`), it was read and
 * cannot be told right from wrong, by a judge neither where one was asked (`undecided`), reading it took too long
 * (`timeout`), or nothing ever came back (`failed`).
 */
export const verdicts = ['correct', 'incorrect', 'no_answer', 'undecided', 'timeout', 'failed'] as const;
export type Verdict = (typeof verdicts)[number];

export const gradeSchema = z.object({
  problem: z.string(),
  sample: z.number().int().nonnegative(),
  verdict: z.enum(verdicts),
  /** The rule that decided, e.g. `letter`, `number-tolerance`, `nothing-found`. */
  rule: z.string(),
  /** The text taken as the final answer, with offsets into the response; null where nothing was found. */
  extracted: z
    .object({
      text: z.string(),
      start: z.number().int().nonnegative(),
      end: z.number().int().nonnegative(),
      /** How it was found, e.g. `boxed`, `answer-phrase`. */
      rule: z.string(),
    })
    .nullable(),
  /** Grader and version, e.g. `rules/1`. */
  grader: z.string(),
});

/** The verdict on one response, with what decided it. */
export type Grade = z.infer<typeof gradeSchema>;

/**
 * Our rules, the benchmark's published rule, a judge model about every answer, our rules with a judge for what they leave
 * undecided, or verdicts that came from elsewhere.
 */
export const gradingModes = ['rules', 'official', 'judge', 'fallback', 'imported'] as const;
export type GradingMode = (typeof gradingModes)[number];
