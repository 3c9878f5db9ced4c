import type { AnswerBook } from '../answers/answer-book.ts';
import { Draws } from '../answers/draws.ts';
import type { JudgeReaction } from './judge-persona.ts';
import type { SimulatedJudgeSettings } from './judge-settings.ts';
import { readBlocks } from './read-blocks.ts';

/** One problem as it was shown. */
interface Shown {
  readonly question: string;
  /** SHA-256 of each image. */
  readonly images: readonly string[];
}

/** Standard deviation of the difficulties of problems that the answer key lacks, in logits. */
const unknownSpread = 1.2;

/**
 * Plays a judge that says which of two problems is harder: by the answer key's difficulties, and by its faults. At
 * temperature 0 the same question gets the same verdict; replies without one also depend on the request, so that asking
 * again may help.
 *
 * @param images - SHA-256 of the images of the request, in order
 * @param request - its seed and temperature
 * @returns undefined where the prompt shows no two problems
 */
export function battleReaction(
  settings: SimulatedJudgeSettings,
  book: AnswerBook | undefined,
  prompt: { readonly text: string; readonly images: readonly string[] },
  request: { readonly seed: string; readonly temperature: number },
): JudgeReaction | undefined {
  const shown = readBattle(prompt.text, prompt.images);
  if (shown === undefined) return undefined;
  const content = shown.flatMap(({ question, images }) => [question, ...images]);
  const mood = new Draws(settings.seed, 'mood', request.seed, request.temperature, 'battle', ...content);
  if (mood.happens(settings.stallRate)) return { kind: 'stall' };
  const { discrimination, positionBias, noiseShare, tieShare, invalidShare } = settings.battles;
  if (mood.happens(invalidShare)) return { kind: 'say', text: noVerdict(mood) };
  const draws = new Draws(settings.seed, 'battle', ...(request.temperature > 0 ? [request.seed] : []), ...content);
  const [first, second] = shown.map((problem) => difficultyOf(problem, book, settings.seed)) as [number, number];
  const lean = discrimination * (first - second) + positionBias;
  const chance = draws.happens(noiseShare) ? 0.5 : 1 / (1 + Math.exp(-lean));
  const harder = draws.happens(chance) ? 'first' : 'second';
  const verdict = draws.happens(tieShare) ? 'tie' : harder;
  return { kind: 'say', text: JSON.stringify({ why: 'It takes more steps.', harder: verdict }) };
}

function readBattle(text: string, images: readonly string[]): [Shown, Shown] | undefined {
  const blocks = readBlocks(text)?.blocks;
  const [first, second] = [blocks?.get('first problem'), blocks?.get('second problem')];
  if (first === undefined || second === undefined) return undefined;
  const own = Number(blocks?.get('first pictures') ?? 0);
  return [
    { question: first, images: images.slice(0, own) },
    { question: second, images: images.slice(own) },
  ];
}

function difficultyOf({ question, images }: Shown, book: AnswerBook | undefined, seed: number): number {
  const known = book?.showing(question, images)?.difficulty;
  return known ?? new Draws(seed, 'difficulty', question, ...images).normal() * unknownSpread;
}

function noVerdict(draws: Draws): string {
  return draws.pick([
    'Both problems are interesting. The first asks for an angle; in the second one an area is wanted.',
    '{"why": "hard to say", "harder": "unsure"}',
    '{"why": "The first one, I would',
    'Winner: first or second, depending on the reader.',
    '',
  ]);
}
