import { ApiError, invalid, schemaError } from './api-error.ts';
import { isObject, type JsonObject } from './fields.ts';
import { countTokens } from './tokens.ts';

/** What a conversation comes to: the text and image addresses of its user turns, and the template's token count. */
export interface Conversation {
  /** Text of the last user turn, its parts joined in order. */
  readonly text: string;
  /** Image addresses of the whole conversation, in order. */
  readonly imageUrls: readonly string[];
  readonly videos: number;
  /** Tokens of everything but the images' own, after the chat template. */
  readonly textTokens: number;
}

/** Qwen's chat template: the frame of one turn, of one image, the default system turn, and the opened answer. */
const turnTokens = 5;
const imageFrameTokens = 2;
const defaultSystemTokens = 11;
const openingTokens = 3;

/** The kinds of content parts that vLLM lists where it meets another. */
const partTypes =
  'audio_embeds, audio_url, image_embeds, image_pil, image_url, input_audio, input_image, input_text, output_text, prompt_embeds, refusal, text, thinking, tool_reference, video_embeds, video_url';

/** @throws {ApiError} 400 for a body that is no conversation */
export function readConversation(body: JsonObject): Conversation {
  const messages = body['messages'] ?? undefined;
  if (messages === undefined) throw schemaError('missing', ['body', 'messages'], 'Field required', body);
  if (!Array.isArray(messages)) throw schemaError('list_type', ['body', 'messages'], 'Input should be a valid list');
  if (messages.length === 0) {
    throw new ApiError(400, 'Cannot apply chat template to an empty conversation. Provide at least one message.');
  }
  const conversation = { text: '', imageUrls: [] as string[], videos: 0, textTokens: openingTokens };
  messages.forEach((message: unknown, index) => {
    // Any role will do: the chat template prints it.
    if (!isObject(message) || typeof message['role'] !== 'string') {
      throw schemaError('union_tag_invalid', ['body', 'messages', index], 'Input should be a valid chat message');
    }
    if (index === 0 && message['role'] !== 'system') conversation.textTokens += defaultSystemTokens;
    const text = readContent(message['content'], index, conversation);
    if (message['role'] === 'user') conversation.text = text;
    conversation.textTokens += turnTokens + countTokens(text);
  });
  return conversation;
}

/** Adds a turn's media to the conversation and gives its text. */
function readContent(
  content: unknown,
  index: number,
  into: { imageUrls: string[]; videos: number; textTokens: number },
): string {
  if (content === undefined || content === null) return '';
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) {
    throw schemaError('string_type', ['body', 'messages', index, 'content'], 'Input should be a valid string');
  }
  const texts: string[] = [];
  for (const part of content as unknown[]) {
    if (typeof part === 'string') texts.push(part);
    else if (isObject(part)) readPart(part, index, texts, into);
    else throw schemaError('union_error', ['body', 'messages', index, 'content'], 'Input should be a content part');
  }
  return texts.join('');
}

function readPart(
  part: JsonObject,
  index: number,
  texts: string[],
  into: { imageUrls: string[]; videos: number; textTokens: number },
): void {
  const type = part['type'];
  if (type === 'text' && typeof part['text'] === 'string') texts.push(part['text']);
  else if (type === 'image_url') {
    into.imageUrls.push(imageUrl(part['image_url'], index));
    into.textTokens += imageFrameTokens;
  } else if (type === 'video_url') into.videos += 1;
  else {
    const kind = String(type).slice(0, 200);
    throw invalid(`Unsupported chat content part type: '${kind}'. Supported types: ${partTypes}.`, 'type', kind);
  }
}

function imageUrl(value: unknown, index: number): string {
  const url = isObject(value) ? value['url'] : value;
  if (typeof url === 'string') return url;
  throw schemaError('missing', ['body', 'messages', index, 'content', 'image_url', 'url'], 'Field required');
}
