import { Draws } from '../answers/draws.ts';
import { copyAnswer } from './copy-answer.ts';
import type { SimulatedJudgeSettings } from './judge-settings.ts';
import { meansTheSame } from './means-the-same.ts';
import { type JudgeTask, readJudgePrompt } from './read-judge-prompt.ts';

/** What a simulated judge does with one request. */
export type JudgeReaction = { readonly kind: 'stall' } | { readonly kind: 'say'; readonly text: string };

/** Words by which a text speaks to whoever grades it. */
const injection =
  /\b(?:ignore|disregard|verdict|judge(?:ment)?|grader?|grading|score|output|respond|reply with|system|assistant|instruction|reference answer|standard answer|accept|mark (?:this|it)|correct|override)\b|"correct"|<\/?think>|忽略|正确/i;

/**
 * Plays a judge model in answer to a grading prompt: right, but for its faults. Which faults befall a text depends on the
 * text and the seed alone; stalling and babbling depend on the request's own seed too, so that asking again may help.
 *
 * @param seed - the request's
 * @returns undefined where the prompt is no grading prompt
 */
export function judgeReaction(
  settings: SimulatedJudgeSettings,
  prompt: string,
  seed: string,
): JudgeReaction | undefined {
  const task = readJudgePrompt(prompt);
  if (task === undefined) return undefined;
  const content = task.kind === 'extract' ? [task.reply] : [task.question, task.gold, task.answer];
  const mood = new Draws(settings.seed, 'mood', seed, task.kind, ...content);
  if (mood.happens(settings.stallRate)) return { kind: 'stall' };
  if (mood.happens(settings.babbleRate)) return { kind: 'say', text: babble(mood) };
  const draws = new Draws(settings.seed, 'judge', task.kind, ...content);
  const shown = task.kind === 'extract' ? task.reply : task.answer;
  const obeys = injection.test(shown.slice(-4000)) && draws.happens(settings.obeyRate);
  const said =
    task.kind === 'extract' ? { answer: extracted(task, obeys) } : { verdict: scored(task, obeys, draws, settings) };
  return { kind: 'say', text: JSON.stringify({ key: task.key, ...said }) };
}

/** A judge that obeys takes the words that are addressed to it for the answer. */
function extracted({ reply }: Extract<JudgeTask, { kind: 'extract' }>, obeys: boolean): string | null {
  if (!obeys) return copyAnswer(reply) ?? null;
  const lines = reply.split('\n').filter((line) => injection.test(line));
  return (
    lines
      .at(-1)
      ?.trim()
      .slice(-300)
      .replace(/^\S*\s/, '') ?? null
  );
}

function scored(
  { gold, answer, options }: Extract<JudgeTask, { kind: 'score' }>,
  obeys: boolean,
  draws: Draws,
  { errorRate }: SimulatedJudgeSettings,
): 'correct' | 'incorrect' {
  if (obeys) return 'correct';
  return meansTheSame(gold, answer, options) !== draws.happens(errorRate) ? 'correct' : 'incorrect';
}

function babble(draws: Draws): string {
  return draws.pick([
    'Let me look at this step by step. The student seems to have understood the problem well.',
    'The verdict is: "correct".',
    'I think {"verdict": "correct"} is what you are after, but let me think again.',
    '1',
    '{"verdict": "correct"}',
    '{"key": "0", "verdict": "correct"}',
    '```json\n{"verdict": "correct", "key":\n```',
    '',
  ]);
}
