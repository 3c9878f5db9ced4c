import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Progress } from '../../src/cli/progress.ts';
import { ansiPaint } from '../../src/reports/paint.ts';
import { Screen } from './screen.ts';

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
});
afterEach(() => {
  vi.useRealTimers();
});

const work = [
  { benchmark: 'mathverse', asked: 3000, present: 940 },
  { benchmark: 'mathvision', asked: 3040, present: 0 },
];

function liveOn(screen: Screen, paint = ansiPaint): Progress {
  const size = () => ({ columns: screen.columns, rows: screen.rows });
  return new Progress({ live: true, write: (text) => screen.write(text), size, paint });
}

function answer(
  progress: Progress,
  count: number,
  benchmark = 'mathverse',
  status: 'answered' | 'failed' = 'answered',
) {
  for (let at = 0; at < count; at += 1) progress.progress({ checkpoint: 'global_step_16', benchmark, status });
}

describe('in a terminal', () => {
  test('a line per benchmark, their sum, and the checkpoints, drawn in place', () => {
    const screen = new Screen(100, 24);
    const progress = liveOn(screen);
    progress.begin({ checkpoint: 'global_step_16', work });
    progress.begin({ checkpoint: 'global_step_32', work });
    progress.stage({ checkpoint: 'global_step_16', stage: 'asking' });
    for (let second = 0; second < 20; second += 1) {
      answer(progress, 20);
      answer(progress, 1, 'mathvision', 'failed');
      vi.advanceTimersByTime(1000);
    }
    progress.say('global_step_16: one of its servers is gone');
    vi.advanceTimersByTime(1000);
    expect(screen.text).toEqual([
      'global_step_16: 6040 to ask, 940 answered before',
      'global_step_32: 6040 to ask, 940 answered before',
      'global_step_16: one of its servers is gone',
      'mathverse   ▕███▍        ▏   2,280/7,880   0 failed  19.0/s  5 min left',
      'mathvision  ▕            ▏      20/6,080  20 failed   1.0/s  1.8 h left',
      'all         ▕█▉          ▏  2,300/13,960  20 failed  20.0/s  10 min left',
      'global_step_16 19 % · 1 waiting',
    ]);
    progress.end();
    expect(screen.text.at(-1)).toBe('');
    expect(screen.text).toHaveLength(4);
  });

  test.for([100, 72, 60, 40, 24, 12, 4, 1])('at %i columns no line is broken', (columns) => {
    const screen = new Screen(columns, 24);
    const progress = liveOn(screen);
    vi.advanceTimersByTime(1000);
    progress.begin({
      checkpoint: '检查点'.repeat(20),
      work: [...work, { benchmark: '图'.repeat(40), asked: 5, present: 0 }],
    });
    vi.advanceTimersByTime(1000);
    const before = screen.text.length;
    vi.advanceTimersByTime(5000);
    expect(screen.text).toHaveLength(before);
    expect(screen.text.at(-1)).not.toBe('');
    if (columns >= 40) expect(screen.text.join('\n')).toContain('940/3,940');
    progress.end();
  });

  test.for([
    [120, 50],
    [120, 33],
    [50, 120],
  ] as const)('a window that goes from %i to %i columns keeps no remains', ([from, to]) => {
    const screen = new Screen(from, 24);
    const progress = liveOn(screen);
    progress.begin({ checkpoint: 'a', work });
    vi.advanceTimersByTime(1000);
    screen.resize(to);
    vi.advanceTimersByTime(1000);
    expect(screen.text.filter((line) => line.startsWith('mathverse'))).toHaveLength(1);
    expect(screen.text.filter((line) => line.startsWith('all'))).toHaveLength(1);
    progress.end();
  });

  test('few rows leave room for the sum alone; many benchmarks for as many as fit', () => {
    const many = Array.from({ length: 30 }, (_, at) => ({ benchmark: `set-${at}`, asked: 10, present: 0 }));
    for (const [rows, most] of [
      [3, 1],
      [8, 7],
    ] as const) {
      const screen = new Screen(80, rows);
      const progress = liveOn(screen);
      progress.begin({ checkpoint: 'a', work: many });
      const above = screen.text.length - 1;
      vi.advanceTimersByTime(3000);
      expect(screen.text.length - above).toBeLessThanOrEqual(most);
      expect(screen.text.join('\n')).toMatch(/0\/300/);
      progress.end();
    }
  });

  test('names and sentences cannot steer the terminal', () => {
    const screen = new Screen(80, 24);
    const progress = liveOn(screen);
    const hostile = 'a\u001b[2J\u001b]0;title\u0007\r\b\u009b31m\u202e';
    progress.begin({ checkpoint: hostile, work: [{ benchmark: hostile, asked: 2, present: 0 }] });
    progress.stage({ checkpoint: hostile, stage: 'asking' });
    vi.advanceTimersByTime(1000);
    progress.progress({ checkpoint: hostile, benchmark: hostile, status: 'failed' });
    progress.say(`SERVER_START_FAILED: ${hostile}\nsecond line`);
    vi.advanceTimersByTime(1000);
    expect(screen.text.join('\n')).toContain('\nsecond line\n');
    progress.end();
  });

  test('failures stand out in colour, and without colour nothing is escaped but movements', () => {
    for (const paint of [ansiPaint, undefined]) {
      const written: string[] = [];
      const size = () => ({ columns: 80, rows: 24 });
      const progress = new Progress({
        live: true,
        write: (text) => written.push(text),
        size,
        ...(paint ? { paint } : {}),
      });
      progress.begin({ checkpoint: 'global_step_16', work });
      answer(progress, 3, 'mathverse', 'failed');
      vi.advanceTimersByTime(500);
      expect(written.at(-1)?.includes('\u001b[1;33m3 failed')).toBe(paint !== undefined);
      expect(written.at(-1)?.includes('\u001b[1;33m0 failed')).toBe(false);
      progress.end();
    }
  });
});

