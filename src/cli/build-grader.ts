import { SynthrlError } from '../core/errors.ts';
import type { GradingMode } from '../core/grade.ts';
import type { RunDirectory } from '../core/run-directory.ts';
import type { JudgeRecord } from '../core/session.ts';
import type { Grader } from '../grading/grader.ts';
import { auditCheckpoint } from '../grading/judge/audit-checkpoint.ts';
import { Judge, softwareOf } from '../grading/judge/judge.ts';
import { JudgeClient } from '../grading/judge/judge-client.ts';
import { createFallbackGrader, createJudgeGrader } from '../grading/judge/judge-grader.ts';
import { promptHash } from '../grading/judge/judge-prompts.ts';
import { JudgementStore } from '../grading/judge/judgement-store.ts';
import { createPooledGrader } from '../grading/pool/pooled-grader.ts';
import { findJudge, type JudgeEndpoint } from './find-judge.ts';
import type { gradingOptions } from './grading-options.ts';
import type { Auditor, GradingSession } from './grading-session.ts';
import type { Settings } from './options.ts';

export type GradingChoices = Settings<(typeof gradingOptions)[number]>;

/** How responses are to be graded, checked; nothing of the run is opened yet. */
export interface GradingPlan {
  readonly mode: GradingMode;
  /** The judge that will be asked; undefined where none is. */
  readonly judge: JudgeRecord | undefined;
  /**
   * Opens the grader on a run; judgements that are there already are used.
   *
   * @param onFirstCall - called before the judge is asked for the first time
   */
  open(run: RunDirectory, session: string, onFirstCall?: () => void): Promise<GradingSession>;
}

/**
 * Settles who grades, and finds the judge where one is wanted.
 *
 * @param options.judgeMayBeAway - with a named model and a judge that cannot be reached, earlier judgements are used
 * @throws {SynthrlError} `USAGE` for choices that do not go together, `SERVER_UNREACHABLE`, `SERVER_UNAUTHORIZED`,
 *   `SERVER_MODEL_UNKNOWN` for a judge that cannot be used
 */
export async function planGrading(
  choices: GradingChoices,
  options: { readonly judgeMayBeAway: boolean; readonly note: (sentence: string) => void },
): Promise<GradingPlan> {
  const mode = modeOf(choices);
  const size = choices['judge-audit'];
  if (size > 0 && (mode === 'judge' || mode === 'fallback')) {
    throw new SynthrlError('USAGE', '`--judge-audit` compares rules with the judge, and here the judge decides.', {
      hint: 'Use it with --grading rules or --grading official.',
    });
  }
  const found = mode === 'judge' || mode === 'fallback' || size > 0 ? await findJudge(choices, options) : undefined;
  return {
    mode,
    judge: found && recordOf(found),
    async open(run, session, onFirstCall) {
      const judge = found && (await openJudge(found, choices, run, session, onFirstCall));
      const grader = await createGrader(mode, choices, judge);
      const audit: Auditor | undefined =
        judge && size > 0
          ? (checkpoint, benchmarks) =>
              auditCheckpoint({ checkpoint, mode, benchmarks, judge, size, seed: choices['judge-seed'] })
          : undefined;
      return {
        grader,
        audit,
        cost: () => judge?.cost,
        gone: () => judge?.gone,
        async close() {
          await Promise.all([grader.close(), judge?.close()]);
        },
      };
    },
  };
}

function modeOf(choices: GradingChoices): GradingMode {
  if (choices['judge-fallback'] && choices.grading !== 'rules') {
    throw new SynthrlError(
      'USAGE',
      '`--judge-fallback` goes with `--grading rules`: the judge gets what these leave.',
      {
        hint: `Leave out --judge-fallback or --grading ${choices.grading}.`,
      },
    );
  }
  if (choices.grading === 'official' || choices.grading === 'judge') return choices.grading;
  return choices['judge-fallback'] ? 'fallback' : 'rules';
}

async function createGrader(mode: GradingMode, choices: GradingChoices, judge: Judge | undefined): Promise<Grader> {
  if (mode === 'official') {
    const mathvistaInteger = choices['mathvista-integer'] === 'int' ? 'int' : 'int-float';
    return createPooledGrader({ kind: 'official', mathvistaInteger });
  }
  if (judge && mode === 'judge') return createJudgeGrader(judge);
  const rules = await createPooledGrader({ kind: 'rules' });
  return judge && mode === 'fallback' ? createFallbackGrader(rules, judge) : rules;
}

function recordOf({ endpoint, software }: JudgeEndpoint): JudgeRecord {
  const { baseUrl, model } = endpoint;
  return { server: baseUrl, model, ...softwareOf(software), prompt: promptHash };
}

async function openJudge(
  { endpoint, software }: JudgeEndpoint,
  choices: GradingChoices,
  run: RunDirectory,
  session: string,
  onFirstCall: (() => void) | undefined,
): Promise<Judge> {
  const store = await JudgementStore.open(run.judgements);
  const client = new JudgeClient({
    endpoint,
    deadlineMs: choices['judge-timeout'] * 1000,
    ...(onFirstCall ? { onFirstCall } : {}),
  });
  return new Judge({ client, store, session, software });
}
