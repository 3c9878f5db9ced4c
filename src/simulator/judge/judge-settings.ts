import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { errorMessage, SynthrlError } from '../../core/errors.ts';

const share = z.number().min(0).max(1).default(0);

/** How the judge says which of two problems is harder; by the difficulties of the answer key. */
const battleSettingsSchema = z.strictObject({
  /** Log-odds by which a difference of one logit in difficulty counts. */
  discrimination: z.number().default(1),
  /** Log-odds in favour of the problem that is shown first. */
  positionBias: z.number().default(0),
  /** Share of verdicts that are the toss of a coin. */
  noiseShare: share,
  /** Share of verdicts that are ties, whatever the problems. */
  tieShare: share,
  /** Share of replies without a verdict. */
  invalidShare: share,
});

const judgeSettingsSchema = z.strictObject({
  seed: z.number().default(0),
  /** Share of verdicts that are the wrong way round. */
  errorRate: share,
  /** Share of requests that get no reply at all. */
  stallRate: share,
  /** Share of requests that get prose instead of the JSON that was asked for. */
  babbleRate: share,
  /** Share of answers with words to the judge in them that it does as it is told by. */
  obeyRate: share,
  battles: battleSettingsSchema.prefault({}),
});

/** How a simulated judge falls short; all shares are in [0, 1]. */
export type SimulatedJudgeSettings = z.infer<typeof judgeSettingsSchema>;
export type SimulatedBattleSettings = z.infer<typeof battleSettingsSchema>;

/** Settings with 0 for what is left out: a judge without fault. */
export function simulatedJudge(given: z.input<typeof judgeSettingsSchema> = {}): SimulatedJudgeSettings {
  return judgeSettingsSchema.parse(given);
}

/** @throws {SynthrlError} `SIMULATOR_KEY_INVALID` */
export function readJudgeSettings(path: string): SimulatedJudgeSettings {
  try {
    return judgeSettingsSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    throw new SynthrlError(
      'SIMULATOR_KEY_INVALID',
      `${path} cannot be read as settings of a simulated judge: ${errorMessage(error)}`,
      {
        hint: 'SYNTHRL_SIMULATOR_JUDGE must name a JSON file such as {"errorRate": 0.1, "babbleRate": 0.05}.',
        cause: error,
      },
    );
  }
}
