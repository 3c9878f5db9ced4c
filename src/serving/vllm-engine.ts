import { SynthrlError } from '../core/errors.ts';
import type { Engine } from './engine.ts';
import { vllmArguments } from './vllm-arguments.ts';
import { probeVllmFlags } from './vllm-flags.ts';
import { readVllmLine } from './vllm-log.ts';

/** These tie a server to this program; changed by hand, its replies could not be told from another server's. */
const ownFlags = ['--model', '--host', '--port', '--uds', '--served-model-name', '--api-key'];

/** No telemetry, no look-ups of models that lie on disk, output as it comes. A person may set them otherwise. */
const environmentDefaults = {
  VLLM_NO_USAGE_STATS: '1',
  DO_NOT_TRACK: '1',
  HF_HUB_OFFLINE: '1',
  TRANSFORMERS_OFFLINE: '1',
  PYTHONUNBUFFERED: '1',
};

/** What reading the log and keeping connections rely on. 120 s of idle keep-alive: the default of 5 s resets requests. */
const environmentAlways = {
  VLLM_HTTP_TIMEOUT_KEEP_ALIVE: '120',
  VLLM_DISABLE_LOG_LOGO: '1',
  VLLM_LOGGING_COLOR: '0',
  NO_COLOR: '1',
};

/**
 * vLLM's server, or a program that takes its command line.
 *
 * @param options.name - how sessions and reports name it
 * @param options.command - program and leading arguments; called as `<command> serve <model> …`
 * @param options.extraArguments - put behind ours, so that they win where a flag is given twice
 * @param options.environment - more environment variables for its servers
 * @throws {SynthrlError} `USAGE` for an extra argument that this program must set itself
 */
export function createVllmEngine(options: {
  name: 'vllm' | 'simulator';
  command: readonly string[];
  extraArguments: readonly string[];
  environment: Readonly<Record<string, string>>;
}): Engine {
  const { name, command, extraArguments } = options;
  refuseOwnFlags(extraArguments);
  const environment = { ...environmentAlways, ...options.environment };
  return {
    name,
    usesGpus: name !== 'simulator',
    readLine: readVllmLine,
    async prepare(request, launcher) {
      const flags = await probeVllmFlags(launcher, command, { ...environmentDefaults, ...environment });
      const made = vllmArguments(request, flags);
      return {
        command: (address) => [...command, ...made.arguments(address), ...extraArguments],
        environmentDefaults,
        environment: ({ internalPort }) => ({ ...environment, VLLM_PORT: String(internalPort) }),
        notes: made.notes,
      };
    },
  };
}

function refuseOwnFlags(extraArguments: readonly string[]): void {
  const flags = extraArguments.map((argument) => argument.replace(/=.*/s, '').replaceAll('_', '-'));
  if (flags.includes('--hf-token')) {
    throw new SynthrlError(
      'USAGE',
      "Expected no --hf-token among the engine's extra arguments: they are written down.",
      {
        hint: 'Set HF_TOKEN in the environment: servers inherit it.',
      },
    );
  }
  const refused = flags.find((flag) => ownFlags.includes(flag));
  if (refused === undefined) return;
  throw new SynthrlError(
    'USAGE',
    `Expected no ${refused} among the engine's extra arguments: each server gets its own.`,
    {
      hint: 'To use a server with settings of your own, start it yourself and name it with --server.',
    },
  );
}
