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

const opening = /<<<([0-9a-f]{16,64}) ([a-z ]{1,30})>>>\n/g;

/** Reads the blocks of a grading prompt; undefined where the text is none. */
export function readJudgePrompt(text: string): JudgeTask | undefined {
  const blocks = new Map<string, string>();
  let key: string | undefined;
  opening.lastIndex = 0;
  for (let found = opening.exec(text); found !== null; found = opening.exec(text)) {
    const [whole, word = '', name = ''] = found;
    if (name === 'end') continue;
    key ??= word;
    // The first block names the request's word; marks that bear another are part of what is shown.
    if (word !== key) continue;
    const from = found.index + whole.length;
    const end = text.indexOf(`\n<<<${key} end>>>`, from);
    if (end < 0) return undefined;
    blocks.set(name, text.slice(from, end));
    opening.lastIndex = end;
  }
  if (key === undefined) return undefined;
  const reply = blocks.get('reply');
  if (reply !== undefined) return { kind: 'extract', key, reply };
  const gold = blocks.get('reference answer');
  const answer = blocks.get('student answer');
  if (gold === undefined || answer === undefined) return undefined;
  const options = (blocks.get('options') ?? '').split('\n').flatMap((line) => /^[A-Z]\. (.*)$/.exec(line)?.[1] ?? []);
  return { kind: 'score', key, question: blocks.get('question') ?? '', options, gold, answer };
}
