import { sha256 } from '../../core/canonical-json.ts';
import type { Grade, Verdict } from '../../core/grade.ts';
import type { Problem } from '../../core/problem.ts';
import { type Answered, type Response, sampleKey } from '../../core/response.ts';
import { encodeName } from '../../core/run-directory.ts';
import { isSimulated } from './exported-run.ts';
import { accuracyOf, type GradedSamples } from './graded-samples.ts';
import { wellFormedJson } from './well-formed-json.ts';

/** The name that Inspect's viewer shows for whoever decided. */
const scorer = 'synthrl';

/** Marks that Inspect's scorers give. What is neither right nor wrong is `N`, which counts as 0 in both programs. */
const marks: Readonly<Record<Exclude<Verdict, 'failed'>, string>> = {
  correct: 'C',
  incorrect: 'I',
  no_answer: 'N',
  undecided: 'N',
  timeout: 'N',
};

/** Inspect lists a log only where its name begins with a time. Equal runs give equal names. */
export function inspectLogName(samples: GradedSamples): string {
  const time = createdAt(samples).replace(/[:+]/g, '-');
  return `${time}_${encodeName(samples.benchmark)}_${idOf(samples, 'task').slice(0, 22)}.json`;
}

/**
 * A log of Inspect (version 2 of its format) that `inspect view` opens, one for each checkpoint, benchmark and way of
 * grading. Samples without a response are errors there and have no score; `accuracy` counts them, as everywhere here.
 * Pictures are named, not embedded.
 *
 * @see inspect_ai 0.3.285, `inspect log schema` (EvalLog, EvalSample); inspect_ai/log/_file.py for names of files
 */
export function* inspectLog(samples: GradedSamples): Generator<string> {
  const head = wellFormedJson(headOf(samples), 1);
  yield `${head.slice(0, head.lastIndexOf('}')).trimEnd()},\n "samples": [`;
  let separator = '\n';
  for (const grade of samples.grades) {
    yield `${separator}${wellFormedJson(sampleOf(samples, grade))}`;
    separator = ',\n';
  }
  yield '\n ]\n}\n';
}

function createdAt({ run }: GradedSamples): string {
  const time = new Date(run.record.created);
  return `${(Number.isNaN(time.getTime()) ? new Date(0) : time).toISOString().slice(0, 19)}+00:00`;
}

function idOf({ run, checkpoint, benchmark, mode }: GradedSamples, what: string): string {
  return sha256([what, run.record.questionHash, run.record.run, checkpoint, benchmark, mode].join('\n'));
}

function headOf(samples: GradedSamples): object {
  const failed = samples.grades.filter(({ verdict }) => verdict === 'failed').length;
  const created = createdAt(samples);
  const message = `${failed} of ${samples.grades.length} samples have no response.`;
  return {
    version: 2,
    status: failed === 0 ? 'success' : 'error',
    eval: specOf(samples, created),
    plan: { name: 'plan', steps: [{ solver: 'generate', params: {} }], config: {} },
    results: resultsOf(samples, failed),
    stats: { started_at: created, completed_at: created, model_usage: {} },
    ...(failed === 0 ? {} : { error: { message, traceback: '', traceback_ansi: '' } }),
  };
}

function specOf(samples: GradedSamples, created: string): object {
  const { run, checkpoint, step, benchmark, grades, mode, grader } = samples;
  const { question } = run.record;
  const asked = question.kind === 'asked' ? question : undefined;
  const simulated = isSimulated(run);
  const ids = [...new Set(grades.map(({ problem }) => problem))];
  return {
    eval_id: idOf(samples, 'eval').slice(0, 22),
    run_id: idOf(samples, 'run').slice(0, 22),
    created,
    task: benchmark,
    task_id: idOf(samples, 'task').slice(0, 22),
    tags: [mode, ...(simulated ? ['simulated'] : [])],
    dataset: { name: benchmark, samples: ids.length, sample_ids: ids, shuffled: false },
    model: `synthrl/${checkpoint}`,
    model_generate_config: asked
      ? { temperature: asked.sampling.temperature, top_p: asked.sampling.topP, max_tokens: asked.sampling.maxTokens }
      : {},
    config: { epochs: asked?.repeat ?? 1 },
    packages: {},
    metadata: { generator: run.generator, run: run.record.run, checkpoint, step, grading: mode, grader, simulated },
    scorers: [{ name: scorer, options: {}, metrics: [], metadata: {} }],
  };
}

