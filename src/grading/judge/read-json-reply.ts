import type { z } from 'zod';

/** Characters above which a reply is not the small object that was asked for. */
const mostCharacters = 20_000;

/**
 * Reads a judge's reply: one JSON object of exactly the form asked for, bare or in one code fence, behind thinking that
 * the server or the model put in front. Words around it, a second object, a wrong key or another form is no reply.
 *
 * @param nonce - the reply's `key` must be this, so that an object copied out of the text shown is not taken
 */
export function readJsonReply<Schema extends z.ZodType<{ key: string }>>(
  text: string,
  schema: Schema,
  nonce: string,
): z.infer<Schema> | undefined {
  const said = afterThinking(text).trim();
  if (said.length > mostCharacters) return undefined;
  const inside = /^```(?:json)?\s*\n([\s\S]*?)\n\s*```$/i.exec(said)?.[1] ?? said;
  let value: unknown;
  try {
    value = JSON.parse(inside);
  } catch {
    return undefined;
  }
  const parsed = schema.safeParse(value);
  return parsed.success && parsed.data.key === nonce ? parsed.data : undefined;
}

function afterThinking(text: string): string {
  const end = text.lastIndexOf('</think>');
  return end < 0 ? text : text.slice(end + '</think>'.length);
}
