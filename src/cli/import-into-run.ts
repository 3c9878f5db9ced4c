import { createHash } from 'node:crypto';
import { createReadStream, rmSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { SynthrlError } from '../core/errors.ts';
import type { Grade, GradingMode, Verdict } from '../core/grade.ts';
import { readJsonLines } from '../core/json-lines.ts';
import { sampleKey } from '../core/response.ts';
import { ResponseJournal, readResponses } from '../core/response-journal.ts';
import { type CheckpointDirectory, encodeName, RunDirectory } from '../core/run-directory.ts';
import { acquireRunLock } from '../core/run-lock.ts';
import { openRun } from '../core/run-record.ts';
import { appendSession, newSessionId, readSessions, type Session, sessionBase } from '../core/session.ts';
import type { CheckpointSummary } from '../core/summary.ts';
import { writeWholeFile } from '../core/write-file.ts';
import type { Audit } from '../grading/judge/audit-checkpoint.ts';
import type { Reply } from '../importing/import-row.ts';
import { matchResponses, matchVerdicts } from '../importing/match-import.ts';
import { readImport } from '../importing/read-import.ts';
import type { Unmatched } from '../importing/row-ties.ts';
import type { LoadedBenchmark } from '../problems/load-problems.ts';
import { openCheckpoint } from '../sweep/checkpoint-record.ts';
import {
  type BenchmarkUnderTest,
  gradeAndSummarise,
  readSummaries,
  writeSummary,
} from '../sweep/grade-and-summarise.ts';
import { stepOf } from '../sweep/step-of.ts';
import type { GradingPlan } from './build-grader.ts';
import { withRatings } from './find-ratings.ts';
import { auditWhereWanted, type GradingSession, type JudgeOutcome, judgeOutcome } from './grading-session.ts';
import { loadSelections } from './load-question.ts';
import type { Settings } from './options.ts';
import { programRecord } from './program-record.ts';
import { loadAsBefore } from './regrade-run.ts';
import { removeRunContent } from './remove-run-content.ts';

/** Who made the verdicts of an `imported` summary. */
const importedGrader = 'imported';

/** One import: which file goes into which checkpoint of which run. */
export interface ImportRequest {
  /** A benchmark with an optional split, e.g. `mathvision:testmini`. */
  readonly selection: string;
  readonly file: string;
  readonly runName: string;
  readonly checkpoint: string;
  readonly grading: GradingPlan;
  readonly settings: Settings<'data-root' | 'data' | 'ratings' | 'runs-root' | 'model' | 'verdicts' | 'fresh' | 'form'>;
}

/** What an import did. */
export interface ImportOutcome {
  readonly run: RunDirectory;
  /** The run's summaries of the file's kind. */
  readonly summaries: CheckpointSummary[];
  /** How many rows were taken, with a response or verdict. */
  readonly matched: number;
  readonly unmatched: readonly Unmatched[];
  /** Where all unmatched rows are listed; undefined where there are none. */
  readonly unmatchedFile: string | undefined;
  /** Which form the file has. */
  readonly form: string;
  /** Whole sentences about the file and its rows. */
  readonly notes: readonly string[];
  readonly judge: JudgeOutcome;
}

/**
 * Imports a file, then grades (responses) or counts (verdicts) the checkpoint and writes its summary.
 *
 * @throws {SynthrlError} `IMPORT_INVALID`, `RUN_CONFLICT`, …; nothing of the file is taken then
 */
export async function importIntoRun(request: ImportRequest): Promise<ImportOutcome> {
  const { settings } = request;
  const [loaded, second] = await loadSelections(request.selection, settings, { requireImages: false });
  if (loaded === undefined || second !== undefined) {
    throw new SynthrlError('USAGE', `Expected one benchmark to import into, got \`${request.selection}\`.`);
  }
  const file = await readImport(request.file, settings.form);
  const model = { asked: settings.model, checkpoint: request.checkpoint };
  const responses = settings.verdicts ? undefined : await matchResponses(file, loaded.problems, model);
  const verdicts = settings.verdicts ? await matchVerdicts(file, loaded.problems, model) : undefined;
  const { values, unmatched, notes, model: taken } = responses ?? verdicts ?? never();
  const maker = file.kind === 'rows' ? file.reading.program : undefined;

  const run = new RunDirectory(resolve(settings['runs-root']), request.runName);
  const lock = acquireRunLock(run.lock);
  try {
    if (settings.fresh) removeRunContent(run);
    const now = new Date();
    openRun(run, { kind: 'imported' }, now);
    const session = await recordImport(run, request, loaded, {
      now,
      form: file.form,
      ...(maker === undefined ? {} : { maker }),
      ...(taken === undefined ? {} : { model: taken }),
      rows: values.size,
      unmatched: unmatched.length,
    });
    const unmatchedFile = listUnmatched(run, request.checkpoint, loaded.benchmark.name, unmatched);
    const directory = run.checkpoint(request.checkpoint);
    openCheckpoint(
      directory,
      { name: request.checkpoint, step: stepOf(request.checkpoint), model: 'imported', isFolder: false },
      null,
    );
    if (responses) await journalResponses(directory, loaded, session, responses.values);
    if (verdicts) writeVerdicts(directory, loaded, verdicts.values);
    const grading = await request.grading.open(run, session);
    try {
      const mode: GradingMode = responses ? grading.grader.mode : 'imported';
      const judge = await summariseImports(run, directory, responses ? grading : undefined, settings);
      const summaries = readSummaries(run).filter((summary) => summary.mode === mode);
      return { run, summaries, matched: values.size, unmatched, unmatchedFile, form: file.form, notes, judge };
    } finally {
      await grading.close();
    }
  } finally {
    lock.release();
  }
}

/** Writes the session line that names the file, unless another file of this benchmark and checkpoint is there. */
async function recordImport(
  run: RunDirectory,
  request: ImportRequest,
  loaded: LoadedBenchmark,
  found: { now: Date; form: string; maker?: string; model?: string; rows: number; unmatched: number },
): Promise<string> {
  const { name } = loaded.benchmark;
  const { now, ...about } = found;
  const fileHash = await hashFile(request.file);
  const kind = request.settings.verdicts ? 'verdicts' : 'responses';
  for (const { imported } of await readSessions(run)) {
    if (imported?.benchmark !== name) continue;
    const sameCheckpoint = imported.checkpoint === request.checkpoint && imported.kind === kind;
    if (imported.dataHash === loaded.dataHash && (!sameCheckpoint || imported.fileHash === fileHash)) continue;
    const what =
      imported.dataHash === loaded.dataHash
        ? `${request.checkpoint} has ${name} ${kind} from another file (${imported.file})`
        : `its ${name} imports are of other data`;
    throw new SynthrlError('RUN_CONFLICT', `The run ${request.runName} cannot take this file: ${what}.`, {
      hint: 'Import into another --run or --checkpoint, or use --fresh to delete the run and begin anew.',
    });
  }
  const session: Session = {
    ...sessionBase('import', newSessionId(now), now),
    ...programRecord(),
    settings: { model: request.settings.model, verdicts: request.settings.verdicts },
    ...(request.grading.judge && kind === 'responses' ? { judge: request.grading.judge } : {}),
    data: { [name]: loaded.dataPath },
    imported: {
      checkpoint: request.checkpoint,
      benchmark: name,
      selection: loaded.selection,
      dataHash: loaded.dataHash,
      problems: loaded.problems.length,
      file: basename(request.file),
      fileHash,
      kind,
      ...about,
    },
  };
  appendSession(run, session);
  return session.session;
}

/**
 * Writes one line for each row that no problem was found for, with the reason, in place of what an earlier import of the
 * same file left.
 */
function listUnmatched(
  run: RunDirectory,
  checkpoint: string,
  benchmark: string,
  unmatched: readonly Unmatched[],
): string | undefined {
  const path = join(run.path, 'imports', `${benchmark}.${encodeName(checkpoint)}.unmatched.jsonl`);
  if (unmatched.length === 0) {
    rmSync(path, { force: true });
    return undefined;
  }
  writeWholeFile(path, unmatched.map((row) => `${JSON.stringify(row)}\n`).join(''));
  return path;
}

function never(): never {
  throw new Error('a file holds responses or verdicts');
}

async function hashFile(path: string): Promise<string> {
  const digest = createHash('sha256');
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) digest.update(chunk);
  return digest.digest('hex');
}

