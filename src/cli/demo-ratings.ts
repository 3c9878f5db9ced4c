import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { ratingFacts } from '../difficulty/describe-ratings.ts';
import { readRatingSet } from '../difficulty/files/read-rating-set.ts';
import { ImageStore } from '../inference/images/image-store.ts';
import { buildAnswerKey } from '../simulator/answer-key.ts';
import { simulatedJudge } from '../simulator/judge/judge-settings.ts';
import { startSimulator } from '../simulator/simulator.ts';
import { loadSelections } from './load-question.ts';
import { type JudgedSettings, rateJudged } from './rate-judged.ts';
import type { Terminal } from './terminal.ts';

/** What the simulated judge does wrong, as judges do. */
const faults = { positionBias: 0.3, noiseShare: 0.05, tieShare: 0.05 };

/**
 * Rates the problems of the samples by battles that a simulated judge decides. It goes by the difficulties that the
 * simulated checkpoints answer by, so that buckets show what they would show for real ones.
 *
 * @param settings - resolved settings of `rate`; where the judge is and where ratings go are set here
 * @returns `--ratings` entries, one per benchmark
 */
export async function rateSamples(options: {
  readonly names: readonly string[];
  readonly settings: JudgedSettings;
  readonly folder: string;
  readonly terminal: Terminal;
}): Promise<string[]> {
  const { names, settings, folder, terminal } = options;
  const data = { requireImages: true, cacheRoot: settings['cache-root'] };
  const loaded = await loadSelections(names.join(','), settings, data);
  const limits = { minPixels: settings['min-pixels'], maxPixels: settings['max-pixels'], maxImages: 10 };
  const images = new ImageStore({ folder: join(settings['cache-root'], 'images'), limits });
  const problems = loaded.flatMap((one) => one.problems);
  const answerKey = await buildAnswerKey({ problems, images, seed: settings.seed, abilities: {} });
  const judge = simulatedJudge({ battles: faults });
  const server = await startSimulator({ model: 'simulated-judge', host: '127.0.0.1', port: 0, judge, answerKey });
  const quiet: Terminal = {
    ...terminal,
    live: false,
    note: () => undefined,
    print: () => undefined,
    write: () => undefined,
  };
  try {
    const entries: string[] = [];
    for (const name of names) {
      const out = join(folder, name);
      rmSync(out, { recursive: true, force: true });
      await rateJudged(name, { ...settings, 'judge-server': server.url, out }, quiet);
      const path = join(out, 'ratings.json');
      const { ratings, cuts } = await readRatingSet({ path });
      const { buckets, medianSe } = ratingFacts(ratings, cuts);
      terminal.note(
        `${name}: ${ratings.length} problems rated, ±${(1.96 * medianSe).toFixed(0)} Elo; ${buckets.easy} easy, ${buckets.medium} medium, ${buckets.hard} hard`,
      );
      entries.push(`${name}=${path}`);
    }
    return entries;
  } finally {
    await server.close();
  }
}
