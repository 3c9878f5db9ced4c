import { describe, expect, test } from 'vitest';
import { StartProgress } from '../../src/serving/start-progress.ts';
import { readVllmLine } from '../../src/serving/vllm-log.ts';

const head = '(EngineCore_DP0 pid=9) ERROR 11-22 20:00:00 [core.py:708] ';

test.for([
  ['gpu-memory-exhausted', `${head}torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 130.00 MiB.`],
  [
    'gpu-memory-busy',
    `${head}ValueError: Free memory on device cuda:0 (3.1/79.2 GiB) on startup is less than desired GPU memory utilization (0.7, 55.4 GiB).`,
  ],
  ['kv-cache-too-small', `${head}ValueError: No available memory for the cache blocks. Try increasing it.`],
  [
    'model-length',
    `${head}ValueError: To serve at least one request with the model's max seq len (128000), 6.8 GiB KV cache is needed`,
  ],
  ['attention-heads', 'Total number of attention heads (28) must be divisible by tensor parallel size (8).'],
  ['port-taken', 'OSError: [Errno 98] Address already in use'],
  [
    'port-taken',
    'torch.distributed.DistNetworkError: The server socket has failed: EADDRINUSE, address already in use',
  ],
  ['weights-missing', `${head}RuntimeError: Cannot find any model weights with /checkpoints/a`],
  [
    'weights-truncated',
    `${head}safetensors_rust.SafetensorError: Error while deserializing header: MetadataIncompleteBuffer`,
  ],
  ['model-not-found', "ValueError: Invalid repository ID or local directory specified: '/nowhere'."],
  ['arguments', 'vllm serve: error: unrecognized arguments: --no-such-flag'],
  ['arguments', 'vllm serve: error: argument --max-model-len: invalid human_readable_int value'],
  ['worker', `${head}RuntimeError: Worker proc VllmWorker-1 died unexpectedly, shutting down executor.`],
  ['coordinator', 'RuntimeError: DP Coordinator process failed to report ZMQ addresses during startup.'],
  ['engine', 'RuntimeError: Engine core initialization failed. See root cause above. Failed core proc(s): {}'],
] as const)('%s is a failure: %s', ([cause, line]) => {
  expect(readVllmLine(line)).toEqual({ kind: 'failure', cause });
});

test.for([
  ['version', '(APIServer pid=1) INFO 11-22 20:00:00 [utils.py:1] vLLM server version 0.28.0, serving model /m'],
  ['version', 'INFO 05-01 10:00:00 [api_server.py:1043] vLLM API server version 0.8.5'],
  ['engine', 'Initializing a V1 LLM engine (v0.28.0) with config: model=/m'],
  ['shards 25%', 'Loading safetensors checkpoint shards:  25% Completed | 1/4 [00:00<00:02,  1.20it/s]'],
  ['graphs 51%', 'Capturing CUDA graphs (mixed prefill-decode, PIECEWISE):  51%|#####     | 34/67'],
  ['http', 'INFO 11-22 20:00:00 [api_server.py:1] Starting vLLM server on http://127.0.0.1:8000'],
  ['http', 'INFO 11-22 20:00:00 [api_server.py:1] Starting vLLM API server 0 on http://127.0.0.1:8000'],
  ['ready', 'INFO:     Application startup complete.'],
] as const)('%s is progress: %s', ([mark, line]) => {
  expect(readVllmLine(line)).toEqual({ kind: 'progress', mark });
});

test('any other line says nothing', () => {
  expect(readVllmLine('INFO:     127.0.0.1:5000 - "GET /health HTTP/1.1" 200 OK')).toBeUndefined();
});

describe('what a log adds up to', () => {
  const progressOf = (...lines: string[]) => {
    const progress = new StartProgress({ readLine: readVllmLine });
    return { progress, steps: lines.map((line) => progress.read(line)) };
  };

  test('a step counts once, a new percentage counts again', () => {
    const shards = (percent: number) => `Loading safetensors checkpoint shards:  ${percent}% Completed | 0/4`;
    expect(progressOf(shards(0), shards(0), shards(25), 'something else', shards(0)).steps).toEqual([
      true,
      false,
      true,
      false,
      false,
    ]);
  });

  test('capacity is summed over the engines of a server, each counted once', () => {
    const lines = ['EngineCore_DP0 pid=7', 'EngineCore_DP1 pid=8', 'EngineCore_DP1 pid=8'].flatMap((engine) => [
      `(${engine}) INFO [kv_cache_utils.py:1] GPU KV cache size: 100,000 tokens`,
      `(${engine}) INFO [kv_cache_utils.py:2] Maximum concurrency for 16,384 tokens per request: 6.10x`,
    ]);
    expect(progressOf(...lines).progress.capacity).toEqual({ kvTokens: 200_000, maxConcurrency: 12.2 });
  });

  test('a log without capacity has none', () => {
    expect(progressOf('INFO hello').progress.capacity).toEqual({});
  });

  test('the root cause wins over what follows from it, in whatever order they come', () => {
    const wrapper = 'RuntimeError: Engine core initialization failed. See root cause above.';
    const { progress } = progressOf(wrapper, `${head}ValueError: No available memory for the cache blocks.`, wrapper);
    expect(progress.cause).toBe('kv-cache-too-small');
    expect(progress.tellingLines).toEqual([`${head}ValueError: No available memory for the cache blocks.`]);
    expect(progressOf('INFO x', wrapper).progress.cause).toBe('engine');
  });

  test('errors of a kind not known are what is shown, without warnings', () => {
    const warning = '(APIServer pid=1) WARNING 11-22 20:00:00 [a.py:1] may cause `OSError: Too many open files`';
    const lines = [warning, 'INFO a', 'Traceback (most recent call last):', 'ImportError: libcudart.so.13', 'INFO b'];
    expect(progressOf(...lines).progress.tellingLines).toEqual(['ImportError: libcudart.so.13']);
    expect(progressOf(...lines).progress.cause).toBeUndefined();
  });
});
