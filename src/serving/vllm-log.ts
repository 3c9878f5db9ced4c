import type { FailureCause, LogEvent } from './log-event.ts';

/** Steps of a start in the order in which vLLM goes through them. The percentage makes each new step of loading a mark. */
const progressMarks: readonly (readonly [mark: string, pattern: RegExp])[] = [
  ['version', /vLLM (?:API )?server version /],
  ['arguments', /non-default args: /],
  ['engine', /Initializing a V\d LLM engine \(v/],
  ['model', /Starting to load model /],
  ['shards', /Loading safetensors checkpoint shards:\s{1,8}(\d{1,3})% /],
  ['weights', /Loading weights took [\d.]{1,12} seconds/],
  ['loaded', /Model loading took [\d.]{1,12} Gi?B/],
  ['encoder', /Encoder cache will be initialized with a budget/],
  ['dynamo', /Dynamo bytecode transform time/],
  ['compile', /torch\.compile (?:takes|took) /],
  ['memory', /Available KV cache memory: /],
  ['graphs', /Capturing CUDA graphs?[^%]{0,80}?:\s{1,8}(\d{1,3})%/],
  ['captured', /Graph capturing finished in /],
  ['warm', /init engine \(profile, create kv cache, warmup model\) took /],
  ['http', /Starting vLLM (?:API )?server\b/],
  ['ready', /Application startup complete\./],
];

/** The first that matches decides. What only says that something else went wrong stands last. */
const failures: readonly (readonly [cause: FailureCause, pattern: RegExp])[] = [
  ['gpu-memory-busy', /Free memory on device .{0,200}is less than desired GPU memory utilization/],
  ['gpu-memory-exhausted', /CUDA out of memory|torch\.(?:cuda\.)?OutOfMemoryError/],
  ['model-length', /To serve at least one request with the model's max seq(?:uence)? len/],
  ['kv-cache-too-small', /No available memory for the cache blocks/],
  ['attention-heads', /Total number of attention heads .{0,80}must be divisible/],
  ['port-taken', /\[Errno 98\]|EADDRINUSE|[Aa]ddress already in use/],
  ['weights-truncated', /safetensors.{0,200}(?:HeaderTooLarge|HeaderTooSmall|InvalidHeader|MetadataIncompleteBuffer)/i],
  ['weights-truncated', /Error while deserializing header/],
  ['weights-missing', /Cannot find any model weights with/],
  ['model-not-found', /Invalid repository ID or local directory specified|Repo id must be in the form/],
  [
    'model-files',
    /is not a valid JSON file|Can't load (?:the )?(?:image |video )?(?:processor|tokenizer|configuration)/,
  ],
  ['model-too-short', /User-specified max_model_len .{0,40}is greater than the derived max_model_len/],
  ['arguments', /do not support external data parallel mode/],
  ['arguments', /error: (?:unrecognized arguments|argument |ambiguous option)/],
  ['coordinator', /DP Coordinator process failed to report ZMQ addresses/],
  ['coordinator', /Timed out waiting for engine core processes to start/],
  ['worker', /Worker proc .{0,80}died unexpectedly/],
  [
    'engine',
    /Engine core initialization failed|EngineCore failed to start\.|EngineDeadError|Engine core proc .{0,40}died/,
  ],
];

const kvTokens = /KV cache size: ([\d,]{1,20}) tokens/;
const maxConcurrency = /Maximum concurrency for [\d,]{1,20} tokens per request: ([\d.]{1,20})x/;
const source = /^\s{0,4}\(?((?:EngineCore|Worker)[\w-]{0,40}(?: pid=\d{1,10})?)\)/;
const waitingForWorkers = /No available shared memory broadcast block/;

/** Reads a line of vLLM's log. */
export function readVllmLine(line: string): LogEvent | undefined {
  for (const [cause, pattern] of failures) if (pattern.test(line)) return { kind: 'failure', cause };
  if (waitingForWorkers.test(line)) return { kind: 'warning', cause: 'waiting-for-workers' };
  const capacity = capacityOf(line);
  if (capacity !== undefined) return { kind: 'capacity', source: sourceOf(line), ...capacity };
  for (const [mark, pattern] of progressMarks) {
    const match = pattern.exec(line);
    if (match) return { kind: 'progress', mark: match[1] === undefined ? mark : `${mark} ${match[1]}%` };
  }
  return undefined;
}

/** Older versions give the two a line each, v0.32 puts both on one. */
function capacityOf(line: string): { kvTokens?: number; maxConcurrency?: number } | undefined {
  const tokens = kvTokens.exec(line)?.[1];
  const concurrency = maxConcurrency.exec(line)?.[1];
  if (tokens === undefined && concurrency === undefined) return undefined;
  return {
    ...(tokens === undefined ? {} : { kvTokens: Number(tokens.replaceAll(',', '')) }),
    ...(concurrency === undefined ? {} : { maxConcurrency: Number(concurrency) }),
  };
}

function sourceOf(line: string): string {
  return source.exec(line)?.[1] ?? '';
}
