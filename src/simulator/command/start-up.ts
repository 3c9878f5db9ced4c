import { setTimeout as sleep } from 'node:timers/promises';
import { programVersion } from '../../core/package-root.ts';
import { type SimulatorSettings, simulatorVersion } from '../settings.ts';
import type { ServeArguments } from './parse-serve.ts';
import type { ServerLog } from './server-log.ts';

/** Memory of the GPU that is pretended, the weights of a 7B model in bf16, and what running it takes, in GiB. */
const gpuGib = 80;
const weightsGib = 16.6;
const overheadGib = 4;
/** KV cache of one token of Qwen2.5-VL-7B in KiB: 28 layers x keys and values x 4 heads x 128 x 2 bytes. */
const kvKibPerToken = 56;

type Step = readonly [who: string, place: string, message: string];

export function announce(log: ServerLog): void {
  log.write(
    `synthrl simulator ${programVersion}: stands in for vLLM on the wire. No model is loaded; its answers say nothing about one.`,
  );
}

/**
 * Prints what vLLM prints while it loads, spread over the start-up time.
 *
 * @returns false where it was stopped before it was over
 */
export async function playStartUp(
  settings: SimulatorSettings,
  given: ServeArguments,
  log: ServerLog,
  stopped: AbortSignal,
): Promise<boolean> {
  const { model, startupMs } = settings;
  log.info('APIServer', 'utils.py:299', `vLLM server version ${simulatorVersion}, serving model ${model}`);
  log.info('APIServer', 'utils.py:233', `non-default args: ${shown(given)}`);
  const steps = loadingSteps(settings);
  for (const [who, place, message] of steps) {
    if (startupMs > 0) await pause(startupMs / steps.length, stopped);
    if (stopped.aborted) return false;
    log.info(who, place, message);
  }
  return !stopped.aborted;
}

async function pause(milliseconds: number, stopped: AbortSignal): Promise<void> {
  await sleep(milliseconds, undefined, { signal: stopped }).catch((error: unknown) => {
    if (!stopped.aborted) throw error;
  });
}

/** The arguments as a Python dictionary, keys withheld. */
function shown(given: ServeArguments): string {
  const members = [...given.values]
    .map(([name, value]) => [name.slice(2).replaceAll('-', '_'), value] as const)
    .map(([name, value]) => `'${name}': ${name === 'api_key' ? "'***'" : JSON.stringify(value)}`);
  return `{'model_tag': ${JSON.stringify(given.modelTag ?? null)}, ${members.join(', ')}}`;
}

function loadingSteps(settings: SimulatorSettings): readonly Step[] {
  const { model, maxModelLen, tensorParallelSize, gpuMemoryUtilization, seed, startupMs } = settings;
  const seconds = (share: number) => ((startupMs * share) / 1000).toFixed(2);
  const cacheGib = Math.max(1, gpuGib * gpuMemoryUtilization - weightsGib / tensorParallelSize - overheadGib);
  const tokens = Math.floor((cacheGib * 1024 * 1024 * tensorParallelSize) / kvKibPerToken);
  const worker = tensorParallelSize > 1 ? 'Worker_TP0' : 'EngineCore';
  const configuration = `model='${model}', max_seq_len=${maxModelLen}, tensor_parallel_size=${tensorParallelSize}, seed=${seed}`;
  return [
    ['EngineCore', 'core.py:93', `Initializing a V1 LLM engine (v${simulatorVersion}) with config: ${configuration}`],
    [worker, 'gpu_model_runner.py:3467', `Starting to load model ${model}...`],
    [worker, 'weight_utils.py:0', 'Loading safetensors checkpoint shards: 100% Completed'],
    [worker, 'default_loader.py:314', `Loading weights took ${seconds(0.3)} seconds`],
    [
      worker,
      'gpu_model_runner.py:3549',
      `Model loading took ${weightsGib / tensorParallelSize} GiB memory and ${seconds(0.4)} seconds`,
    ],
    [worker, 'gpu_model_runner.py:4306', 'Encoder cache will be initialized with a budget of 16384 tokens.'],
    [worker, 'backends.py:643', `Dynamo bytecode transform time: ${seconds(0.1)} s`],
    [worker, 'monitor.py:34', `torch.compile takes ${seconds(0.2)} s in total`],
    [worker, 'gpu_worker.py:359', `Available KV cache memory: ${cacheGib.toFixed(2)} GiB`],
    [
      'EngineCore',
      'kv_cache_utils.py:2327',
      `GPU KV cache size: ${tokens.toLocaleString('en-US')} tokens, Maximum concurrency for ${maxModelLen.toLocaleString('en-US')} tokens per request: ${(tokens / maxModelLen).toFixed(2)}x`,
    ],
    [
      worker,
      'gpu_model_runner.py:4244',
      `Graph capturing finished in ${Math.round((startupMs * 0.1) / 1000)} secs, took 0.40 GiB`,
    ],
    ['EngineCore', 'core.py:250', `init engine (profile, create kv cache, warmup model) took ${seconds(0.6)} seconds`],
  ];
}

/** The lines of the HTTP server around its start. */
export function announceReady(settings: SimulatorSettings, port: number, log: ServerLog): void {
  const { host } = settings;
  log.info('APIServer', 'api_server.py:1351', `Starting vLLM server on http://${host ?? '0.0.0.0'}:${port}`);
  // uvicorn writes to the other stream.
  process.stderr.write(
    `INFO:     Started server process [${process.pid}]\nINFO:     Waiting for application startup.\nINFO:     Application startup complete.\n`,
  );
}
