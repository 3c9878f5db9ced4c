import { sampleKey } from '../core/response.ts';
import { ResponseJournal, readResponses } from '../core/response-journal.ts';
import type { CheckpointDirectory } from '../core/run-directory.ts';
import { type AskItem, ask } from '../inference/ask.ts';
import type { CheckpointSource } from './find-checkpoints.ts';
import type { ServedCheckpoint } from './serve-checkpoint.ts';
import type { BenchmarkWork, SweepSettings } from './sweep-settings.ts';

/** Samples of a checkpoint that have no answer yet, and how many there are and have one by benchmark. */
export interface OpenWork {
  readonly items: readonly AskItem[];
  readonly work: readonly BenchmarkWork[];
}

/** Reads the journals and finds what is missing or failed. Texts are not held. */
export async function findOpenWork(settings: SweepSettings, directory: CheckpointDirectory): Promise<OpenWork> {
  const items: AskItem[] = [];
  const work: BenchmarkWork[] = [];
  for (const { loaded, problems } of settings.benchmarks) {
    const responses = await readResponses(directory, loaded.benchmark.name, {
      keep: (response) => (response.status === 'answered' ? { ...response, text: '' } : response),
    });
    const before = items.length;
    let present = 0;
    for (const problem of problems) {
      for (let sample = 0; sample < settings.question.repeat; sample += 1) {
        if (responses.final.get(sampleKey(problem.id, sample))?.status === 'answered') present += 1;
        else items.push({ problem, sample });
      }
    }
    work.push({ benchmark: loaded.benchmark.name, asked: items.length - before, present });
  }
  return { items, work };
}

/**
 * Asks the open work at a checkpoint's servers and journals every attempt that ends.
 *
 * @returns how many samples were answered, given up, and not asked because no server was left or the sweep was stopped
 * @throws {SynthrlError} `DISK_FULL` or `WRITE_FAILED` when the journal cannot be written, and what `ask` throws
 */
export async function askCheckpoint(
  settings: SweepSettings,
  source: CheckpointSource,
  directory: CheckpointDirectory,
  served: Pick<ServedCheckpoint, 'endpoints' | 'isDown'>,
  items: readonly AskItem[],
): Promise<{ answered: number; failed: number; unasked: number }> {
  const journals = new Map<string, ResponseJournal>();
  try {
    return await ask({
      items,
      endpoints: served.endpoints,
      question: settings.question,
      images: settings.images,
      session: settings.session,
      record: (benchmark, response) => {
        let journal = journals.get(benchmark);
        if (journal === undefined) {
          journal = new ResponseJournal(directory, benchmark, settings.session);
          journals.set(benchmark, journal);
        }
        journal.append(response);
      },
      signal: settings.signal,
      onProgress: ({ benchmark, status }) => settings.listener.progress({ checkpoint: source.name, benchmark, status }),
      endpointDown: (label) => served.isDown(label),
    });
  } finally {
    for (const journal of journals.values()) journal.close();
  }
}