describe('where there is no terminal', () => {
  test('a plain line every ten seconds while something changes, and one at the end of each benchmark', () => {
    let written = '';
    const progress = new Progress({
      live: false,
      write: (text) => {
        written += text;
      },
    });
    progress.begin({
      checkpoint: 'global_step_16',
      work: [
        { benchmark: 'mathverse', asked: 100, present: 0 },
        { benchmark: 'wemath', asked: 1, present: 4 },
      ],
    });
    for (let second = 0; second < 25; second += 1) {
      answer(progress, 4);
      vi.advanceTimersByTime(1000);
    }
    answer(progress, 1, 'wemath', 'failed');
    vi.advanceTimersByTime(60_000);
    progress.end();
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that there is none is what is tested.
    expect(written).not.toMatch(/[\u001b\r]/);
    expect(written.split('\n')).toEqual([
      'global_step_16: 101 to ask, 4 answered before',
      expect.stringMatching(
        /^4\d\/105 asked, 0 failed, 4\.0\/s, about 1\d s left \(mathverse 4\d\/100, wemath 4\/5\)$/,
      ),
      expect.stringMatching(/^8\d\/105 asked, 0 failed, 4\.0\/s, about \d s left \(mathverse 8\d\/100, wemath 4\/5\)$/),
      'global_step_16, mathverse: all 100 asked',
      'global_step_16, wemath: all 1 asked, 1 failed',
      'global_step_16: all 101 asked, 1 failed',
      expect.stringMatching(/^105\/105 asked, 1 failed/),
      '',
    ]);
  });

  test('a checkpoint that begins again on new servers counts what it answered as answered', () => {
    const lines: string[] = [];
    const progress = new Progress({ live: false, write: (text) => lines.push(text) });
    progress.begin({ checkpoint: 'global_step_16', work: [{ benchmark: 'mathverse', asked: 10, present: 0 }] });
    answer(progress, 4);
    progress.begin({ checkpoint: 'global_step_16', work: [{ benchmark: 'mathverse', asked: 6, present: 4 }] });
    answer(progress, 6);
    vi.advanceTimersByTime(10_000);
    progress.end();
    expect(lines).toContain('global_step_16: all 6 asked\n');
    expect(lines.at(-1)).toMatch(/^10\/10 asked, 0 failed, 1\.0\/s\n$/);
  });
});
