import { statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { SynthrlError } from '../core/errors.ts';
import { encodeName } from '../core/run-directory.ts';
import { battlePromptHash } from '../difficulty/battles/battle-prompt.ts';
import { type Contestant, prepareContestants } from '../difficulty/battles/contestants.ts';
import type { DesignRecord } from '../difficulty/battles/design-record.ts';
import { Design, designNames } from '../difficulty/battles/pairing/design.ts';
import { ratedProblems } from '../difficulty/battles/rated-problems.ts';
import { ImageStore } from '../inference/images/image-store.ts';
import type { LoadedBenchmark } from '../problems/load-problems.ts';
import type { battleOptions } from './battle-options.ts';
import type { JudgeEndpoint } from './find-judge.ts';
import type { Settings } from './options.ts';

type BattleSettings = Settings<(typeof battleOptions)[number] | 'data-root' | 'out' | 'seed'>;

/** Everything that is settled before the judge is asked. */
export interface BattlePlan {
  readonly folder: string;
  readonly loaded: LoadedBenchmark;
  readonly contestants: readonly Contestant[];
  readonly design: Design;
  readonly record: DesignRecord;
  readonly judge: JudgeEndpoint;
}

/**
 * Settles which problems fight, how they are paired and where the battles are kept.
 *
 * @throws {SynthrlError} `USAGE`, `SELECTION_EMPTY`; `DISK_FULL` or `WRITE_FAILED` for prepared images
 */
export async function planBattles(
  loaded: LoadedBenchmark,
  settings: BattleSettings,
  judge: JudgeEndpoint,
  note: (sentence: string) => void,
): Promise<BattlePlan> {
  const limits = { minPixels: settings['min-pixels'], maxPixels: settings['max-pixels'] };
  if (limits.minPixels > limits.maxPixels) {
    throw new SynthrlError('USAGE', 'Expected `--min-pixels` to be at most `--max-pixels`.');
  }
  const { rated, note: subset } = ratedProblems(loaded.problems);
  if (subset !== undefined) note(subset);
  const name = designNames.find((known) => known === settings.design) ?? 'cycles';
  const ids = rated.map(({ id }) => id);
  const design = new Design({ name, ids, opponents: settings.opponents, seed: settings.seed });
  if (design.rounds < settings.opponents)
    note(`There are ${ids.length} problems: each draws all ${design.rounds} others.`);
  const images = new ImageStore({
    folder: join(resolve(settings['cache-root']), 'images'),
    limits: { ...limits, maxImages: Number.MAX_SAFE_INTEGER },
  });
  const contestants = await prepareContestants(rated, images);
  const unshowable = contestants.filter((contestant) => contestant.unshowable !== undefined);
  if (unshowable.length > 0) {
    note(
      `${unshowable.length} problems cannot be shown, e.g. ${unshowable[0]?.id}: ${unshowable[0]?.unshowable?.message}`,
    );
  }
  const simulated = judge.software?.simulated ?? false;
  const record: DesignRecord = {
    schema: 1,
    benchmark: loaded.benchmark.name,
    selection: loaded.selection,
    dataHash: loaded.dataHash,
    problems: ids.length,
    design: name,
    opponents: design.rounds,
    seed: settings.seed,
    prompt: battlePromptHash,
    judge: { model: judge.endpoint.model, simulated },
    images: limits,
    created: new Date().toISOString(),
  };
  return { folder: folderOf(settings, record), loaded, contestants, design, record, judge };
}

/** Where the battles are kept: beside the data, by judge and design. */
function folderOf(settings: BattleSettings, { benchmark, judge, design, seed }: DesignRecord): string {
  if (settings.out !== undefined) return resolve(settings.out);
  const dataRoot = resolve(settings['data-root']);
  if (statSync(dataRoot, { throwIfNoEntry: false })?.isFile()) {
    throw new SynthrlError('USAGE', `The data root ${dataRoot} is a file, beside which no battles can be kept.`, {
      hint: 'Name a folder for them with --out.',
    });
  }
  const name = encodeName(judge.model) + (judge.simulated ? '.simulated' : '');
  return join(dataRoot, benchmark, 'ratings', name, `${design}-seed${seed}`);
}
