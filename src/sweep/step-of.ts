import { SynthrlError } from '../core/errors.ts';

/** Training step that a checkpoint's name tells (`global_step_16`, `checkpoint-16`, `step16`), or null. */
export function stepOf(name: string): number | null {
  const match = /(?:^|[^a-z])(?:global_step|step|checkpoint|ckpt|iter)[-_]?(\d{1,12})$/i.exec(name);
  return match?.[1] === undefined ? null : Number(match[1]);
}

/**
 * Reads a choice of steps such as `16,32-128`; both ends of a range are in it.
 *
 * @throws {SynthrlError} `USAGE`
 */
export function parseSteps(text: string): (step: number | null) => boolean {
  const ranges = text.split(',').map((part) => {
    const match = /^\s*(\d{1,12})(?:\s*-\s*(\d{1,12}))?\s*$/.exec(part);
    if (match?.[1] === undefined) {
      throw new SynthrlError(
        'USAGE',
        `Expected \`--steps\` to be steps and ranges such as 16,32-128, got \`${text}\`.`,
      );
    }
    return { from: Number(match[1]), to: Number(match[2] ?? match[1]) };
  });
  return (step) => step !== null && ranges.some(({ from, to }) => from <= step && step <= to);
}
