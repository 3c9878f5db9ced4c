import { SynthrlError } from '../core/errors.ts';
import { queryNvidiaSmi } from './gpu-memory.ts';

/** GPUs that one server uses. */
export interface Slot {
  readonly index: number;
  /** As nvidia-smi numbers them. */
  readonly gpus: readonly number[];
}

/**
 * The GPUs of this machine, as nvidia-smi numbers them; only those that CUDA_VISIBLE_DEVICES names, where it is set.
 *
 * @returns undefined where there is no working nvidia-smi
 */
export async function detectGpus(): Promise<readonly number[] | undefined> {
  const rows = await queryNvidiaSmi('--query-gpu=index,uuid');
  if (rows === undefined) return undefined;
  const present = rows.flatMap(([index, uuid]) => (/^\d+$/.test(index ?? '') ? [{ index: Number(index), uuid }] : []));
  const visible = process.env['CUDA_VISIBLE_DEVICES'];
  if (visible === undefined) return present.map(({ index }) => index);
  const names = visible.split(',').map((name) => name.trim());
  // A GPU may be named by its number or by the beginning of its UUID.
  return names.flatMap((name) => {
    const found = present.find(
      ({ index, uuid }) => String(index) === name || (name.length > 4 && uuid?.startsWith(name)),
    );
    return found ? [found.index] : [];
  });
}

/**
 * Reads `--gpus`: one number is how many (`8`: GPUs 0 to 7), several are which (`0,1,2,3`; `3,` is GPU 3 alone).
 *
 * @throws {SynthrlError} `USAGE`
 */
export function parseGpus(text: string): readonly number[] {
  const trimmed = text.trim();
  if (/^[1-9]\d{0,3}$/.test(trimmed)) return Array.from({ length: Number(trimmed) }, (_, index) => index);
  const numbers = trimmed
    .replace(/,$/, '')
    .split(',')
    .map((part) => part.trim());
  const isList = trimmed.includes(',') && numbers.every((part) => /^\d{1,4}$/.test(part));
  const gpus = numbers.map(Number);
  if (isList && new Set(gpus).size === gpus.length) return gpus;
  throw new SynthrlError('USAGE', `Expected --gpus to be how many GPUs or a list of different ones, got \`${text}\`.`, {
    hint: 'E.g. --gpus 8 for the first eight, --gpus 4,5,6,7 for those four, --gpus 3, for GPU 3 alone.',
  });
}

/**
 * Divides GPUs into slots of `tensorParallelSize`, in the order given.
 *
 * @param options.dataParallelSize - how many slots are wanted; all that fit where it is absent
 * @returns slots, and whole sentences about what was asked for and cannot be had, or is there and not used
 * @throws {SynthrlError} `GPU_NONE` when the GPUs do not make one slot, `USAGE` for sizes below 1
 */
export function planSlots(options: {
  gpus: readonly number[];
  tensorParallelSize: number;
  dataParallelSize?: number;
}): { slots: Slot[]; notes: string[] } {
  const { gpus, tensorParallelSize, dataParallelSize } = options;
  requireCount('--tensor-parallel-size', tensorParallelSize);
  if (dataParallelSize !== undefined) requireCount('--data-parallel-size', dataParallelSize);
  const fitting = Math.floor(gpus.length / tensorParallelSize);
  if (fitting === 0) {
    throw new SynthrlError(
      'GPU_NONE',
      `A server over ${gpuCount(tensorParallelSize)} was asked for and ${gpuCount(gpus.length)} can be used.`,
      {
        hint: 'Lower --tensor-parallel-size, or name more GPUs with --gpus.',
      },
    );
  }
  const count = Math.min(fitting, dataParallelSize ?? fitting);
  const slots = Array.from({ length: count }, (_, index) => ({
    index,
    gpus: gpus.slice(index * tensorParallelSize, (index + 1) * tensorParallelSize),
  }));
  const notes: string[] = [];
  if (dataParallelSize !== undefined && count < dataParallelSize) {
    notes.push(
      `${dataParallelSize} servers at a time were asked for; ${gpuCount(gpus.length)} make ${count} of ${tensorParallelSize} each.`,
    );
  }
  const unused = gpus.slice(count * tensorParallelSize);
  if (unused.length > 0) {
    notes.push(
      `GPU ${unused.join(', ')} ${unused.length === 1 ? 'is' : 'are'} not used: ${whyUnused(unused.length, tensorParallelSize)}.`,
    );
  }
  return { slots, notes };
}

function whyUnused(unused: number, tensorParallelSize: number): string {
  return unused < tensorParallelSize
    ? `a server takes ${tensorParallelSize}, and ${unused === 1 ? 'one is' : `${unused} are`} left over`
    : '--data-parallel-size asks for fewer servers than fit';
}

function gpuCount(count: number): string {
  return count === 1 ? '1 GPU' : `${count} GPUs`;
}

function requireCount(option: string, value: number): void {
  if (Number.isInteger(value) && value >= 1) return;
  throw new SynthrlError('USAGE', `Expected ${option} to be a whole number from 1 up, got \`${value}\`.`);
}
