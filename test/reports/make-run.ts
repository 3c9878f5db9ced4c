import type { RunRecord } from '../../src/core/run-record.ts';
import type { Session } from '../../src/core/session.ts';
import type { CheckpointSummary } from '../../src/core/summary.ts';
import type { BenchmarkTitles } from '../../src/reports/page-model.ts';
import { checkpointOf, type DrawnBenchmark, drawSummary } from './make-summary.ts';

export interface MadeRun {
  record: RunRecord;
  sessions: Session[];
  summaries: CheckpointSummary[];
  titles: BenchmarkTitles;
  generator: string;
}

const subjects = [
  'algebra',
  'analytic geometry',
  'combinatorics',
  'metric geometry - angle',
  'solid geometry',
  'topology',
];
const source = { license: 'MIT', url: 'https://example.org/benchmark' };

export const titles: BenchmarkTitles = {
  mathverse: { title: 'MathVerse', ...source },
  mathvision: { title: 'MATH-Vision', ...source },
  mathvista: { title: 'MathVista', ...source, license: 'CC BY-SA 4.0' },
  wemath: { title: 'We-Math', ...source, license: 'CC BY-NC 4.0' },
  dynamath: { title: 'DynaMath', ...source },
};

const benchmarks: Readonly<Record<string, DrawnBenchmark>> = {
  mathverse: {
    rows: 480,
    groupSize: 5,
    facets: {
      version: ['Text Dominant', 'Text Lite', 'Vision Intensive', 'Vision Dominant', 'Vision Only'],
      subject: ['Plane Geometry', 'Functions', 'Solid Geometry'],
    },
  },
  mathvision: {
    rows: 304,
    facets: { subject: subjects, level: ['1', '2', '3', '4', '5'] },
    crossFacets: [['subject', 'level']],
  },
  mathvista: {
    rows: 200,
    facets: { task: ['figure question answering', 'geometry problem solving', 'math word problem'] },
  },
  wemath: {
    rows: 300,
    groupSize: 3,
    facets: { step: ['one-step', 'one-step', 'two-step'] },
    metrics: ['four-dimensional'],
  },
  dynamath: {
    rows: 501,
    groupSize: 3,
    facets: { variant: ['1', '2', '3'], level: ['elementary school', 'high school', 'undergraduate'], type: ['float'] },
    metrics: ['variants'],
  },
};

export function recordOf(run: string, selections: Readonly<Record<string, number>>): RunRecord {
  return {
    schema: 1,
    run,
    created: '2026-11-22T20:10:11.000Z',
    question: {
      kind: 'asked',
      benchmarks: Object.entries(selections).map(([name, problems]) => ({
        name,
        selection: 'testmini',
        problems,
        dataHash: `d${'0123456789abcdef'.repeat(4)}`.slice(0, 64),
      })),
      prompt: { layout: 'original-eval', instruction: 'Think first.\nThen put the answer in \\boxed{}.' },
      images: { minPixels: 262144, maxPixels: 1003520, maxImages: 10 },
      sampling: { temperature: 0, topP: 0.95, repetitionPenalty: 1, maxTokens: 2048, maxModelLen: 16384, seed: 0 },
      repeat: 1,
    },
    questionHash: 'a1b2c3d4e5f6a7b8c9d0',
  };
}

export function sessionOf(engine: Session['engine']): Session {
  return {
    session: '20261122T201011Z-abcdef',
    started: '2026-11-22T20:10:11.000Z',
    command: 'eval-all',
    program: '0.1.0',
    revision: '0123456789abcdef0123456789abcdef01234567',
    node: 'v20.20.2',
    host: 'gpu-node-7',
    settings: {},
    ...(engine === undefined ? {} : { engine }),
  };
}

/** A run over five benchmarks with every kind of figure; the second checkpoint has failures. */
export function richRun(checkpoints: number, simulated = true): MadeRun {
  const summaries = Array.from({ length: checkpoints }, (_, at) => {
    const step = 16 * (at + 1);
    const drawn = Object.entries(benchmarks).map(([name, benchmark], place) => {
      const ability = 0.28 + 0.06 * place + (0.24 * at) / Math.max(1, checkpoints - 1);
      const failing = at === 1 && name === 'mathvision' ? { failed: 0.03, undecided: 0.02 } : {};
      return [name, drawSummary(`${name}/${at}`, ability, benchmark, failing)] as const;
    });
    return checkpointOf(`global_step_${step}`, step, Object.fromEntries(drawn));
  });
  return {
    record: recordOf(
      'INFO/qwen2_5_vl_7b_TAG',
      Object.fromEntries(Object.entries(benchmarks).map(([name, { rows }]) => [name, rows])),
    ),
    sessions: [
      sessionOf(
        simulated ? { name: 'simulator', version: '0.1.0', simulated } : { name: 'vllm', version: '0.11.0', simulated },
      ),
    ],
    summaries,
    titles,
    generator: 'synthrl 0.1.0',
  };
}

export const hostileText = '<script>alert("x")</script><img src=x onerror=alert(1)>\'"&{{ 7*7 }}';

/** Hostile text in every place that a data set, a model's name, a server or a folder can fill. */
export function hostileRun(): MadeRun {
  const benchmark: DrawnBenchmark = {
    rows: 40,
    facets: {
      subject: [hostileText, 'constructor', '__proto__'],
      level: ['1', hostileText],
      [hostileText]: ['a', 'b'],
    },
    crossFacets: [['subject', 'level']],
    repeat: 2,
  };
  const summaries = [hostileText, `${'long_name_'.repeat(30)}\u202e\u001b[31m`, '检查点'].map((name, at) =>
    checkpointOf(name, null, { mathvision: drawSummary(`hostile/${at}`, 0.5, benchmark) }),
  );
  const record = recordOf(hostileText, { mathvision: 40 });
  if (record.question.kind === 'asked') record.question.prompt.instruction = hostileText;
  const session = { ...sessionOf({ name: hostileText, version: hostileText, simulated: false }), host: hostileText };
  return {
    record,
    sessions: [session],
    summaries: summaries.map((summary) => ({ ...summary, grader: hostileText })),
    titles: { mathvision: { title: hostileText, license: hostileText, url: 'javascript:alert(1)' } },
    generator: 'synthrl 0.1.0',
  };
}
