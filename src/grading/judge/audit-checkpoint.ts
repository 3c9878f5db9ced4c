import type { Grade, GradingMode } from '../../core/grade.ts';
import { readJsonLines } from '../../core/json-lines.ts';
import type { Problem } from '../../core/problem.ts';
import { sampleKey } from '../../core/response.ts';
import { readAttempts } from '../../core/response-journal.ts';
import type { CheckpointDirectory } from '../../core/run-directory.ts';
import type { JudgeRecord } from '../../core/session.ts';
import { writeWholeFile } from '../../core/write-file.ts';
import { createRandom } from '../../statistics/random.ts';
import { type AuditedRow, type AuditFigures, auditFigures, isDecided } from './audit-figures.ts';
import type { Judge } from './judge.ts';

/** A sample on which the judge and the verdict differ, or on which the judge gave none. */
export interface AuditedSample {
  readonly benchmark: string;
  readonly problem: string;
  readonly sample: number;
  readonly verdict: string;
  readonly rule: string;
  readonly extracted: string | null;
  readonly judged: string;
  readonly judge_rule: string;
  readonly judge_extracted: string | null;
}

/** audit.<mode>.json of one checkpoint. */
export interface Audit extends AuditFigures {
  readonly name: string;
  /** The mode whose verdicts were audited. */
  readonly mode: GradingMode;
  readonly grader: string;
  readonly judge: JudgeRecord;
  /** How many samples were to be drawn, and by which seed. */
  readonly draw: { readonly size: number; readonly seed: number };
  readonly benchmarks: Readonly<Record<string, AuditFigures>>;
  readonly differences: readonly AuditedSample[];
}

interface Row extends AuditedRow {
  readonly key: string;
  readonly of: Problem;
  readonly extracted: string | null;
  readonly grader: string;
  /** Uniform in [0, 1), by seed and sample: the smallest are drawn. */
  readonly lot: number;
}

/**
 * Has the judge look at decided samples of a checkpoint that are drawn at random, each with the same chance and without
 * replacement, and writes what that says about the verdicts. The draw depends on the seed and the samples alone, so that
 * all checkpoints are audited on the same problems as far as their verdicts allow.
 *
 * @param options.benchmarks - with the problems that the grades are of
 * @throws {SynthrlError} `RECORD_INVALID` for damaged grades or journals, `DISK_FULL` or `WRITE_FAILED`
 */
export async function auditCheckpoint(options: {
  checkpoint: CheckpointDirectory;
  mode: GradingMode;
  benchmarks: readonly { readonly name: string; readonly problems: readonly Problem[] }[];
  judge: Judge;
  size: number;
  seed: number;
}): Promise<Audit> {
  const { checkpoint, mode, judge, size, seed } = options;
  const rows: Row[] = [];
  for (const { name, problems } of options.benchmarks) {
    rows.push(...(await readRows(checkpoint.grades(mode, name), name, problems, seed)));
  }
  const drawn = rows
    .filter(({ verdict }) => isDecided(verdict))
    .sort((left, right) => left.lot - right.lot)
    .slice(0, size);
  const texts = await readTexts(checkpoint, drawn);
  const found = new Map<Row, { row: AuditedRow; difference: AuditedSample | undefined }>();
  await Promise.all(
    drawn.map(async (row) => {
      const graded = await judge.judge(row.of, texts.get(row.key) ?? '');
      const judged = { ...row, judged: graded.verdict };
      const agrees = isDecided(graded.verdict) && (graded.verdict === 'correct') === (row.verdict === 'correct');
      found.set(row, { row: judged, difference: agrees ? undefined : difference(row, graded) });
    }),
  );
  const audited = rows.map((row) => found.get(row)?.row ?? row);
  const names = options.benchmarks.map(({ name }) => name);
  const audit: Audit = {
    name: checkpoint.name,
    mode,
    grader: rows[0]?.grader ?? '',
    judge: judge.record,
    draw: { size, seed },
    ...auditFigures(audited),
    benchmarks: Object.fromEntries(
      names.map((name) => [name, auditFigures(audited.filter(({ benchmark }) => benchmark === name))]),
    ),
    differences: drawn.flatMap((row) => found.get(row)?.difference ?? []),
  };
  writeWholeFile(checkpoint.audit(mode), `${JSON.stringify(audit, null, 2)}\n`);
  return audit;
}

async function readRows(path: string, benchmark: string, problems: readonly Problem[], seed: number): Promise<Row[]> {
  const byId = new Map(problems.map((problem) => [problem.id, problem]));
  const rows: Row[] = [];
  for await (const { value } of readJsonLines(path)) {
    const { problem, sample, verdict, rule, extracted, grader } = value as Grade;
    const of = byId.get(problem);
    if (of === undefined) continue;
    const key = `${benchmark} ${sampleKey(problem, sample)}`;
    const lot = createRandom(`audit ${seed} ${key}`)();
    const text = extracted?.text ?? null;
    rows.push({ benchmark, problem, sample, verdict, rule, group: of.group, key, of, extracted: text, grader, lot });
  }
  return rows;
}

/** Texts of the drawn samples, by key; the earliest answer of each. */
async function readTexts(checkpoint: CheckpointDirectory, drawn: readonly Row[]): Promise<Map<string, string>> {
  const wanted = new Set(drawn.map(({ key }) => key));
  const texts = new Map<string, string>();
  for (const benchmark of new Set(drawn.map((row) => row.benchmark))) {
    for await (const response of readAttempts(checkpoint, benchmark, () => undefined)) {
      const key = `${benchmark} ${sampleKey(response.problem, response.sample)}`;
      if (response.status === 'answered' && wanted.has(key) && !texts.has(key)) texts.set(key, response.text);
    }
  }
  return texts;
}

function difference(row: Row, graded: Awaited<ReturnType<Judge['judge']>>): AuditedSample {
  const { benchmark, problem, sample, verdict, rule, extracted } = row;
  const judged = { judged: graded.verdict, judge_rule: graded.rule, judge_extracted: graded.extracted?.text ?? null };
  return { benchmark, problem, sample, verdict, rule, extracted, ...judged };
}
