import { SynthrlError } from '../core/errors.ts';
import type { Launcher } from './launcher.ts';

/** Importing vLLM from a slow disk takes minutes. */
const probeTimeoutMs = 300_000;
/** Any version of vLLM has this one; help without it lists only a part of the flags. */
const landmark = '--max-model-len';

/** What a version of vLLM's command line understands. */
export interface VllmFlags {
  /** Long flags with their dashes; undefined when the help could not be read, so that nothing is known. */
  readonly known: ReadonlySet<string> | undefined;
  /** How `--limit-mm-per-prompt` is written: JSON since v0.8.5, `image=10,video=0` before. */
  readonly mediaLimits: 'json' | 'pairs';
}

/** Reads the flags off `serve --help=all` (or `serve --help` before v0.10). */
export function parseVllmHelp(help: string): VllmFlags {
  const known = new Set<string>();
  let mediaLimitsText = '';
  let current = '';
  for (const line of help.slice(0, 1 << 22).split('\n')) {
    if (/^\s{1,8}(?:-|\[-)/.test(line)) {
      // Behind two blanks a description begins, which may name other flags.
      const head =
        line
          .slice(0, 2000)
          .trim()
          .split(/\s{2,}/)[0] ?? '';
      const flags = head.match(/--[a-z][a-z0-9-]*/g) ?? [];
      for (const flag of flags) known.add(flag);
      current = flags[0] ?? '';
    }
    if (current === '--limit-mm-per-prompt') mediaLimitsText += `${line.slice(0, 2000)} `;
  }
  return {
    known: known.has(landmark) ? known : undefined,
    mediaLimits: /\bimage=\d/.test(mediaLimitsText) ? 'pairs' : 'json',
  };
}

const flagsByLauncher = new WeakMap<Launcher, Map<string, Promise<VllmFlags>>>();

/**
 * Asks a command for its flags, once per launcher and command.
 *
 * @throws {SynthrlError} `ENGINE_NOT_FOUND` when the program is not there
 */
export function probeVllmFlags(
  launcher: Launcher,
  command: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<VllmFlags> {
  const probes = flagsByLauncher.get(launcher) ?? new Map<string, Promise<VllmFlags>>();
  flagsByLauncher.set(launcher, probes);
  const key = JSON.stringify(command);
  const probe = probes.get(key) ?? askForFlags(launcher, command, environment);
  probes.set(key, probe);
  // A missing program may be installed before the next try.
  probe.catch(() => probes.delete(key));
  return probe;
}

async function askForFlags(
  launcher: Launcher,
  command: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<VllmFlags> {
  const [program] = command;
  if (program === undefined) throw new SynthrlError('USAGE', 'Expected --vllm-command to name a program, got nothing.');
  for (const help of ['--help=all', '--help']) {
    const { output } = await launcher.runOnce([...command, 'serve', help], environment, probeTimeoutMs);
    const flags = parseVllmHelp(output);
    if (flags.known !== undefined) return flags;
  }
  return { known: undefined, mediaLimits: 'json' };
}
