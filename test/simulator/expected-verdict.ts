import type { Verdict } from '../../src/core/grade.ts';
import type { AnswerKey } from '../../src/simulator/answer-key.ts';
import { AnswerBook } from '../../src/simulator/answers/answer-book.ts';
import { checkpointAbility } from '../../src/simulator/answers/checkpoint-ability.ts';
import { simulatedAnswer } from '../../src/simulator/answers/simulated-answer.ts';
import { countTokens } from '../../src/simulator/wire/tokens.ts';

/** One asked sample, as the simulator sees it. */
export interface AskedSample {
  readonly prompt: string;
  /** SHA-256 of each prepared image's bytes, in order. */
  readonly images: readonly string[];
  /** 0 where absent. */
  readonly temperature?: number;
  /** The request's seed plus the index of the choice; counts at a temperature above 0. */
  readonly seed?: number;
  /** 2048 where absent. */
  readonly maxTokens?: number;
}

const verdictOf = { right: 'correct', wrong: 'incorrect', none: 'no_answer' } as const;

/**
 * The truth about what the simulator answers, for tests of graders and statistics: a function that tells, for a
 * checkpoint's model path and a sample, the verdict that a perfect grader reaches. Undefined for a question that
 * stands in no entry.
 */
export function expectedVerdicts(
  key: AnswerKey,
): (modelPath: string, sample: AskedSample) => Extract<Verdict, 'correct' | 'incorrect' | 'no_answer'> | undefined {
  const book = new AnswerBook(key);
  return (modelPath, { prompt, images, temperature = 0, seed = 0, maxTokens = 2048 }) => {
    const entry = book.find(prompt, images);
    if (entry === undefined) return undefined;
    const checkpoint = checkpointAbility(modelPath, key.abilities);
    const { text, outcome } = simulatedAnswer(key, entry, { checkpoint, temperature, sampleSeed: seed }, maxTokens);
    return countTokens(text) > maxTokens ? 'no_answer' : verdictOf[outcome];
  };
}
