import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { waitUntilGpusFree } from '../../src/serving/gpu-memory.ts';
import { detectGpus, parseGpus, planSlots } from '../../src/serving/slots.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** Puts a program of this text in front of any nvidia-smi, or hides them all. */
function useNvidiaSmi(script: string | undefined, visible?: string): string {
  const folder = temporaryFolder();
  const before = { PATH: process.env['PATH'], CUDA_VISIBLE_DEVICES: process.env['CUDA_VISIBLE_DEVICES'] };
  onTestFinished(() => {
    for (const [name, value] of Object.entries(before)) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  });
  if (script !== undefined) {
    writeFileSync(join(folder, 'nvidia-smi'), `#!/bin/sh\n${script}\n`);
    chmodSync(join(folder, 'nvidia-smi'), 0o755);
  }
  process.env['PATH'] = script === undefined ? folder : `${folder}:${before.PATH}`;
  if (visible === undefined) delete process.env['CUDA_VISIBLE_DEVICES'];
  else process.env['CUDA_VISIBLE_DEVICES'] = visible;
  return folder;
}

const four = "printf '0, GPU-aa11\\n1, GPU-bb22\\n2, GPU-cc33\\n3, GPU-dd44\\n'";

describe('which GPUs there are', () => {
  test('all that nvidia-smi lists', async () => {
    useNvidiaSmi(four);
    expect(await detectGpus()).toEqual([0, 1, 2, 3]);
  });

  test.for([
    ['2,3', [2, 3]],
    ['GPU-dd44,GPU-aa', [3, 0]],
    ['', []],
    ['7', []],
  ] as const)('only those that CUDA_VISIBLE_DEVICES=%s names', async ([visible, expected]) => {
    useNvidiaSmi(four, visible);
    expect(await detectGpus()).toEqual(expected);
  });

  test('unknown where nvidia-smi is absent or finds no driver', async () => {
    useNvidiaSmi(undefined);
    expect(await detectGpus()).toBeUndefined();
    useNvidiaSmi('echo "NVIDIA-SMI has failed because it could not communicate with the NVIDIA driver."; exit 9');
    expect(await detectGpus()).toBeUndefined();
  });
});

describe('waiting for GPU memory', () => {
  const wait = (script: string, pids: number[], deadlineMs = 5000) => {
    const folder = useNvidiaSmi(script);
    process.env['PATH'] = `${folder}:${process.env['PATH']}`;
    return waitUntilGpusFree({ gpus: [1], pids: new Set(pids), before: new Map([[1, 500]]), deadlineMs });
  };
  const answer = (apps: string, memory: string) =>
    `case "$1" in *compute-apps*) printf '${apps}';; *) printf '0, 70000\\n1, ${memory}\\n';; esac`;

  test('is over when none of our processes holds any and the level is as before', async () => {
    expect(await wait(answer('99, 60000\\n', '600'), [7])).toBe(true);
  });

  test('goes on while one of ours holds some', async () => {
    expect(await wait(answer('7, 60000\\n', '600'), [7], 100)).toBe(false);
  });

  test('goes on while the level is higher than before', async () => {
    expect(await wait(answer('', '60000'), [7], 100)).toBe(false);
  });

  test('ends as soon as the memory is given back', async () => {
    const folder = temporaryFolder();
    const mark = join(folder, 'asked');
    const script = `case "$1" in *compute-apps*) if [ -e ${mark} ]; then :; else echo "7, 60000"; : > ${mark}; fi;; *) echo "1, 600";; esac`;
    expect(await wait(script, [7])).toBe(true);
  });
});

describe('--gpus', () => {
  test.for([
    ['8', [0, 1, 2, 3, 4, 5, 6, 7]],
    ['1', [0]],
    ['0,1,2,3', [0, 1, 2, 3]],
    ['4, 6', [4, 6]],
    ['3,', [3]],
  ] as const)('%s', ([text, expected]) => {
    expect(parseGpus(text)).toEqual(expected);
  });

  test.for(['', '0', 'all', '1,1', '-1', '1.5', '0,x', ',', '99999'])('`%s` is refused', (text) => {
    expect(() => parseGpus(text)).toThrow(expect.objectContaining({ code: 'USAGE' }));
  });
});

describe('slots', () => {
  const gpus = (count: number) => Array.from({ length: count }, (_, index) => index);

  test('eight GPUs make four of two', () => {
    expect(planSlots({ gpus: gpus(8), tensorParallelSize: 2, dataParallelSize: 4 })).toEqual({
      slots: [0, 1, 2, 3].map((index) => ({ index, gpus: [2 * index, 2 * index + 1] })),
      notes: [],
    });
  });

  test('fewer than asked for is said', () => {
    const { slots, notes } = planSlots({ gpus: [4, 5, 6, 7], tensorParallelSize: 2, dataParallelSize: 4 });
    expect(slots.map((slot) => slot.gpus)).toEqual([
      [4, 5],
      [6, 7],
    ]);
    expect(notes).toEqual(['4 servers at a time were asked for; 4 GPUs make 2 of 2 each.']);
  });

  test('GPUs left over are named', () => {
    expect(planSlots({ gpus: gpus(7), tensorParallelSize: 2 }).notes).toEqual([
      'GPU 6 is not used: a server takes 2, and one is left over.',
    ]);
    expect(planSlots({ gpus: gpus(4), tensorParallelSize: 1, dataParallelSize: 2 }).notes).toEqual([
      'GPU 2, 3 are not used: --data-parallel-size asks for fewer servers than fit.',
    ]);
  });

  test('too few for one server is an error', () => {
    expect(() => planSlots({ gpus: [0], tensorParallelSize: 2 })).toThrow(
      expect.objectContaining({
        code: 'GPU_NONE',
        message: 'A server over 2 GPUs was asked for and 1 GPU can be used.',
      }),
    );
    expect(() => planSlots({ gpus: [0], tensorParallelSize: 0 })).toThrow(expect.objectContaining({ code: 'USAGE' }));
  });

  test('no GPU is in two slots, each slot is full, and a note stands wherever anything is missing or unused', () => {
    const size = fc.integer({ min: 1, max: 9 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 16 }), size, fc.option(size), (count, tensorParallelSize, wanted) => {
        fc.pre(count >= tensorParallelSize);
        const dataParallelSize = wanted === null ? {} : { dataParallelSize: wanted };
        const { slots, notes } = planSlots({ gpus: gpus(count), tensorParallelSize, ...dataParallelSize });
        const used = slots.flatMap((slot) => slot.gpus);
        expect(new Set(used).size).toBe(slots.length * tensorParallelSize);
        const expected = Number(used.length < count) + Number(wanted !== null && slots.length < wanted);
        expect(notes).toHaveLength(expected);
      }),
    );
  });
});
