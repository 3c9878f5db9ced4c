import type { AnswerKey, AnswerKeyEntry } from '../answer-key.ts';
import type { CheckpointAbility } from './checkpoint-ability.ts';
import { Draws } from './draws.ts';
import { finalStatement } from './final-statement.ts';
import { endlessReasoning, reasoning, repetition } from './reasoning.ts';
import { rightStatement, wrongStatement } from './statement-of.ts';

/** What a text is, known for certain since the simulator made it; true as long as the text is not cut. */
export type Outcome = 'right' | 'wrong' | 'none';

export interface SimulatedAnswer {
  readonly text: string;
  readonly outcome: Outcome;
}

/** How the answer is drawn. */
export interface Drawing {
  readonly checkpoint: CheckpointAbility;
  /** 0: the answer depends on content and checkpoint only. */
  readonly temperature: number;
  /** Seed of this sample; counts only at a temperature above 0. */
  readonly sampleSeed: number | string;
}

/** Share of a sample's draw that is its own rather than the problem's, at temperature 1 and above. */
const samplingSpread = 0.6;

/**
 * Whether this checkpoint gets this problem right: its uniform draw is below sigmoid(ability - difficulty). Most of the
 * time the draw is the problem's own and so common to all checkpoints: what a weaker checkpoint solves, a stronger
 * one solves too. Mixing in draws of the sample's own leaves the probability as it is.
 */
function isRight(key: AnswerKey, entry: AnswerKeyEntry, drawing: Drawing, own: Draws): boolean {
  const probability = 1 / (1 + Math.exp(entry.difficulty - drawing.checkpoint.ability));
  const spread = samplingSpread * Math.min(1, drawing.temperature);
  const ownShare = key.noise + (1 - key.noise) * spread;
  const isOwn = own.happens(ownShare);
  const ownDraw = own.uniform();
  return (isOwn ? ownDraw : new Draws(key.seed, 'problem', contentOf(entry)).uniform()) < probability;
}

/**
 * The answer to one problem. The same key, entry and drawing always give the same text.
 *
 * @param maxTokens - an answer that never ends is made this long
 */
export function simulatedAnswer(
  key: AnswerKey,
  entry: AnswerKeyEntry,
  drawing: Drawing,
  maxTokens: number,
): SimulatedAnswer {
  const sample = drawing.temperature === 0 ? 'greedy' : String(drawing.sampleSeed);
  const draws = new Draws(key.seed, 'answer', contentOf(entry), drawing.checkpoint.name, sample);
  if (isRight(key, entry, drawing, draws)) {
    return { text: stated(finalStatement(rightStatement(entry, draws), draws), draws), outcome: 'right' };
  }
  if (draws.happens(key.noAnswerShare)) return { text: withoutAnswer(draws, maxTokens), outcome: 'none' };
  return { text: stated(finalStatement(wrongStatement(entry, draws), draws), draws), outcome: 'wrong' };
}

/** What is said to a question that stands in no key. */
export function unknownAnswer(checkpoint: string, question: string): string {
  const draws = new Draws('unknown', checkpoint, question);
  return `<think>${reasoning(draws)}</think>\n\nI described what I see, but I cannot settle on a value for it.`;
}

function contentOf(entry: AnswerKeyEntry): string {
  return [entry.prompt, ...entry.images].join('\u001f');
}

function stated(conclusion: string, draws: Draws): string {
  const thought = reasoning(draws);
  if (draws.happens(0.08)) return `${thought}\n\n${conclusion}`;
  const lead = draws.happens(0.3) ? `${draws.pick(leads)}\n\n` : '';
  return draws.happens(0.5)
    ? `<think>${thought}</think>\n\n${lead}${conclusion}`
    : `<think>\n${thought}\n</think>\n${lead}${conclusion}`;
}

const leads = [
  'The steps above lead to the result.',
  'Here is the result of the reasoning.',
  'With the relations found above, the value follows.',
];

function withoutAnswer(draws: Draws, maxTokens: number): string {
  const roll = draws.uniform();
  if (roll < 0.4) return `<think>${endlessReasoning(draws, maxTokens)}`;
  if (roll < 0.7) return `<think>${repetition(draws, maxTokens)}`;
  return `<think>${reasoning(draws)}</think>\n\nI'm sorry, but the picture does not show enough to settle the question.`;
}
