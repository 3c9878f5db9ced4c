import { readBlocks } from './read-blocks.ts';

/** What a judge is asked: to copy an answer out of a reply, or to score one. */
export type JudgeTask =
  | { readonly kind: 'extract'; readonly key: string; readonly reply: string }
  | {
      readonly kind: 'score';
      readonly key: string;
      readonly question: string;
      readonly options: readonly string[];
      readonly gold: string;
      readonly answer: string;
    };

/** Reads the blocks of a grading prompt; undefined where the text is none. */
export function readJudgePrompt(text: string): JudgeTask | undefined {
  const read = readBlocks(text);
  if (read === undefined) return undefined;
  const { key, blocks } = read;
  const reply = blocks.get('reply');
  if (reply !== undefined) return { kind: 'extract', key, reply };
  const gold = blocks.get('reference answer');
  const answer = blocks.get('student answer');
  if (gold === undefined || answer === undefined) return undefined;
  const options = (blocks.get('options') ?? '').split('\n').flatMap((line) => /^[A-Z]\. (.*)$/.exec(line)?.[1] ?? []);
  return { kind: 'score', key, question: blocks.get('question') ?? '', options, gold, answer };
}
