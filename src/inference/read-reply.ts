import { z } from 'zod';
import type { Answered } from '../core/response.ts';
import type { Endpoint } from './endpoint.ts';
import type { Failure } from './failure.ts';

/** Characters above which a text is no answer but a fault; 2048 tokens are about 10,000. */
const mostCharacters = 4_000_000;

const count = z.number().int().nonnegative();

const replySchema = z.object({
  model: z.string().optional().catch(undefined),
  system_fingerprint: z.string().optional().catch(undefined),
  choices: z
    .array(
      z.object({
        finish_reason: z.string().nullish(),
        message: z.object({
          content: z.string().nullish(),
          refusal: z.string().nullish().catch(undefined),
          /** The thinking, where the server takes it out of the content; older servers call it reasoning_content. */
          reasoning: z.string().nullish().catch(undefined),
          reasoning_content: z.string().nullish().catch(undefined),
        }),
      }),
    )
    .min(1),
  usage: z.object({ prompt_tokens: count, completion_tokens: count }).optional().catch(undefined),
});

/** What an answer is made of. */
export type Answer = Pick<Answered, 'text' | 'finishReason' | 'usage' | 'fingerprint'>;

/**
 * Reads the body of a successful reply. An empty text with a normal end is an answer: the grader says what it is
 * worth. Thinking that was split off is put back in front, in think tags.
 */
export function readReply(body: string, endpoint: Pick<Endpoint, 'model' | 'dialect'>): Answer | Failure {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return broken('bad_reply', `The reply is not JSON: ${excerpt(body)}`);
  }
  const parsed = replySchema.safeParse(value);
  if (!parsed.success) return broken('bad_reply', `The reply is no chat completion: ${excerpt(body)}`);
  const { model, system_fingerprint, choices, usage } = parsed.data;
  if (endpoint.dialect === 'vllm' && model !== endpoint.model) {
    return broken('wrong_model', `The reply comes from ${model ?? 'an unnamed model'}, not from ${endpoint.model}.`);
  }
  const [choice] = choices;
  if (choice === undefined) return broken('bad_reply', 'The reply has no choices.');
  const finishReason = choice.finish_reason ?? 'unknown';
  if (finishReason === 'abort' || finishReason === 'error') {
    return broken(`finish_${finishReason}`, `The server gave the request up (finish_reason ${finishReason}).`);
  }
  const text = textOf(choice.message);
  if (text.length > mostCharacters) return tooLong();
  return {
    text,
    finishReason,
    ...(usage ? { usage: { promptTokens: usage.prompt_tokens, completionTokens: usage.completion_tokens } } : {}),
    ...(system_fingerprint === undefined ? {} : { fingerprint: system_fingerprint }),
  };
}

/** A response beyond all sense in size; asking again would give it again. */
export function tooLong(): Failure {
  return { kind: 'never', code: 'response_too_long', message: 'The response is too long to be kept.' };
}

function textOf(message: z.infer<typeof replySchema>['choices'][number]['message']): string {
  const thinking = message.reasoning || message.reasoning_content;
  const said = message.content || message.refusal || '';
  return thinking ? `<think>${thinking}</think>${said}` : said;
}

function broken(code: string, message: string): Failure {
  return { kind: 'broken', code, message };
}

function excerpt(body: string): string {
  return JSON.stringify(body.slice(0, 200));
}
