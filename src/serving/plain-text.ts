// biome-ignore lint/suspicious/noControlCharactersInRegex: terminal control sequences are what this removes.
const controlSequence = /\u001b\[[0-9;?]{0,16}[ -/]?[@-~]|[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;
const secret = /\b(?:hf_|sk-)[A-Za-z0-9_-]{16,200}/g;

/** Text of a server as it may be shown: no control characters or terminal colours, no keys, at most `length` characters. */
export function plainText(text: string, length: number): string {
  const clean = text
    .slice(0, length + 200)
    .replace(controlSequence, '')
    .replace(secret, '<key>');
  return clean.length > length ? `${clean.slice(0, length - 1)}…` : clean;
}
