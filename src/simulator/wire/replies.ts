import type { Choice } from './cut-text.ts';
import type { Generation } from './engine.ts';

/** What every reply and every streamed piece of a request has in common. */
export interface ReplyHead {
  readonly endpoint: 'chat' | 'text';
  readonly id: string;
  /** Seconds since 1970. */
  readonly created: number;
  readonly model: string;
  readonly fingerprint: string;
}

function usageOf({ promptTokens, completionTokens }: Generation) {
  return {
    prompt_tokens: promptTokens,
    total_tokens: promptTokens + completionTokens,
    completion_tokens: completionTokens,
    prompt_tokens_details: null,
    completion_tokens_details: null,
  };
}

/** Body of a request that was not streamed. */
export function wholeReply(head: ReplyHead, generation: Generation): unknown {
  const isChat = head.endpoint === 'chat';
  return {
    id: head.id,
    object: isChat ? 'chat.completion' : 'text_completion',
    created: head.created,
    model: head.model,
    choices: generation.choices.map((choice, index) =>
      isChat ? chatChoice(choice, index) : textChoice(choice, index),
    ),
    service_tier: null,
    system_fingerprint: head.fingerprint,
    usage: usageOf(generation),
    ...(isChat ? { prompt_logprobs: null, prompt_token_ids: null, prompt_text: null } : {}),
    kv_transfer_params: null,
    ec_transfer_params: null,
    metrics: null,
  };
}

function chatChoice(choice: Choice, index: number) {
  const message = {
    role: 'assistant',
    content: choice.text,
    refusal: null,
    annotations: null,
    audio: null,
    function_call: null,
    reasoning: null,
  };
  return { index, message, logprobs: null, ...endOf(choice), token_ids: null, routed_experts: null };
}

function textChoice(choice: Choice, index: number) {
  const nothing = { token_ids: null, prompt_logprobs: null, prompt_token_ids: null, routed_experts: null };
  return { index, text: choice.text, logprobs: null, ...endOf(choice), ...nothing };
}

function endOf(choice: Choice) {
  return { finish_reason: choice.finishReason, stop_reason: choice.stopReason };
}

/** One server-sent event. */
function event(body: unknown): string {
  return `data: ${JSON.stringify(body)}\n\n`;
}

/** The pieces of a streamed reply, each a whole server-sent event. */
export class StreamReply {
  readonly #head: ReplyHead;

  constructor(head: ReplyHead) {
    this.#head = head;
  }

  /** Opens a choice; text completions need no opening. */
  opening(index: number): string {
    if (this.#head.endpoint === 'text') return '';
    const choice = { index, delta: { role: 'assistant', content: '' }, logprobs: null, finish_reason: null };
    return this.#chunk([choice], { prompt_token_ids: null, prompt_text: null });
  }

  piece(index: number, text: string): string {
    const ending = { logprobs: null, finish_reason: null };
    if (this.#head.endpoint === 'text') return this.#chunk([{ index, text, ...ending, stop_reason: null }]);
    return this.#chunk([{ index, delta: { content: text }, ...ending, token_ids: null }]);
  }

  /** The last piece of a choice. @param isLast - whether it is the last of the reply, which alone names the engine */
  ending(index: number, text: string, end: ChoiceEnd, isLast: boolean): string {
    const content = this.#head.endpoint === 'text' ? { text } : { delta: { content: text } };
    const choice = { index, ...content, logprobs: null, ...end, token_ids: null };
    return this.#chunk([choice], isLast ? { system_fingerprint: this.#head.fingerprint } : {});
  }

  usage(generation: Generation): string {
    const { prompt_tokens, total_tokens, completion_tokens } = usageOf(generation);
    const usage = { prompt_tokens, total_tokens, completion_tokens };
    return this.#chunk([], { usage, system_fingerprint: this.#head.fingerprint });
  }

  static readonly done = 'data: [DONE]\n\n';

  #chunk(choices: readonly unknown[], more: object = {}): string {
    const { endpoint, id, created, model } = this.#head;
    const object = endpoint === 'chat' ? 'chat.completion.chunk' : 'text_completion';
    return event({ id, object, created, model, choices, ...more });
  }
}

/** How a choice ended. */
export interface ChoiceEnd {
  readonly finish_reason: string;
  readonly stop_reason: string | null;
}

/** The end of a choice, as a stream's last piece of it names it. */
export function streamEnd(choice: Choice): ChoiceEnd {
  return endOf(choice);
}
