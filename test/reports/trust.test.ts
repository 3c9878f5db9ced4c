import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Response } from '../../src/core/response.ts';
import { RunDirectory } from '../../src/core/run-directory.ts';
import { AnswerCounter } from '../../src/reports/trust/answer-counts.ts';
import { writeReport } from '../../src/reports/write-report.ts';
import { hostileRun, hostileText, type MadeRun, richRun } from './make-run.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'synthrl-trust-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

type More = Pick<Parameters<typeof writeReport>[0], 'answers' | 'audits'>;

async function trustPage(run: MadeRun, more: More = {}): Promise<string> {
  await writeReport({ ...run, ...more, run: new RunDirectory(folder, 'run') });
  return readFileSync(join(folder, 'run', 'report', 'trust.html'), 'utf8');
}

function words(html: string): string {
  return html
    .replace(/<wbr>/g, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/[\s\u00a0]+/g, ' ');
}

function answer(members: Partial<Extract<Response, { status: 'answered' }>> = {}): Response {
  return {
    problem: '1',
    sample: 0,
    attempt: 1,
    session: 's',
    final: true,
    server: 'server-0',
    latencyMs: 2000,
    status: 'answered',
    text: '',
    finishReason: 'stop',
    usage: { promptTokens: 500, completionTokens: 100 },
    ...members,
  };
}

function failure(): Response {
  const { text: _, finishReason: __, usage: ___, ...attempt } = answer() as Extract<Response, { status: 'answered' }>;
  return { ...attempt, status: 'failed', final: false, error: { code: 'server_error', message: 'x' } };
}

const audit = {
  name: 'global_step_16',
  mode: 'rules',
  judge: { model: 'judge-7b', simulated: true },
  judged: 200,
  unjudged: 3,
  agreement: 0.97,
  agreement_interval: [0.936, 0.986],
  flips: { to_correct: 4, to_incorrect: 2 },
  accuracy: 0.4,
  corrected_accuracy: 0.41,
  corrected_interval: [0.38, 0.44],
} as const;

describe('the trust page', () => {
  test('counts what is not settled and says by how much accuracy may rise', async () => {
    const run = richRun(2, false);
    const page = words(await trustPage(run));
    const open = run.summaries
      .flatMap(({ benchmarks }) => Object.values(benchmarks))
      .reduce((sum, { undecided, timeout, failed }) => sum + undecided + timeout + failed, 0);
    expect(open).toBeGreaterThan(5);
    expect(page).toContain(`${open} of 3,570 samples (${((open / 3570) * 100).toFixed(1)} %) have no settled verdict.`);
    expect(page).toMatch(/global_step_16 rules\/1 1,785 \d+ \d+\.\d % 0 0 0 nothing/);
    expect(page).toContain(`${((open / 1785) * 100).toFixed(1)} points`);
    expect(page).toContain('The run was graded in one way only.');
    expect(page).toContain('No verdicts were audited by a judge.');
    expect(page).toContain('What was asked, and with what');
  });

  test('shows answers, those cut off, tokens and servers as the journals hold them', async () => {
    const counter = new AnswerCounter();
    for (let at = 0; at < 8; at += 1) counter.add('global_step_16', 'wemath', answer());
    counter.add('global_step_16', 'wemath', answer({ finishReason: 'length' }));
    counter.add('global_step_16', 'wemath', failure());
    const { server: _, ...imported } = answer({ usage: undefined } as never);
    counter.add('global_step_16', 'dynamath', { ...imported, server: '', latencyMs: 0 } as Response);
    const page = words(await trustPage(richRun(1), { answers: counter.counts }));
    expect(page).toContain('1 of 10 answers (10.0 %) was cut at the longest length allowed.');
    expect(page).toContain('Attempts that failed, by cause: server_error 1.');
    expect(page).toContain('global_step_16 · We-Math 9 1 11.1 % 1 4,500 900 100');
    expect(page).toContain('global_step_16 · DynaMath 1 0 0 – – –');
    expect(page).toContain('global_step_16 · server-0 9 1 900 2.0 50.0');
  });

  test('shows what a judge said of the rules, and each way of grading', async () => {
    const run = richRun(1);
    const again = run.summaries.map((summary) => ({ ...summary, mode: 'official' as const }));
    const page = words(await trustPage({ ...run, summaries: [...run.summaries, ...again] }, { audits: [audit] }));
    expect(page).toContain(
      'global_step_16 (rules) judge-7b simulated 200 3 unjudged 97.0 % 93.6–98.6 4 2 40.0 % 41.0 % 38.0–44.0',
    );
    expect(page).toContain('Checkpoint and benchmark rules official global_step_16 · MathVerse');
  });

  test('hostile names do nothing; a run without grades says so', async () => {
    const counter = new AnswerCounter();
    counter.add(hostileText, hostileText, answer({ server: hostileText }));
    const html = await trustPage(hostileRun(), {
      answers: counter.counts,
      audits: [{ ...audit, name: hostileText, judge: { model: hostileText } }],
    });
    expect(html).not.toMatch(/<script|<img src=x|javascript:/i);
    expect(html.split('&lt;script&gt;').length).toBeGreaterThan(6);
    expect(html).toMatch(/http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;/);
    expect(await trustPage({ ...richRun(1), summaries: [] })).toContain(
      'No checkpoint of this run has been graded yet.',
    );
  });
});
