import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sharedPath } from '../shared-data.ts';
import type { SpeedRow } from './dispatch.ts';

const built = join(import.meta.dirname, '../../dist/src');

/** Grades the journal in a process of its own with the built program, and prints seconds and peak memory. */
const gradeCode = `
  const { readFileSync } = await import('node:fs');
  const [built, folder, workers] = process.argv.slice(1);
  const { RunDirectory } = await import(built + '/core/run-directory.js');
  const { gradeCheckpoint } = await import(built + '/grading/grade-checkpoint.js');
  const { createPooledGrader } = await import(built + '/grading/pool/pooled-grader.js');
  const { count, repeat, problems } = JSON.parse(readFileSync(folder + '/problems.json', 'utf8'));
  const distinct = Array.from({ length: count }, (_, at) => {
    const { answer, choices, policy, question } = problems[at % problems.length];
    const id = String(at);
    return { benchmark: 'mathvision', id, group: id, question, prompt: question, images: [], choices, answer, policy, facets: {} };
  });
  const grader = await createPooledGrader({ kind: 'rules', ...(workers === '0' ? { inThreadItems: Infinity } : {}) });
  const from = performance.now();
  const checkpoint = new RunDirectory(folder, 'run').checkpoint('step');
  const { verdicts } = await gradeCheckpoint({ checkpoint, benchmark: 'mathvision', problems: distinct, repeat, grader });
  const seconds = (performance.now() - from) / 1000;
  await grader.close();
  const { user, system } = process.cpuUsage();
  const correct = [...verdicts.values()].filter((verdict) => verdict === 'correct').length;
  console.log(JSON.stringify({ seconds, cpuSeconds: (user + system) / 1e6, megabytes: process.resourceUsage().maxRSS / 1024, asked: verdicts.size, correct }));
`;

interface Question {
  readonly id: string | number;
  readonly question: string;
  readonly options: readonly string[];
  readonly answer: string;
}

/** Replies stored for one benchmark. */
interface StoredRun {
  /** Replies. */
  readonly count: number;
  /** Problems that they answer, each as often as the others. */
  readonly problems: number;
  /** Characters of reasoning put before each published reply, as a model that thinks writes them. */
  readonly reasoning: number;
}

/** As many replies as 20 checkpoints give to all benchmarks, and the same with no problem asked twice. */
const stored: readonly StoredRun[] = [
  { count: 300_000, problems: 15_000, reasoning: 1750 },
  { count: 300_000, problems: 300_000, reasoning: 0 },
];

/** Seconds, CPU seconds and peak memory of grading one benchmark's stored replies: published ones, again and again. */
export async function measureGradeRun(runs: readonly StoredRun[] = stored): Promise<SpeedRow[]> {
  return runs.flatMap((run) => {
    const folder = mkdtempSync(join(tmpdir(), 'synthrl-speed-grade-'));
    try {
      const bytes = writeRun(folder, run);
      const name = `replies of ${Math.round(bytes / run.count)} bytes to ${run.problems} problems graded`;
      return ['0', 'default'].flatMap((workers) => {
        const measure = `${name}, ${workers === '0' ? 'one thread' : 'with workers'}`;
        const { asked, seconds, cpuSeconds, megabytes } = gradeInChild(folder, workers);
        if (asked !== run.count) throw new Error(`${asked} of ${run.count} replies were graded`);
        return [
          { measure, value: seconds, unit: 'seconds', n: asked },
          { measure, value: cpuSeconds, unit: 'CPU seconds', n: asked },
          { measure, value: megabytes, unit: 'MB peak memory', n: asked },
        ];
      });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
}

function gradeInChild(
  folder: string,
  workers: string,
): { seconds: number; cpuSeconds: number; megabytes: number; asked: number; correct: number } {
  const words = ['--input-type=module', '-e', gradeCode, '--', built, folder, workers];
  const { stdout, stderr, status } = spawnSync(process.execPath, words, { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

/** Writes problems.json and one journal; replies to one question by several models are different problems. */
function writeRun(folder: string, { count, problems: distinct, reasoning }: StoredRun): number {
  const questions = new Map(
    readLines<Question>(sharedPath('data/mathvision/test.jsonl')).map((row) => [String(row.id), row]),
  );
  const replies = readLines<{ id: string | number; response: string }>(sharedPath('corpus/mathvision_responses.jsonl'));
  const problems = replies.map(({ id }) => {
    const { question = '', options = [], answer = '' } = questions.get(String(id)) ?? {};
    const policy = options.length > 0 ? { type: 'choice', letters: [answer] } : { type: 'free' };
    return { question, choices: options, answer, policy };
  });
  writeFileSync(join(folder, 'problems.json'), JSON.stringify({ count: distinct, repeat: count / distinct, problems }));
  const thought =
    reasoning > 0 ? `<think>${'Let us see what the picture shows. '.repeat(reasoning / 35)}</think>\n` : '';
  const responses = join(folder, 'run/checkpoints/step/responses');
  mkdirSync(responses, { recursive: true });
  const journal = join(responses, 'mathvision.session.jsonl');
  const fixed = { attempt: 1, session: 's', final: true, server: 'a', latencyMs: 900, status: 'answered' };
  const write = (lines: readonly string[]) => writeFileSync(journal, lines.join(''), { flag: 'a' });
  let lines: string[] = [];
  for (let at = 0; at < count; at += 1) {
    // Answers do not come in the order of the problems: a stride that shares no factor with the count mixes them.
    const place = (at * 7919) % count;
    const problem = place % distinct;
    const text = thought + (replies[problem % replies.length]?.response ?? '');
    const sample = Math.floor(place / distinct);
    const record = { ...fixed, problem: String(problem), sample, text, finishReason: 'stop' };
    lines.push(`${JSON.stringify(record)}\n`);
    if (lines.length < 4096) continue;
    write(lines);
    lines = [];
  }
  write(lines);
  return statSync(journal).size;
}

function readLines<Row>(path: string): Row[] {
  const lines = readFileSync(path, 'utf8').trim().split('\n');
  return lines.map((line) => JSON.parse(line) as Row);
}
