import type { FinishReason } from './metrics.ts';
import type { SamplingRequest } from './sampling.ts';
import { tokenize } from './tokens.ts';

/** One choice as it goes out. */
export interface Choice {
  readonly text: string;
  /** Tokens generated, the end-of-turn token included. */
  readonly tokens: number;
  readonly finishReason: FinishReason;
  /** The stop string that ended it. */
  readonly stopReason: string | null;
}

/** Ends a text where a token limit or the first stop string ends it, whichever comes first. */
export function cutText(
  whole: string,
  sampling: Pick<SamplingRequest, 'stop' | 'keepStop'>,
  maxTokens: number,
): Choice {
  const pieces = tokenize(whole);
  // The end-of-turn token needs room as well.
  const isCut = pieces.length >= maxTokens;
  const text = isCut ? pieces.slice(0, maxTokens).join('') : whole;
  const stop = firstStop(text, sampling.stop);
  if (stop) {
    const end = stop.at + stop.text.length;
    return {
      text: text.slice(0, sampling.keepStop ? end : stop.at),
      tokens: tokenize(text.slice(0, end)).length,
      finishReason: 'stop',
      stopReason: stop.text,
    };
  }
  return isCut
    ? { text, tokens: maxTokens, finishReason: 'length', stopReason: null }
    : { text, tokens: pieces.length + 1, finishReason: 'stop', stopReason: null };
}

/** The stop string that is complete first. */
function firstStop(text: string, stops: readonly string[]): { at: number; text: string } | undefined {
  let first: { at: number; text: string } | undefined;
  for (const stop of stops) {
    const at = text.indexOf(stop);
    if (at >= 0 && (first === undefined || at + stop.length < first.at + first.text.length)) first = { at, text: stop };
  }
  return first;
}
