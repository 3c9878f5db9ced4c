/**
 * Whether a reply has the form that training rewards: it begins with `<think>`, somewhere later stands `</think>`,
 * after that `\boxed{`, and after that `}`. Blanks around `<`, `>` and `/` do not count. This accepts exactly what
 * EasyR1's `math` reward of 2026-07 accepts, `<think>.*</think>.*\\boxed\{.*\}.*` over the text without those blanks;
 * the time is linear in the reply's length, which that substitution's is not.
 */
export function hasTrainingFormat(reply: string): boolean {
  const opened = readTag(reply, skipBlanks(reply, 0), '<', 'think');
  if (opened === undefined) return false;
  const closed = findClosingTag(reply, opened);
  if (closed === undefined) return false;
  const box = reply.indexOf('\\boxed{', closed);
  return box >= 0 && reply.indexOf('}', box + '\\boxed{'.length) >= 0;
}

/** End of the first `</think>` from an offset on. Each run of blanks is looked at once from either side. */
function findClosingTag(reply: string, from: number): number | undefined {
  for (let word = reply.indexOf('think', from); word >= 0; word = reply.indexOf('think', word + 1)) {
    const slash = skipBlanksBack(reply, word, from) - 1;
    if (reply[slash] !== '/' || slash < from) continue;
    const angle = skipBlanksBack(reply, slash, from) - 1;
    if (reply[angle] !== '<' || angle < from) continue;
    const end = skipBlanks(reply, word + 'think'.length);
    if (reply[end] === '>') return end + 1;
  }
  return undefined;
}

/** End of a mark, a word and `>` with blanks between them; undefined where they do not stand there. */
function readTag(reply: string, at: number, mark: string, word: string): number | undefined {
  if (reply[at] !== mark) return undefined;
  const start = skipBlanks(reply, at + 1);
  if (!reply.startsWith(word, start)) return undefined;
  const end = skipBlanks(reply, start + word.length);
  return reply[end] === '>' ? end + 1 : undefined;
}

function skipBlanks(reply: string, from: number): number {
  let at = from;
  while (at < reply.length && isBlank(reply.charAt(at))) at += 1;
  return at;
}

function skipBlanksBack(reply: string, from: number, least: number): number {
  let at = from;
  while (at > least && isBlank(reply.charAt(at - 1))) at -= 1;
  return at;
}

/** Whether Python's `\s` matches a character: it knows some control characters more than ours, and no byte order mark. */
function isBlank(character: string): boolean {
  const code = character.charCodeAt(0);
  if (code < 0x80) return code === 0x20 || (code >= 0x09 && code <= 0x0d) || (code >= 0x1c && code <= 0x1f);
  return code === 0x85 || (code !== 0xfeff && /\s/.test(character));
}
