import type { Span } from './find-boxes.ts';

/** Where a final answer may stand in a response. */
export interface AnswerZone extends Span {
  /** Nothing stands behind the reasoning, so that only a box in it counts. */
  readonly reasoningOnly: boolean;
}

const endTokens = /(?:\s|<\/s>|<\|im_end\|>|<\|endoftext\|>|<\|eot_id\|>|<eos>)+$/;

/** What stands behind the last `</think>`; the reasoning itself where nothing does. */
export function answerZone(text: string): AnswerZone {
  const end = trimmedEnd(text);
  const close = text.lastIndexOf('</think>', end);
  const open = text.lastIndexOf('<think>', end);
  if (close >= 0 && open < close) {
    const after = close + '</think>'.length;
    if (text.slice(after, end).trim() !== '') return { start: after, end, reasoningOnly: false };
    return { start: 0, end: close, reasoningOnly: true };
  }
  return { start: 0, end, reasoningOnly: open >= 0 };
}

function trimmedEnd(text: string): number {
  const tail = text.slice(-200);
  const cut = endTokens.exec(tail);
  return text.length - (cut?.[0].length ?? 0);
}
