import type { PromptSettings } from '../core/run-record.ts';
import type { PreparedImage } from './images/image-store.ts';

/** One piece of the user turn, in the order in which the model sees it. */
export type PromptPart =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'image'; readonly image: PreparedImage };

/**
 * The user turn under a named layout. There is no system turn: the chat template's own stands.
 *
 * - `original-eval`: image(s), then instruction, one space, question.
 * - `train`: instruction, one space, image(s), then the question.
 *
 * @param question - the problem's prompt
 * @returns a single text part where there is no image: both layouts then read the same
 */
export function promptParts(
  question: string,
  images: readonly PreparedImage[],
  { layout, instruction }: PromptSettings,
): PromptPart[] {
  const lead = instruction === '' ? '' : `${instruction} `;
  const shown = images.map((image): PromptPart => ({ type: 'image', image }));
  if (layout === 'original-eval' || shown.length === 0) return [...shown, { type: 'text', text: lead + question }];
  const before: PromptPart[] = lead === '' ? [] : [{ type: 'text', text: lead }];
  return [...before, ...shown, { type: 'text', text: question }];
}
