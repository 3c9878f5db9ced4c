import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { ApiError, invalid } from './api-error.ts';
import { readConversation } from './chat-messages.ts';
import type { Choice } from './cut-text.ts';
import type { Engine, Generation, Prompt } from './engine.ts';
import { Fields, type JsonObject } from './fields.ts';
import { type ReplyHead, StreamReply, streamEnd, wholeReply } from './replies.ts';
import { readSampling, type SamplingRequest } from './sampling.ts';
import { sendJson } from './send.ts';
import { countTokens, tokenize } from './tokens.ts';

/** Tokens of a text completion that names no limit (the default of /v1/completions). */
const textCompletionTokens = 16;

/** Longer than any client waits. */
const stallMs = 24 * 3600 * 1000;

/** One completion request, read and checked. */
interface Work {
  readonly head: ReplyHead;
  readonly sampling: SamplingRequest;
  readonly prompt: Prompt;
  readonly generation: Generation;
}

/**
 * Answers a chat or text completion, whole or streamed.
 *
 * @param signal - aborted when the client is gone or the server stops
 * @throws {ApiError} before anything was sent
 */
export async function complete(
  engine: Engine,
  endpoint: 'chat' | 'text',
  body: JsonObject,
  reply: ServerResponse,
  signal: AbortSignal,
): Promise<void> {
  const started = performance.now();
  engine.metrics.running += 1;
  try {
    const work = await readWork(engine, endpoint, body, reply);
    const firstTokenSeconds = (performance.now() - started + engine.settings.requestMs) / 1000;
    const { reasons, generated } = work.sampling.stream
      ? await sendStream(engine, work, reply, signal)
      : await sendWhole(engine, work, reply, signal);
    engine.metrics.finish({
      reasons,
      promptTokens: work.generation.promptTokens,
      generationTokens: generated,
      images: work.prompt.images.length,
      n: work.sampling.n,
      maxTokens: work.sampling.maxTokens ?? 0,
      firstTokenSeconds,
      seconds: (performance.now() - started) / 1000,
    });
  } finally {
    engine.metrics.running -= 1;
  }
}

async function readWork(
  engine: Engine,
  endpoint: 'chat' | 'text',
  body: JsonObject,
  reply: ServerResponse,
): Promise<Work> {
  const fields = new Fields(body);
  const model = servedName(engine, fields.text('model'));
  const asked = readSampling(fields, engine.settings);
  const sampling = endpoint === 'text' ? { ...asked, maxTokens: asked.maxTokens ?? textCompletionTokens } : asked;
  const prompt = endpoint === 'chat' ? await chatPrompt(engine, fields) : textPrompt(fields);
  const id = `${endpoint === 'chat' ? 'chatcmpl' : 'cmpl'}-${requestId(reply)}`;
  const created = Math.floor(Date.now() / 1000);
  const head = { endpoint, id, created, model, fingerprint: engine.fingerprint };
  return { head, sampling, prompt, generation: engine.generate(prompt, sampling) };
}

function requestId(reply: ServerResponse): string {
  const given = reply.req.headers['x-request-id'];
  return typeof given === 'string' && given.length <= 200 ? given : randomBytes(16).toString('hex');
}

/** @throws {ApiError} 404 */
export function servedName(engine: Engine, asked: string | undefined): string {
  const { servedNames, model } = engine.settings;
  if (asked !== undefined && asked !== '' && !servedNames.includes(asked)) {
    const message = `The model \`${asked}\` does not exist. Valid aliases: ${servedNames.join(', ')}.`;
    throw new ApiError(404, message, { parameter: 'model' });
  }
  return servedNames[0] ?? model;
}

async function chatPrompt(engine: Engine, fields: Fields): Promise<Prompt> {
  const { mediaLimits } = engine.settings;
  const conversation = readConversation(fields.body);
  checkCount('image', conversation.imageUrls.length, mediaLimits.image);
  checkCount('video', conversation.videos, mediaLimits.video);
  const images = await Promise.all(conversation.imageUrls.map((url) => engine.media.load(url)));
  return { text: conversation.text, images, textTokens: conversation.textTokens };
}

function checkCount(modality: string, count: number, limit: number): void {
  if (count > limit) throw invalid(`At most ${limit} ${modality}(s) may be provided in one prompt.`, modality);
}

function textPrompt(fields: Fields): Prompt {
  const given = fields.raw('prompt');
  const [only, ...others] = Array.isArray(given) ? (given as unknown[]) : [given];
  if (typeof only !== 'string' || only === '' || others.length > 0) {
    throw new ApiError(400, 'Either prompt or prompt_embeds must be provided and non-empty.', { parameter: 'prompt' });
  }
  return { text: only, images: [], textTokens: countTokens(only) };
}

