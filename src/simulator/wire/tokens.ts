/**
 * Splits text the way a byte-pair tokenizer roughly does: a word in pieces of up to six letters with the space before
 * it, digits one by one, other signs alone. The pieces joined give the text again.
 */
const piece = / ?\p{L}{1,6}| ?\p{N}| ?[^\s\p{L}\p{N}]|\s/gu;

/** Size of the Qwen2 vocabulary below its special tokens. */
const vocabularySize = 151_643;

export function tokenize(text: string): readonly string[] {
  return text.match(piece) ?? [];
}

export function countTokens(text: string): number {
  return tokenize(text).length;
}

/** A stable made-up id in [0, 151643) for a piece of text. */
export function tokenId(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return (hash >>> 0) % vocabularySize;
}