/** Appends what is not there yet: an import that was killed goes on. */
async function journalResponses(
  directory: CheckpointDirectory,
  loaded: LoadedBenchmark,
  session: string,
  replies: ReadonlyMap<string, Reply>,
): Promise<void> {
  const benchmark = loaded.benchmark.name;
  const { final } = await readResponses(directory, benchmark, { keep: (response) => ({ ...response, text: '' }) });
  const journal = new ResponseJournal(directory, benchmark, session);
  for (const [problem, { text, finishReason = 'imported', usage, latencyMs = 0 }] of replies) {
    if (final.has(sampleKey(problem, 0))) continue;
    const attempt = { problem, sample: 0, attempt: 1, session, final: true, server: '', latencyMs };
    journal.append({ ...attempt, status: 'answered', text, finishReason, ...(usage && { usage }) });
  }
  journal.close();
}

function writeVerdicts(
  directory: CheckpointDirectory,
  loaded: LoadedBenchmark,
  verdicts: ReadonlyMap<string, Verdict>,
): void {
  const lines = loaded.problems.map(({ id }): Grade => {
    const verdict = verdicts.get(id);
    const rule = verdict === undefined ? 'no-verdict' : 'imported';
    return { problem: id, sample: 0, verdict: verdict ?? 'failed', rule, extracted: null, grader: importedGrader };
  });
  writeWholeFile(
    directory.grades('imported', loaded.benchmark.name),
    lines.map((line) => `${JSON.stringify(line)}\n`).join(''),
  );
}

