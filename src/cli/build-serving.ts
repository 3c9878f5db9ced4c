import { join } from 'node:path';
import { canonicalJson, sha256 } from '../core/canonical-json.ts';
import { SynthrlError } from '../core/errors.ts';
import type { Problem } from '../core/problem.ts';
import type { Endpoint } from '../inference/endpoint.ts';
import type { ImageStore } from '../inference/images/image-store.ts';
import { findProgram } from '../serving/find-program.ts';
import { LocalLauncher } from '../serving/local-launcher.ts';
import { probeEndpoint } from '../serving/probe-endpoint.ts';
import { detectGpus, parseGpus, planSlots } from '../serving/slots.ts';
import { createVllmEngine } from '../serving/vllm-engine.ts';
import type { CheckpointSource } from '../sweep/find-checkpoints.ts';
import type { Serving } from '../sweep/sweep-settings.ts';
import type { Settings } from './options.ts';
import type { servingOptions } from './serving-options.ts';
import { splitCommand } from './split-command.ts';

type ServingSettings = Settings<(typeof servingOptions)[number]>;

/** Slots that the simulator stands for where no GPUs were named. */
const simulatedGpus = [0, 1];

/** Servers that are started for each checkpoint. */
export async function launchServing(
  settings: ServingSettings,
  environment: Readonly<Record<string, string>>,
  say: (sentence: string) => void,
): Promise<Serving> {
  const simulated = settings.engine === 'simulator';
  const command = simulated ? simulatorCommand() : splitCommand(settings['vllm-command'] ?? 'vllm');
  findProgram(command[0] ?? '', process.env['PATH'] ?? '');
  const gpus = await chooseGpus(settings, simulated, say);
  const tensorParallelSize = settings['tensor-parallel-size'] ?? (simulated || gpus.length === 1 ? 1 : 2);
  const dataParallelSize = settings['data-parallel-size'];
  const { slots, notes } = planSlots({
    gpus,
    tensorParallelSize,
    ...(dataParallelSize === undefined ? {} : { dataParallelSize }),
  });
  for (const note of notes) say(note);
  // The simulator loads no weights, so that a folder with a config.json is enough to try the program on.
  const extraArguments = [
    ...(simulated ? ['--load-format', 'dummy'] : []),
    ...splitCommand(settings['vllm-arguments'] ?? ''),
  ];
  return {
    kind: 'launch',
    engine: createVllmEngine({
      name: simulated ? 'simulator' : 'vllm',
      command,
      extraArguments,
      environment: { ...environment },
    }),
    // Servers that start in the same moment race for internal ports.
    launcher: new LocalLauncher(simulated ? {} : { staggerMs: 2000 }),
    slots,
    gpuMemoryUtilization: settings['gpu-memory-utilization'],
    startTimeoutMs: settings['start-timeout'] * 1000,
    window: settings['max-connections'],
    weightsOptional: extraArguments.some((word) => word === 'dummy' || word === '--load-format=dummy'),
  };
}

/** Endpoints that already run; each must serve the model. */
export async function endpointServing(
  settings: ServingSettings,
  servers: readonly string[],
  model: string,
): Promise<Serving> {
  const apiKey = process.env['OPENAI_API_KEY'];
  const probes = await Promise.all(
    serverAddresses(servers).map((url) => probeEndpoint({ url, model, ...(apiKey ? { apiKey } : {}) })),
  );
  const endpoints: Endpoint[] = probes.map((probe, index) => ({
    label: `endpoint-${index}`,
    baseUrl: probe.baseUrl,
    model: probe.model,
    ...(apiKey ? { apiKey } : {}),
    images: 'base64',
    dialect: probe.dialect,
    window: settings['max-connections'],
  }));
  const simulated = probes.some((probe) => probe.simulated);
  const versions = [...new Set(probes.map((probe) => probe.version))].join(', ');
  return { kind: 'endpoints', endpoints, engine: { name: 'endpoint', version: versions, simulated } };
}

/**
 * Addresses from `--server`, which may be repeated and may hold several with commas between.
 *
 * @throws {SynthrlError} `USAGE` where there is none
 */
export function serverAddresses(servers: readonly string[]): string[] {
  const addresses = servers.flatMap((entry) => entry.split(',')).map((address) => address.trim());
  const named = [...new Set(addresses.filter((address) => address !== ''))];
  if (named.length > 0) return named;
  throw new SynthrlError('USAGE', 'Expected `--server` to be an address, got nothing.');
}

/** Writes the simulator's answer key and gives the environment that names it. */
export async function simulatorEnvironment(options: {
  problems: readonly Problem[];
  images: ImageStore;
  seed: number;
  checkpoints: readonly CheckpointSource[];
  cacheRoot: string;
}): Promise<Record<string, string>> {
  const { buildAnswerKey, writeAnswerKey } = await import('../simulator/answer-key.ts');
  const abilities = Object.fromEntries(options.checkpoints.map(({ name, step }) => [name, simulatedAbility(step)]));
  const key = await buildAnswerKey({
    problems: options.problems,
    images: options.images,
    seed: options.seed,
    abilities,
  });
  const path = join(options.cacheRoot, 'simulator', `${sha256(canonicalJson(key)).slice(0, 32)}.json`);
  await writeAnswerKey(path, key);
  return { SYNTHRL_SIMULATOR_KEY: path };
}

/** Ability in logits that rises with training and levels off; it depends on the step alone, so that a resumed run sees the same. */
function simulatedAbility(step: number | null): number {
  return step === null ? -0.5 : 1.5 * (1 - Math.exp(-step / 60)) - 0.5;
}

/** This program itself, as `… simulate serve <model>`. */
function simulatorCommand(): string[] {
  const [node, program] = process.argv;
  if (node === undefined || program === undefined) throw new Error('process.argv names no program');
  return [node, ...process.execArgv, program, 'simulate'];
}

async function chooseGpus(
  settings: ServingSettings,
  simulated: boolean,
  say: (sentence: string) => void,
): Promise<readonly number[]> {
  const wanted = settings.gpus === undefined ? undefined : parseGpus(settings.gpus);
  if (simulated) return wanted ?? simulatedGpus;
  const present = await detectGpus();
  if (present === undefined && wanted !== undefined && settings['vllm-command'] !== undefined) {
    say('nvidia-smi was not found; --gpus is taken at its word');
    return wanted;
  }
  if (present === undefined || present.length === 0) {
    throw new SynthrlError('GPU_NONE', 'No GPU was found on this machine (nvidia-smi lists none).', {
      hint: 'Use --server for an endpoint that already runs, or --engine simulator to try the program without a GPU.',
    });
  }
  if (wanted === undefined) return present;
  // A number alone says how many, whichever CUDA_VISIBLE_DEVICES leaves.
  const isCount = settings.gpus?.includes(',') === false;
  const usable = isCount ? present.slice(0, wanted.length) : wanted.filter((gpu) => present.includes(gpu));
  if (usable.length === 0) {
    throw new SynthrlError(
      'GPU_NONE',
      `None of the GPUs ${wanted.join(', ')} can be used here; these can: ${present.join(', ')}.`,
    );
  }
  if (usable.length < wanted.length)
    say(`${wanted.length} GPUs were asked for and ${usable.length} are there: ${usable.join(', ')}`);
  return usable;
}
