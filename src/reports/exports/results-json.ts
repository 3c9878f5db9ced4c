import { type ExportedRun, isComplete, isSimulated, missingBenchmarks } from './exported-run.ts';
import { wellFormedJson } from './well-formed-json.ts';

/** Raised when a member changes its name or meaning; new members do not raise it. */
const schema = 1;

/**
 * One document with all that summaries hold. What names this machine (hosts, paths) is left out, so that it may be sent.
 * `complete` is false for a run without results and where anything asked has no answer; `missing` names such benchmarks.
 */
export function resultsJson(runs: readonly ExportedRun[]): string {
  const document = {
    schema,
    kind: 'synthrl-results',
    generator: runs[0]?.generator ?? '',
    runs: runs.map((run) => ({
      run: run.record.run,
      created: run.record.created,
      complete: isComplete(run),
      simulated: isSimulated(run),
      question: run.record.question,
      question_hash: run.record.questionHash,
      benchmarks: run.titles,
      sessions: run.sessions.map(({ session, started, command, program, revision, engine, judge }) => ({
        session,
        started,
        command,
        program,
        revision,
        engine,
        judge: judge && { ...judge, server: undefined },
      })),
      checkpoints: run.summaries.map((summary) => ({ ...summary, missing: missingBenchmarks(run, summary) })),
    })),
  };
  return `${wellFormedJson(document, 2)}\n`;
}
