import type { Grade } from '../../core/grade.ts';
import type { Problem } from '../../core/problem.ts';
import { sampleKey } from '../../core/response.ts';
import { isSimulated } from './exported-run.ts';
import { accuracyOf, type GradedSamples } from './graded-samples.ts';
import { wellFormedJson } from './well-formed-json.ts';

/**
 * Benchmarks under the names that the original's data sets have.
 *
 * @see NUS-TRAIL/SynthRL@ea242b54:evaluation/main.py (load_…_dataset, output_path)
 */
const originalNames: Readonly<Record<string, string>> = { geometry3k: 'geo3k', hallusionbench: 'hallubench' };

export function originalName(benchmark: string): string {
  return originalNames[benchmark] ?? benchmark;
}

/** What the original's `metrics` holds. */
export interface SynthrlMetrics {
  readonly accuracy: number;
  /** Of the last kind of part that rows have, since each kind replaces the one before; absent where they have none. */
  readonly sub_accuracies?: Readonly<Record<string, number>>;
}

/**
 * Kinds of parts in the order in which the original goes through them, the last one present winning.
 *
 * @see NUS-TRAIL/SynthRL@ea242b54:evaluation/utils/processing.py (calculate_metrics)
 */
const parts = ['task', 'problem_version', 'subject', 'source', 'level'] as const;

/** Where the summary has results by difficulty, those are its parts: what the original's tables are about. */
export function synthrlMetrics(samples: GradedSamples): SynthrlMetrics {
  const accuracy = accuracyOf(samples.grades) ?? 0;
  const rated = bucketNames.flatMap((bucket) => {
    const tally = samples.difficulty?.buckets[bucket];
    return tally === undefined || tally.accuracy === null ? [] : [[bucket, tally.accuracy] as const];
  });
  const shares = rated.length > 0 ? rated : sharesOfLastPart(samples);
  return { accuracy, ...(shares.length === 0 ? {} : { sub_accuracies: Object.fromEntries(shares) }) };
}

const bucketNames = ['easy', 'medium', 'hard'] as const;

function sharesOfLastPart(samples: GradedSamples): (readonly [string, number])[] {
  const counts = new Map<string, Map<string, { right: number; all: number }>>();
  for (const grade of samples.grades) {
    const fields = fieldsOf(samples, grade);
    for (const part of parts) {
      const value = fields[part];
      if (typeof value !== 'string') continue;
      const values = counts.get(part) ?? new Map<string, { right: number; all: number }>();
      const count = values.get(value) ?? { right: 0, all: 0 };
      count.all += 1;
      if (grade.verdict === 'correct') count.right += 1;
      counts.set(part, values.set(value, count));
    }
  }
  const last = parts.findLast((part) => counts.has(part));
  const values = last === undefined ? undefined : counts.get(last);
  return [...(values ?? [])].map(([value, { right, all }]) => [value, right / all] as const);
}

/**
 * `<dataset>.json` of the original's evaluation: results, metrics, config. A sample without an answer keeps its row, with
 * `prediction` null, where the original would drop it; each row's verdict and rule stand beside its own fields.
 *
 * @see NUS-TRAIL/SynthRL@ea242b54:evaluation/main.py (eval_mode), evaluation/utils/processing.py (process_outputs)
 */
export function* synthrlResults(samples: GradedSamples): Generator<string> {
  yield '{\n  "results": [';
  let separator = '\n';
  for (const grade of samples.grades) {
    yield `${separator}    ${wellFormedJson(rowOf(samples, grade))}`;
    separator = ',\n';
  }
  yield `\n  ],\n  "metrics": ${wellFormedJson(synthrlMetrics(samples))},\n`;
  yield `  "config": ${wellFormedJson(configOf(samples))}\n}\n`;
}

