import { RecentRate } from '../reports/live/recent-rate.ts';
import type { BenchmarkWork, CheckpointStage } from '../sweep/sweep-settings.ts';

/** Rates are those of the last minute. */
const windowMs = 60_000;

/** How far one benchmark, or everything, has come. */
export interface Advance {
  readonly name: string;
  /** Samples that are answered or given up, those of earlier sessions included. */
  readonly done: number;
  readonly total: number;
  readonly failed: number;
  /** Undefined until it can be told. */
  readonly perSecond: number | undefined;
  readonly secondsLeft: number | undefined;
}

/** How far one checkpoint has come. */
export interface CheckpointAdvance {
  readonly name: string;
  readonly stage: CheckpointStage | 'waiting';
  /** Share of its samples that is done, in [0, 1]. */
  readonly share: number;
}

/** What a sweep's progress is drawn from. */
export interface SweepAdvance {
  readonly all: Advance;
  readonly benchmarks: readonly Advance[];
  readonly checkpoints: readonly CheckpointAdvance[];
}

interface Count {
  asked: number;
  present: number;
  done: number;
  failed: number;
}

/** Counts what a sweep tells, by checkpoint and benchmark. */
export class SweepTally {
  readonly #counts = new Map<string, Map<string, Count>>();
  readonly #stages = new Map<string, CheckpointStage>();
  /** Samples that ended since the sweep began, by benchmark; a checkpoint that begins again takes none away. */
  readonly #ended = new Map<string, { count: number; rate: RecentRate }>();
  readonly #rate = new RecentRate(windowMs);
  #endedInAll = 0;

  begin(checkpoint: string, work: readonly BenchmarkWork[]): void {
    const counts = work.map(
      ({ benchmark, asked, present }) => [benchmark, { asked, present, done: 0, failed: 0 }] as const,
    );
    this.#counts.set(checkpoint, new Map(counts));
    for (const { benchmark } of work) {
      if (!this.#ended.has(benchmark)) this.#ended.set(benchmark, { count: 0, rate: new RecentRate(windowMs) });
    }
  }

  stage(checkpoint: string, stage: CheckpointStage): void {
    this.#stages.set(checkpoint, stage);
  }

  /** Counts one sample that ended; gives the benchmark's count where it was its last, and the checkpoint's where it was that. */
  progress(event: { checkpoint: string; benchmark: string; status: 'answered' | 'failed' }): {
    benchmark?: Readonly<Count>;
    checkpoint?: Readonly<Count>;
  } {
    const counts = this.#counts.get(event.checkpoint);
    const count = counts?.get(event.benchmark);
    if (counts === undefined || count === undefined) return {};
    count.done += 1;
    if (event.status === 'failed') count.failed += 1;
    this.#endedInAll += 1;
    const ended = this.#ended.get(event.benchmark);
    if (ended) ended.count += 1;
    if (count.done !== count.asked) return {};
    const whole = sumOf(counts.values());
    return { benchmark: count, ...(whole.done === whole.asked ? { checkpoint: whole } : {}) };
  }

  /** How things stand; called now and then, so that rates follow. */
  view(nowMs: number): SweepAdvance {
    this.#rate.add(nowMs, this.#endedInAll);
    const benchmarks = [...this.#ended].map(([name, { count, rate }]) => {
      rate.add(nowMs, count);
      const counts = [...this.#counts.values()].flatMap((one) => one.get(name) ?? []);
      return advanceOf(name, sumOf(counts), rate.perSecond());
    });
    const everything = sumOf([...this.#counts.values()].flatMap((one) => [...one.values()]));
    const checkpoints = [...this.#counts].map(([name, counts]) => {
      const { asked, present, done } = sumOf(counts.values());
      const share = asked + present === 0 ? 1 : (present + done) / (asked + present);
      return { name, stage: this.#stages.get(name) ?? 'waiting', share } as const;
    });
    return { all: advanceOf('all', everything, this.#rate.perSecond()), benchmarks, checkpoints };
  }
}

function advanceOf(name: string, { asked, present, done, failed }: Count, perSecond: number | undefined): Advance {
  const left = asked - done;
  const secondsLeft = perSecond !== undefined && perSecond > 0 && left > 0 ? left / perSecond : undefined;
  return { name, done: present + done, total: present + asked, failed, perSecond, secondsLeft };
}

function sumOf(counts: Iterable<Count>): Count {
  const sum: Count = { asked: 0, present: 0, done: 0, failed: 0 };
  for (const count of counts) {
    sum.asked += count.asked;
    sum.present += count.present;
    sum.done += count.done;
    sum.failed += count.failed;
  }
  return sum;
}
