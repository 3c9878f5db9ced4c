import type { AnswerKey, AnswerKeyEntry } from '../../src/simulator/answer-key.ts';
import { Draws } from '../../src/simulator/answers/draws.ts';

/** Entries without images, one of each kind of answer in turn, with difficulties as a built key has them. */
export function sampleKey(count: number, abilities: Record<string, number>, more: Partial<AnswerKey> = {}): AnswerKey {
  const entries = Array.from({ length: count }, (_, index) => sampleEntry(index));
  return { schema: 1, seed: 7, abilities, noise: 0.1, noAnswerShare: 0.06, entries, ...more };
}

function sampleEntry(index: number): AnswerKeyEntry {
  const prompt = `Question ${index}: which value is meant here?`;
  const difficulty = new Draws('sample', index).normal() * 1.2;
  const common = { prompt, images: [], choices: [], difficulty };
  const kinds: readonly Omit<AnswerKeyEntry, 'prompt' | 'images' | 'difficulty' | 'choices'>[] = [
    { answer: String(index), policy: { type: 'number', integer: true } },
    { answer: `${index}.25`, policy: { type: 'number', tolerance: 0.001 } },
    { answer: 'ABCD'[index % 4] as string, policy: { type: 'choice', letters: ['ABCD'[index % 4] as string] } },
    { answer: `\\frac{${index}}{7}`, policy: { type: 'free' } },
    { answer: 'Sep', policy: { type: 'text' } },
    { answer: `[${index}, 2, 9]`, policy: { type: 'list' } },
  ];
  return { ...common, ...(kinds[index % kinds.length] as (typeof kinds)[number]) };
}
