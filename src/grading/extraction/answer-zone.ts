import type { Span } from './find-boxes.ts';

/** Where a final answer may stand in a response. */
export interface AnswerZone extends Span {
  /** Nothing stands behind the reasoning, so that only a box in it counts. */
  readonly reasoningOnly: boolean;
  /** Whether the response runs on into a prompt of its own making, which the zone leaves out. */
  readonly runsOn: boolean;
}

/** A further prompt, as models write that do not stop behind their answer. */
const nextPrompt = /\n\s{0,8}(?:Hint|Question|Choices|Problem|Human|User)\s?:/g;

const endTokens = /(?:\s|<\/s>|<\|im_end\|>|<\|endoftext\|>|<\|eot_id\|>|<eos>)+$/;

/** What stands behind the last `</think>`; the reasoning itself where nothing does. */
export function answerZone(text: string): AnswerZone {
  const end = trimmedEnd(text);
  const close = text.lastIndexOf('</think>', end);
  const open = text.lastIndexOf('<think>', end);
  if (close >= 0 && open < close) {
    const after = close + '</think>'.length;
    if (text.slice(after, end).trim() !== '') return beforeNextPrompt(text, after, end);
    return { start: 0, end: close, reasoningOnly: true, runsOn: false };
  }
  if (open >= 0) return { start: 0, end, reasoningOnly: true, runsOn: false };
  return beforeNextPrompt(text, 0, end);
}

function beforeNextPrompt(text: string, start: number, end: number): AnswerZone {
  nextPrompt.lastIndex = start;
  for (let match = nextPrompt.exec(text); match !== null && match.index < end; match = nextPrompt.exec(text)) {
    // A response may begin by repeating the question; what it says comes behind.
    if (text.slice(start, Math.min(match.index, start + 200)).trim() === '') continue;
    return { start, end: match.index, reasoningOnly: false, runsOn: true };
  }
  return { start, end, reasoningOnly: false, runsOn: false };
}

function trimmedEnd(text: string): number {
  const tail = text.slice(-200);
  const cut = endTokens.exec(tail);
  return text.length - (cut?.[0].length ?? 0);
}
