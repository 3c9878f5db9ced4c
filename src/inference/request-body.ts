import { readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import type { Sampling } from '../core/run-record.ts';
import type { Endpoint } from './endpoint.ts';
import type { PreparedImage } from './images/image-store.ts';
import type { PromptPart } from './prompt.ts';

/** What is asked of a server in one request. */
export interface Asked {
  readonly parts: readonly PromptPart[];
  readonly sampling: Sampling;
  /** 0-based; moves the seed, so that samples of one problem differ. */
  readonly sample: number;
  /** A JSON schema that the reply must follow; sent only to servers that are known to hold to it. */
  readonly replySchema?: { readonly name: string; readonly schema: Readonly<Record<string, unknown>> };
}

/**
 * The JSON body of a chat completion. Images are read here, at dispatch, and their base64 text goes into the body's
 * bytes without passing through a JSON encoder.
 *
 * @throws what reading a prepared file throws
 */
export async function requestBody(endpoint: Endpoint, asked: Asked): Promise<string | Uint8Array> {
  const settings = JSON.stringify({ model: endpoint.model, ...samplingFields(endpoint, asked) });
  const rest = `}],${settings.slice(1)}`;
  const [first] = asked.parts;
  if (asked.parts.length === 1 && first?.type === 'text') {
    return `{"messages":[{"role":"user","content":${JSON.stringify(first.text)}${rest}`;
  }
  const open = '{"messages":[{"role":"user","content":[';
  if (endpoint.images === 'file') return `${open}${asked.parts.map(partAsJson).join(',')}]${rest}`;
  const pieces: Uint8Array[] = [Buffer.from(open)];
  for (const [index, part] of asked.parts.entries()) {
    if (index > 0) pieces.push(Buffer.from(','));
    if (part.type === 'text') pieces.push(Buffer.from(partAsJson(part)));
    else pieces.push(...(await imageAsData(part.image)));
  }
  pieces.push(Buffer.from(`]${rest}`));
  return Buffer.concat(pieces);
}

function samplingFields({ dialect }: Endpoint, { sampling, sample, replySchema }: Asked): Record<string, unknown> {
  const standard = {
    temperature: sampling.temperature,
    top_p: sampling.topP,
    max_tokens: sampling.maxTokens,
    seed: sampling.seed + sample,
  };
  if (dialect === 'openai') return standard;
  // Everything is said: a field left out is filled from the checkpoint's generation_config.json on some servers.
  return {
    ...standard,
    n: 1,
    stream: false,
    repetition_penalty: sampling.repetitionPenalty,
    presence_penalty: 0,
    frequency_penalty: 0,
    top_k: -1,
    min_p: 0,
    ...(replySchema === undefined
      ? {}
      : { response_format: { type: 'json_schema', json_schema: { ...replySchema, strict: true } } }),
  };
}

function partAsJson(part: PromptPart): string {
  if (part.type === 'text') return JSON.stringify(part);
  return JSON.stringify({ type: 'image_url', image_url: { url: pathToFileURL(part.image.path).href } });
}

async function imageAsData({ path, mediaType }: PreparedImage): Promise<Uint8Array[]> {
  const bytes = await readFile(path);
  return [
    Buffer.from(`{"type":"image_url","image_url":{"url":"data:${mediaType};base64,`),
    Buffer.from(bytes.toString('base64'), 'latin1'),
    Buffer.from('"}}'),
  ];
}
