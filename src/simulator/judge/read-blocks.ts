const opening = /<<<([0-9a-f]{16,64}) ([a-z ]{1,30})>>>\n/g;

/** Reads the marked blocks of a prompt, by name, with the word that marks them; undefined where there are none. */
export function readBlocks(text: string): { key: string; blocks: ReadonlyMap<string, string> } | undefined {
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
  return key === undefined ? undefined : { key, blocks };
}