function rowOf(samples: GradedSamples, grade: Grade): object {
  const problem = samples.problems.get(grade.problem);
  const response = samples.responses.get(sampleKey(grade.problem, grade.sample));
  const right = grade.verdict === 'correct';
  const question = samples.run.record.question;
  const repeated = question.kind === 'asked' && question.repeat > 1;
  return {
    id: grade.problem,
    question: problem?.prompt ?? null,
    answer: problem === undefined ? null : goldOf(problem),
    prediction: response?.status === 'answered' ? response.text.trim() : null,
    accuracy: right ? 1 : 0,
    correct: right,
    ...(problem === undefined ? {} : promptOf(samples, problem)),
    ...fieldsOf(samples, grade),
    ...(repeated ? { sample: grade.sample } : {}),
    verdict: grade.verdict,
    rule: grade.rule,
  };
}

/** MathVista's gold is the option's letter there, and its text in the data. */
function goldOf({ benchmark, answer, policy }: Problem): string {
  const letter = policy.type === 'choice' && policy.letters.length === 1 ? policy.letters[0] : undefined;
  return benchmark === 'mathvista' ? (letter ?? answer) : answer;
}

/**
 * What each loader adds to its rows, by its names.
 *
 * @see NUS-TRAIL/SynthRL@ea242b54:evaluation/utils/data_loaders.py
 */
function fieldsOf({ problems, levelOf }: GradedSamples, grade: Grade): Readonly<Record<string, unknown>> {
  const problem = problems.get(grade.problem);
  if (problem === undefined) return {};
  return { ...ownFields(problem), ...levelOf(problem) };
}

function ownFields({ benchmark, id, group, question, facets }: Problem): object {
  const only = (facet: string) => facets[facet]?.[0];
  switch (benchmark) {
    case 'mathverse':
      return { sample_index: id, problem_index: group, question_for_eval: question, problem_version: only('version') };
    case 'mathvision':
      return { subject: only('subject') };
    case 'mathvista':
      return { task: only('task') };
    case 'dynamath':
      // The original's ids are places in its table, which other forms of the data do not have.
      return { qid: group, varid: only('variant'), answer_type: only('answer-type') };
    default:
      return {};
  }
}

/** The chat as the original writes it for Qwen; absent for imports, whose prompts are not known. */
function promptOf({ run }: GradedSamples, problem: Problem): object {
  const { question } = run.record;
  if (question.kind !== 'asked') return {};
  const pictures = '<|vision_start|><|image_pad|><|vision_end|>'.repeat(problem.images.length);
  const { layout, instruction } = question.prompt;
  const turn =
    layout === 'train' ? `${instruction} ${pictures}${problem.prompt}` : `${pictures}${instruction} ${problem.prompt}`;
  return {
    prompt: `<|im_start|>system\nYou are a helpful assistant.<|im_end|>\n<|im_start|>user\n${turn}<|im_end|>\n<|im_start|>assistant\n`,
    num_images: problem.images.length,
  };
}

/** The original's arguments as far as a run knows them, and under `synthrl` what it does not know. */
function configOf({ run, checkpoint, mode, grader, grades, benchmark }: GradedSamples): object {
  const { question } = run.record;
  const asked = question.kind === 'asked' ? question : undefined;
  return {
    model: `${run.record.run}/${checkpoint}`,
    max_tokens: asked?.sampling.maxTokens ?? null,
    min_pixels: asked?.images.minPixels ?? null,
    max_pixels: asked?.images.maxPixels ?? null,
    max_model_len: asked?.sampling.maxModelLen ?? null,
    temperature: asked?.sampling.temperature ?? null,
    top_p: asked?.sampling.topP ?? null,
    repetition_penalty: asked?.sampling.repetitionPenalty ?? null,
    system_prompt: asked?.prompt.instruction ?? null,
    datasets: originalName(benchmark),
    mode: 'eval',
    synthrl: {
      generator: run.generator,
      grading: mode,
      grader,
      simulated: isSimulated(run),
      asked: grades.length,
      failed: grades.filter(({ verdict }) => verdict === 'failed').length,
    },
  };
}
