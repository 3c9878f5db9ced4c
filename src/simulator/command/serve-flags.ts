import { furtherFlags } from './further-flags.ts';

/** What a flag takes: nothing (an `on` has no negative form), one value of a kind, or one or more words. */
export type FlagKind = 'switch' | 'on' | 'integer' | 'size' | 'number' | 'text' | 'json' | 'words';

/** One argument of `vllm serve`. */
export interface ServeFlag {
  /** Long name first, e.g. `--port`; further names may be short. */
  readonly names: readonly [string, ...string[]];
  readonly kind: FlagKind;
  /** Allowed values of a text flag. */
  readonly choices?: readonly string[];
  /** Shown in the help. */
  readonly fallback?: string;
  readonly help: string;
}

/** A switch also comes as `--no-…`. */
export function negativeName(flag: ServeFlag): string | undefined {
  return flag.kind === 'switch' ? `--no-${flag.names[0].slice(2)}` : undefined;
}

/** One flag in a line. Spelling and defaults as of vLLM 0.28 to 0.32 (2026). */
type Row = readonly [names: string, kind: FlagKind, fallback: string | undefined, help: string, choices?: string];

const rows: readonly Row[] = [
  ['--model', 'text', undefined, 'Path or id of the model; the positional argument goes before it.'],
  ['--served-model-name', 'words', undefined, 'Names under which the model answers; replies carry the first.'],
  ['--host', 'text', undefined, 'Address to listen on; by default all.'],
  ['--port', 'integer', '8000', 'Port to listen on.'],
  ['--uds', 'text', undefined, 'Unix socket to listen on instead.'],
  ['--tensor-parallel-size -tp', 'integer', '1', 'GPUs over which each layer is split.'],
  ['--pipeline-parallel-size -pp', 'integer', '1', 'Groups of layers on GPUs of their own.'],
  ['--distributed-executor-backend', 'text', undefined, 'What runs the workers.', 'ray mp uni external_launcher'],
  ['--nnodes -n', 'integer', '1', 'Nodes of one replica.'],
  ['--node-rank -r', 'integer', '0', 'Which of them this is.'],
  ['--master-addr', 'text', '127.0.0.1', 'Where the first node is.'],
  ['--master-port', 'integer', '29501', 'Its port.'],
  ['--headless', 'on', 'False', 'Run workers only, without an HTTP server.'],
  ['--data-parallel-size -dp', 'integer', '1', 'Replicas behind one HTTP server.'],
  ['--data-parallel-size-local -dpl', 'integer', undefined, 'Replicas on this node.'],
  ['--data-parallel-start-rank -dpr', 'integer', undefined, 'First replica of this node.'],
  ['--data-parallel-rank -dpn', 'integer', undefined, 'Rank under an external load balancer.'],
  ['--data-parallel-address -dpa', 'text', undefined, 'Address of the replicas meeting point.'],
  ['--data-parallel-rpc-port -dpp', 'integer', '29550', 'Its port.'],
  ['--data-parallel-backend -dpb', 'text', 'mp', 'What starts the replicas.', 'mp ray'],
  ['--data-parallel-hybrid-lb -dph', 'switch', 'False', 'Balance inside each node only.'],
  ['--data-parallel-external-lb -dpe', 'switch', 'False', 'Leave balancing to others.'],
  ['--data-parallel-multi-port-external-lb -dpm', 'on', 'False', 'One port per replica.'],
  ['--data-parallel-supervisor-port', 'integer', '9256', 'Port of the supervisor of such a node.'],
  ['--api-server-count -asc', 'integer', undefined, 'HTTP server processes.'],
  ['--device-ids', 'text', undefined, 'GPUs to use, by number or UUID.'],
  ['--numa-bind', 'switch', 'False', 'Pin workers to memory nodes.'],
  ['--numa-bind-nodes', 'words', undefined, 'Memory node of each GPU.'],
  ['--numa-bind-cpus', 'words', undefined, 'Processors of each GPU.'],
  ['--gpu-memory-utilization --device-memory-utilization', 'number', '0.92', 'Share of GPU memory that may be used.'],
  ['--kv-cache-memory-bytes', 'size', undefined, 'Size of the KV cache instead.'],
  ['--max-model-len', 'size', undefined, 'Tokens of prompt and answer together; 16k, 16K, -1 or auto work too.'],
  ['--max-num-seqs', 'integer', '256', 'Sequences that run at the same time.'],
  ['--max-num-batched-tokens', 'size', undefined, 'Tokens in one step.'],
  ['--performance-mode', 'text', 'balanced', 'What to tune for.', 'balanced interactivity throughput'],
  ['--limit-mm-per-prompt', 'json', '{}', 'Images and videos that one prompt may hold.'],
  ['--mm-processor-kwargs', 'json', undefined, 'Settings of the image processor.'],
  ['--allowed-local-media-path', 'text', '', 'Folder below which file:// media may lie.'],
  ['--allowed-media-domains', 'words', undefined, 'Hosts from which media may come.'],
  ['--media-io-kwargs', 'json', '{}', 'How media are read.'],
  ['--mm-processor-cache-gb', 'number', '4', 'Cache of processed media.'],
  ['--mm-processor-cache-type', 'text', 'lru', 'Where that cache is.', 'lru shm'],
  ['--mm-encoder-tp-mode', 'text', 'weights', 'How the vision tower is split.', 'weights data'],
  ['--skip-mm-profiling', 'switch', 'False', 'Do not measure memory with dummy media.'],
  ['--enable-prefix-caching', 'switch', 'True', 'Keep the KV cache of common beginnings.'],
  ['--enable-chunked-prefill', 'switch', 'True', 'Split long prompts over steps.'],
  ['--dtype', 'text', 'auto', 'Number format of the weights.', 'auto bfloat16 float float16 float32 half'],
  ['--kv-cache-dtype', 'text', 'auto', 'Number format of the KV cache.'],
  ['--quantization -q', 'text', undefined, 'How the weights are quantised.'],
  ['--seed', 'integer', '0', 'Seed of the engine.'],
  ['--generation-config', 'text', 'auto', 'Folder of generation_config.json, auto (the model) or vllm (none).'],
  ['--override-generation-config', 'json', '{}', 'Sampling defaults.'],
  ['--chat-template', 'text', undefined, 'Template, or a file with it.'],
  ['--chat-template-content-format', 'text', 'auto', 'Form in which it takes content.', 'auto string openai'],
  ['--trust-request-chat-template', 'switch', 'False', 'Let requests bring a template.'],
  ['--trust-remote-code', 'switch', 'False', 'Run code that comes with the model.'],
  ['--tokenizer', 'text', undefined, 'Path or id of the tokenizer.'],
  ['--tokenizer-mode', 'text', 'auto', 'Kind of tokenizer.'],
  ['--revision', 'text', undefined, 'Revision of the model.'],
  ['--config-format', 'text', 'auto', 'Form of the configuration.'],
  ['--hf-overrides', 'json', '{}', 'Changes to the configuration.'],
  ['--api-key', 'words', undefined, 'Keys of which requests must bring one.'],
  ['--enable-log-requests', 'switch', 'False', 'Log requests.'],
  ['--enable-log-outputs', 'switch', 'False', 'Log answers.'],
  ['--max-log-len', 'integer', undefined, 'Most characters logged of a prompt.'],
  ['--uvicorn-log-level', 'text', 'info', 'Level of its log.', 'critical error warning info debug trace'],
  ['--disable-uvicorn-access-log', 'switch', 'False', 'Do not log each request.'],
  ['--disable-access-log-for-endpoints', 'text', undefined, 'Paths that are not logged.'],
  ['--disable-log-stats', 'on', 'False', 'Count nothing.'],
  ['--enable-server-load-tracking', 'switch', 'False', 'Count requests for /load.'],
  ['--enable-request-id-headers', 'switch', 'False', 'Send X-Request-Id back.'],
  ['--enable-prompt-tokens-details', 'switch', 'False', 'Say what prompt tokens were.'],
  ['--enable-force-include-usage', 'switch', 'False', 'Send usage with every reply.'],
  ['--root-path', 'text', undefined, 'Path behind a proxy.'],
  ['--ssl-keyfile', 'text', undefined, 'Key of the certificate.'],
  ['--ssl-certfile', 'text', undefined, 'Certificate.'],
  ['--shutdown-timeout', 'integer', '0', 'Seconds that requests under way get when the server stops.'],
  ['--enable-sleep-mode', 'switch', 'False', 'Let the engine be put to sleep.'],
  ['--load-format', 'text', 'auto', 'Form of the weights; dummy makes some up.'],
  ['--download-dir', 'text', undefined, 'Where downloads go.'],
  ['--weight-transfer-config', 'json', undefined, 'How a trainer sends weights.'],
  ['--optimization-level -O', 'text', '2', 'How much is compiled.'],
  ['--compilation-config -cc', 'json', undefined, 'What is compiled.'],
  ['--enforce-eager', 'switch', 'False', 'Use no CUDA graphs.'],
  ['--attention-backend', 'text', undefined, 'Kernel for attention.'],
  ['--distributed-timeout-seconds', 'integer', undefined, 'When a collective call has failed.'],
  ['--disable-custom-all-reduce', 'switch', 'False', 'Use the ordinary all-reduce.'],
  ['--block-size', 'integer', undefined, 'Tokens in a KV cache block.'],
  ['--cpu-offload-gb', 'number', '0', 'GiB of weights kept in memory.'],
  ['--max-logprobs', 'integer', '20', 'Most log probabilities per token.'],
  ['--logprobs-mode', 'text', 'raw_logprobs', 'Which probabilities are meant.'],
  ['--stream-interval', 'integer', '1', 'Tokens per streamed piece.'],
  ['--async-scheduling', 'switch', undefined, 'Schedule ahead.'],
  ['--scheduling-policy', 'text', 'fcfs', 'Which request runs first.', 'fcfs priority'],
  ['--reasoning-parser', 'text', '', 'How reasoning is told from the answer.'],
  ['--enable-auto-tool-choice', 'switch', 'False', 'Let the model call tools.'],
  ['--tool-call-parser', 'text', undefined, 'How such calls are read.'],
  ['--enable-lora', 'switch', 'False', 'Serve adapters.'],
  ['--runner', 'text', 'auto', 'What the model is used for.'],
  ['--convert', 'text', 'auto', 'Turn the model into another kind.'],
  ['--max-num-queued-reqs', 'integer', undefined, 'Requests that may wait.'],
  ['--max-num-queued-tokens', 'integer', undefined, 'Tokens that may wait.'],
];

const heeded: readonly ServeFlag[] = rows.map(([names, kind, fallback, help, choices]) => ({
  names: names.split(' ') as [string, ...string[]],
  kind,
  help,
  ...(fallback === undefined ? {} : { fallback }),
  ...(choices === undefined ? {} : { choices: choices.split(' ') }),
}));

/** Every flag that `vllm serve` takes; any other is refused as unknown. */
export const serveFlags: readonly ServeFlag[] = [...heeded, ...furtherFlags];
