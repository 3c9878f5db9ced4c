import { describe, expect, test } from 'vitest';
import type { Problem } from '../../src/core/problem.ts';
import { battleParts } from '../../src/difficulty/battles/battle-prompt.ts';
import { readBattleReply } from '../../src/difficulty/battles/read-battle-reply.ts';
import { AnswerBook } from '../../src/simulator/answers/answer-book.ts';
import { battleReaction } from '../../src/simulator/judge/battle-persona.ts';
import { simulatedJudge } from '../../src/simulator/judge/judge-settings.ts';
import { sampleKey } from './sample-key.ts';

const key = sampleKey(300, {});
const book = new AnswerBook(key);

function promptOf(first: number, second: number): string {
  const [left, right] = [first, second].map((number) => {
    const question = key.entries[number]!.prompt;
    const problem: Pick<Problem, 'question' | 'prompt' | 'choices'> = { question, prompt: question, choices: [] };
    return { problem: problem as Problem, images: [], content: question };
  });
  return battleParts(left!, right!)
    .map((part) => (part.type === 'text' ? part.text : ''))
    .join('');
}

function said(
  faults: Parameters<typeof simulatedJudge>[0],
  first: number,
  second: number,
  seed = '0',
  temperature = 0,
) {
  const prompt = { text: promptOf(first, second), images: [] };
  const reaction = battleReaction(simulatedJudge(faults), book, prompt, { seed, temperature });
  return reaction?.kind === 'say' ? reaction.text : undefined;
}

const pairs = Array.from({ length: 1500 }, (_, at): [number, number] => [
  at % 300,
  (at * 7 + 1 + (at % 13)) % 300,
]).filter(([one, other]) => one !== other);

function verdicts(faults: Parameters<typeof simulatedJudge>[0]) {
  return pairs.map(([first, second]) => readBattleReply(said(faults, first, second) ?? ''));
}

const shareOf = (all: readonly unknown[], wanted: unknown) => all.filter((one) => one === wanted).length / all.length;

describe('a simulated judge of battles', () => {
  test('prefers by the difficulties of the key, as a Bradley-Terry model does', () => {
    const found = verdicts({});
    // Mean of the chances that the model gives to what was said, against the mean that it expects of itself.
    const chances = pairs.map(([first, second]) => {
      const difference = key.entries[first]!.difficulty - key.entries[second]!.difficulty;
      return 1 / (1 + Math.exp(-difference));
    });
    const right = pairs.map((_, at) => (found[at] === 'first' ? chances[at]! : 1 - chances[at]!));
    const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    const expected = mean(chances.map((chance) => chance * chance + (1 - chance) ** 2));
    expect(Math.abs(mean(right) - expected)).toBeLessThan(0.02);
    expect(expected).toBeGreaterThan(0.6);
  });

  test('has the faults that it is given', () => {
    expect(shareOf(verdicts({ battles: { tieShare: 0.3 } }), 'tie')).toBeCloseTo(0.3, 1);
    expect(shareOf(verdicts({ battles: { positionBias: 3 } }), 'first')).toBeGreaterThan(0.85);
    expect(shareOf(verdicts({ battles: { invalidShare: 0.4 } }), undefined)).toBeCloseTo(0.4, 1);
    expect(shareOf(verdicts({ battles: { discrimination: 0 } }), 'first')).toBeCloseTo(0.5, 1);
  });

  test('says the same to the same question, and may find a verdict when asked again', () => {
    expect(said({}, 1, 2)).toBe(said({}, 1, 2, '9'));
    const faults = { battles: { invalidShare: 0.5 } };
    const again = Array.from({ length: 12 }, (_, seed) => readBattleReply(said(faults, 1, 2, String(seed), 0.6) ?? ''));
    expect(new Set(again.map((verdict) => verdict === undefined)).size).toBe(2);
  });

  test('leaves other prompts alone', () => {
    const other = { text: 'Which of 1 and 2 is larger?', images: [] };
    expect(battleReaction(simulatedJudge(), book, other, { seed: '0', temperature: 0 })).toBeUndefined();
  });
});
