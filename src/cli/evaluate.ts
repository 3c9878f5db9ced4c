import { resolve } from 'node:path';
import { SynthrlError } from '../core/errors.ts';
import type { CheckpointSource } from '../sweep/find-checkpoints.ts';
import { planGrading } from './build-grader.ts';
import { endpointServing, launchServing, simulatorEnvironment } from './build-serving.ts';
import type { evaluationOptions } from './evaluation-options.ts';
import { withRatings } from './find-ratings.ts';
import { finishEvaluation } from './finish-evaluation.ts';
import { buildQuestion, limitProblems, loadSelections } from './load-question.ts';
import type { Settings } from './options.ts';
import { runEvaluation } from './run-evaluation.ts';
import type { Terminal } from './terminal.ts';

type EvaluateSettings = Settings<(typeof evaluationOptions)[number]>;

/** Evaluates checkpoints under the settings of a command; resolves to the exit status. */
export async function evaluate(
  request: { command: string; settings: EvaluateSettings; checkpoints: readonly CheckpointSource[]; runName: string },
  terminal: Terminal,
): Promise<number> {
  const { settings, checkpoints } = request;
  if (settings.server === undefined && settings.model !== undefined) {
    throw new SynthrlError('USAGE', '`--model` names a model at an endpoint, and no endpoint is named.', {
      hint: 'Add --server <address>, or leave --model out: the model that is served is the one to evaluate.',
    });
  }
  const loaded = await loadSelections(settings.benchmarks, settings, {
    requireImages: true,
    cacheRoot: settings['cache-root'],
    // The demo's own samples are never of the published size.
    ...(request.command === 'demo' ? {} : { note: (sentence: string) => terminal.note(sentence) }),
  });
  const grading = await planGrading(settings, { judgeMayBeAway: false, note: (sentence) => terminal.note(sentence) });
  const benchmarks = await withRatings(limitProblems(loaded, settings.limit), settings);
  const result = await runEvaluation(
    {
      command: request.command,
      runsRoot: settings['runs-root'],
      runName: request.runName,
      cacheRoot: settings['cache-root'],
      fresh: settings.fresh,
      question: buildQuestion(loaded, settings),
      benchmarks,
      grading,
      checkpoints,
      settings,
      openServing: async (images, say) => {
        const [first] = checkpoints;
        if (settings.server !== undefined && first) return endpointServing(settings, settings.server, first.model);
        const environment =
          settings.engine === 'simulator'
            ? await simulatorEnvironment({
                problems: benchmarks.flatMap(({ problems }) => problems),
                images,
                seed: settings.seed,
                checkpoints,
                cacheRoot: resolve(settings['cache-root']),
              })
            : {};
        return launchServing(settings, environment, say);
      },
    },
    terminal,
  );
  return finishEvaluation(result, settings.json, terminal);
}