/** How the choices of a reply ended, and the tokens that were generated for them. */
interface Sent {
  readonly reasons: readonly Choice['finishReason'][];
  readonly generated: number;
}

/** How often the counters move while a whole reply is made, in milliseconds. */
const countingStepMs = 50;

async function sendWhole(engine: Engine, work: Work, reply: ServerResponse, signal: AbortSignal): Promise<Sent> {
  const { requestMs, tokenMs } = engine.settings;
  const { metrics } = engine;
  const tokens = work.generation.choices.map((choice) => choice.tokens);
  const longest = Math.max(...tokens);
  const most = tokenMs === 0 ? longest : Math.max(1, Math.floor(countingStepMs / tokenMs));
  let generated = 0;
  let isRunning = await engine.takeTime(work.generation.stalls ? stallMs : requestMs, signal);
  if (isRunning) metrics.promptTokens += work.generation.promptTokens;
  for (let done = 0; isRunning && done < longest; done += most) {
    const step = Math.min(most, longest - done);
    isRunning = await engine.takeTime(tokenMs * step, signal);
    if (!isRunning) break;
    const more = tokens.reduce((sum, all) => sum + Math.min(step, Math.max(0, all - done)), 0);
    metrics.generationTokens += more;
    generated += more;
  }
  const generation = isRunning ? work.generation : aborted(work.generation);
  sendJson(reply, 200, wholeReply(work.head, generation));
  return { reasons: generation.choices.map((choice) => choice.finishReason), generated };
}

/** Work that was given up, as it is reported to a client that still listens. */
function aborted(generation: Generation): Generation {
  const choices = generation.choices.map(() => ({
    text: '',
    tokens: 0,
    finishReason: 'abort' as const,
    stopReason: null,
  }));
  return { ...generation, choices, completionTokens: 0 };
}

async function sendStream(engine: Engine, work: Work, reply: ServerResponse, signal: AbortSignal): Promise<Sent> {
  const { generation, sampling } = work;
  const stream = new StreamReply(work.head);
  reply.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
  const reasons: Choice['finishReason'][] = [];
  const { metrics } = engine;
  let generated = 0;
  let isRunning = await engine.takeTime(engine.settings.requestMs, signal);
  if (isRunning) metrics.promptTokens += generation.promptTokens;
  for (const [index, choice] of generation.choices.entries()) {
    await write(reply, stream.opening(index));
    const pieces = [...tokenize(choice.text)];
    // A choice that was cut ends with its last token, any other with the unseen token that ended it.
    const last = choice.finishReason === 'length' ? (pieces.pop() ?? '') : '';
    const sent = isRunning ? await sendPieces(engine, stream, index, pieces, reply, signal) : 0;
    isRunning = isRunning && sent === pieces.length;
    // The token that ended the choice, and those of a stop string, are not sent as pieces.
    const unseen = isRunning ? choice.tokens - sent : 0;
    metrics.generationTokens += unseen;
    generated += sent + unseen;
    const isLast = index === generation.choices.length - 1 && !sampling.includeUsage;
    const end = isRunning ? streamEnd(choice) : { finish_reason: 'abort', stop_reason: null };
    await write(reply, stream.ending(index, isRunning ? last : '', end, isLast));
    reasons.push(isRunning ? choice.finishReason : 'abort');
  }
  if (sampling.includeUsage) await write(reply, stream.usage(generation));
  reply.end(StreamReply.done);
  return { reasons, generated };
}

/** One piece per token; without a time per token they go out together. @returns how many went out before an abort */
async function sendPieces(
  engine: Engine,
  stream: StreamReply,
  index: number,
  pieces: readonly string[],
  reply: ServerResponse,
  signal: AbortSignal,
): Promise<number> {
  const { tokenMs } = engine.settings;
  if (tokenMs === 0) {
    engine.metrics.generationTokens += pieces.length;
    await write(reply, pieces.map((piece) => stream.piece(index, piece)).join(''));
    return pieces.length;
  }
  for (const [sent, piece] of pieces.entries()) {
    if (!(await engine.takeTime(tokenMs, signal))) return sent;
    engine.metrics.generationTokens += 1;
    await write(reply, stream.piece(index, piece));
  }
  return pieces.length;
}

async function write(reply: ServerResponse, text: string): Promise<void> {
  if (text === '' || reply.destroyed || reply.write(text)) return;
  await Promise.race([once(reply, 'drain'), once(reply, 'close')]);
}