/** Summarises everything of one kind that was imported for a checkpoint: responses by the grading, or verdicts. */
async function summariseImports(
  run: RunDirectory,
  checkpoint: CheckpointDirectory,
  grading: GradingSession | undefined,
  settings: ImportRequest['settings'],
): Promise<JudgeOutcome> {
  const sessions = await readSessions(run);
  const kind = grading ? 'responses' : 'verdicts';
  const benchmarks = new Map<string, BenchmarkUnderTest>();
  for (const { imported } of sessions) {
    if (imported?.checkpoint !== checkpoint.name || imported.kind !== kind) continue;
    const asked = { name: imported.benchmark, selection: imported.selection, dataHash: imported.dataHash };
    benchmarks.set(imported.benchmark, await loadAsBefore(asked, sessions, { ...settings, limit: undefined }));
  }
  const options = { checkpoint, benchmarks: await withRatings([...benchmarks.values()], settings), repeat: 1 };
  if (grading) {
    const audits: Audit[] = [];
    await gradeAndSummarise({ ...options, grader: grading.grader });
    await auditWhereWanted(grading, checkpoint, options.benchmarks, audits);
    return judgeOutcome(grading, audits);
  }
  const verdicts = new Map<string, ReadonlyMap<string, Verdict>>();
  for (const name of benchmarks.keys()) verdicts.set(name, await readVerdicts(checkpoint.grades('imported', name)));
  writeSummary({ ...options, verdicts, mode: 'imported', grader: importedGrader });
  return { cost: undefined, gone: undefined, audits: [] };
}

async function readVerdicts(path: string): Promise<Map<string, Verdict>> {
  const verdicts = new Map<string, Verdict>();
  for await (const { value } of readJsonLines(path)) {
    const grade = value as Grade;
    verdicts.set(sampleKey(grade.problem, grade.sample), grade.verdict);
  }
  return verdicts;
}