function resultsOf({ grades, mode, grader }: GradedSamples, failed: number): object {
  const metric = (name: string, value: number | null) =>
    value === null ? {} : { [name]: { name, value, params: {} } };
  const open = grades.filter(({ verdict }) => ['undecided', 'timeout', 'failed', 'correct'].includes(verdict)).length;
  return {
    total_samples: grades.length,
    completed_samples: grades.length - failed,
    scores: [
      {
        name: scorer,
        scorer,
        scored_samples: grades.length - failed,
        unscored_samples: failed,
        params: {},
        metrics: {
          ...metric('accuracy', accuracyOf(grades)),
          ...metric('upper', grades.length === 0 ? null : open / grades.length),
        },
        metadata: { grading: mode, grader },
      },
    ],
  };
}

function sampleOf(samples: GradedSamples, grade: Grade): object {
  const problem = samples.problems.get(grade.problem);
  const response = samples.responses.get(sampleKey(grade.problem, grade.sample));
  const input = problem === undefined ? '' : inputOf(samples, problem);
  const answered = response?.status === 'answered' ? response : undefined;
  const model = `synthrl/${samples.checkpoint}`;
  return {
    id: grade.problem,
    epoch: grade.sample + 1,
    input,
    ...(problem && problem.choices.length > 0 ? { choices: problem.choices } : {}),
    target: problem?.answer ?? '',
    messages: [
      { role: 'user', content: input, source: 'input' },
      ...(answered ? [{ role: 'assistant', content: answered.text, source: 'generate', model }] : []),
    ],
    output: outputOf(answered, model),
    scores: scoresOf(grade),
    metadata: { ...(problem ? factsOf(samples, problem) : {}), verdict: grade.verdict },
    store: {},
    events: [],
    model_usage: answered?.usage === undefined ? {} : { [model]: usageOf(answered.usage) },
    ...(answered && answered.latencyMs > 0 ? { total_time: answered.latencyMs / 1000 } : {}),
    ...errorOf(grade, response),
  };
}

/** The instruction and the question in the order asked; of an import only the question is known. */
function inputOf({ run }: GradedSamples, { prompt }: Problem): string {
  const { question } = run.record;
  if (question.kind !== 'asked' || question.prompt.instruction === '') return prompt;
  return `${question.prompt.instruction} ${prompt}`;
}

function factsOf({ levelOf }: GradedSamples, problem: Problem): object {
  const images = problem.images.map(({ path, member }) => member ?? path.split(/[/\\]/).at(-1) ?? '');
  return { group: problem.group, ...problem.facets, images, ...levelOf(problem) };
}

function outputOf(answered: Answered | undefined, model: string): object {
  if (answered === undefined) return { model, choices: [], completion: '' };
  const { text, finishReason, usage, latencyMs } = answered;
  return {
    model,
    choices: [
      {
        message: { role: 'assistant', content: text, source: 'generate', model },
        stop_reason: stopReason(finishReason),
      },
    ],
    completion: text,
    ...(usage === undefined ? {} : { usage: usageOf(usage) }),
    ...(latencyMs > 0 ? { time: latencyMs / 1000 } : {}),
  };
}

/** Inspect knows these words and no others. */
function stopReason(reason: string): string {
  if (reason === 'length') return 'max_tokens';
  return reason === 'stop' || reason === 'content_filter' ? reason : 'unknown';
}

function usageOf({ promptTokens, completionTokens }: NonNullable<Answered['usage']>): object {
  return {
    input_tokens: promptTokens,
    output_tokens: completionTokens,
    total_tokens: promptTokens + completionTokens,
  };
}

function scoresOf({ verdict, rule, extracted, grader }: Grade): object {
  if (verdict === 'failed') return {};
  return {
    [scorer]: {
      value: marks[verdict],
      ...(extracted === null ? {} : { answer: extracted.text }),
      explanation: `${verdict}: ${rule}`,
      metadata: { verdict, rule, grader, ...(extracted === null ? {} : { found_by: extracted.rule }) },
    },
  };
}

function errorOf({ verdict }: Grade, response: Response | undefined): object {
  if (verdict !== 'failed') return {};
  const told = response?.status === 'failed' ? `${response.error.code}: ${response.error.message}` : 'no response';
  return { error: { message: told, traceback: '', traceback_ansi: '' } };
}
