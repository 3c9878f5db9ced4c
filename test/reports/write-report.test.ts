import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { RunDirectory } from '../../src/core/run-directory.ts';
import type { CheckpointSummary, MetricInterval } from '../../src/core/summary.ts';
import { writeReport } from '../../src/reports/write-report.ts';
import { hostileRun, hostileText, type MadeRun, recordOf, richRun, sessionOf, titles } from './make-run.ts';
import { checkpointOf, drawSummary, summaryOf } from './make-summary.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'synthrl-report-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function write(run: MadeRun): Promise<string> {
  const index = await writeReport({ ...run, run: new RunDirectory(folder, 'run') });
  expect(index).toBe(join(folder, 'run', 'report', 'index.html'));
  return readFileSync(index, 'utf8');
}

/** The text of a table's cells by row, found by its caption. */
function tableRows(html: string, caption: string): string[][] {
  const table = [...html.matchAll(/<table.*?<\/table>/gs)]
    .map(([text]) => text)
    .find((text) => text.includes(`<caption>${caption}`));
  expect(table, caption).toBeDefined();
  return [...(table ?? '').matchAll(/<tr>.*?<\/tr>/gs)].map(([row]) =>
    [...row.matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/gs)].map(([, cell]) =>
      (cell ?? '')
        .replace(/<wbr>/g, '')
        .replace(/<[^>]*>/g, ' ')
        .replace(/[\s\u00a0]+/g, ' ')
        .trim(),
    ),
  );
}

/** Tags in the order of the page, to see that each that must be closed is. */
function unclosedTags(html: string): string[] {
  const open: string[] = [];
  const empty = new Set(['meta', 'img', 'source', 'wbr', 'rect', '!doctype', 'link', 'br']);
  for (const [, slash, name] of html.replace(/<style>.*?<\/style>/s, '').matchAll(/<(\/?)([a-z!][a-z0-9]*)/gi)) {
    const tag = (name ?? '').toLowerCase();
    if (empty.has(tag)) continue;
    if (slash === '') open.push(tag);
    else if (open.pop() !== tag) return [`</${tag}>`];
  }
  return open;
}

describe('writeReport', () => {
  test('shows every checkpoint on every benchmark with accuracy, interval and n', async () => {
    const run = richRun(3, false);
    const html = await write(run);
    expect(unclosedTags(html)).toEqual([]);
    const [heading, ...rows] = tableRows(html, 'Accuracy of every checkpoint');
    expect(heading).toEqual([
      'Checkpoint',
      'MathVerse n = 480',
      'MATH-Vision n = 304',
      'MathVista n = 200',
      'We-Math n = 300',
      'DynaMath n = 501',
    ]);
    expect(rows.map(([name]) => name)).toEqual(['global_step_16', 'global_step_32', 'global_step_48']);
    const { accuracy, interval } = run.summaries[0]?.benchmarks['wemath'] ?? summaryOf({});
    expect(rows[0]?.[4]).toBe(
      `${((accuracy ?? 0) * 100).toFixed(1)} % ${interval?.map((limit) => (limit * 100).toFixed(1)).join('–')}`,
    );
  });

  test('verdict counts of every row add up to what was asked', async () => {
    const html = await write(richRun(3));
    for (const title of ['MathVerse', 'MATH-Vision', 'MathVista', 'We-Math', 'DynaMath']) {
      const [heading, ...rows] = tableRows(html, `How every sample of ${title} ended`);
      expect(heading?.slice(2)).toEqual([
        'Asked',
        'Correct',
        'Incorrect',
        'No answer',
        'Undecided',
        'Timed out',
        'Failed',
      ]);
      expect(rows).toHaveLength(3);
      for (const row of rows) {
        const [asked, ...counts] = row.slice(2).map((text) => Number(text.replace(',', '')));
        expect(counts.reduce((sum, count) => sum + count, 0)).toBe(asked);
      }
    }
  });

  test('says loudly what is simulated and what is incomplete, and neither where it is not so', async () => {
    const loud = await write(richRun(3));
    expect(loud).toContain('class="banner simulated"');
    expect(loud).toMatch(
      /class="banner incomplete".*?\d+ of 5,355 samples have no response: \d+ of global_step_32 on MATH-Vision\./s,
    );
    expect(loud).toContain('Evaluating the run again asks only for what is missing.');
    expect(loud).toContain('up to ');
    const quiet = richRun(1, false);
    expect(await write(quiet)).not.toContain('class="banner');
    const mixed = await write({
      ...quiet,
      sessions: [
        sessionOf({ name: 'vllm', version: '1', simulated: false }),
        sessionOf({ name: 'endpoint', version: '1', simulated: true }),
      ],
    });
    expect(mixed).toContain('Some of the answers come from the built-in simulator');
    expect(mixed).toContain('endpoint 1, simulated');
  });

  test('a checkpoint that was graded in two ways is named by them', async () => {
    const run = richRun(1, false);
    const again = run.summaries.map((summary): CheckpointSummary => ({ ...summary, mode: 'imported' }));
    const html = await write({ ...run, summaries: [...run.summaries, ...again] });
    expect(tableRows(html, 'Accuracy of every checkpoint').map(([name]) => name)).toEqual([
      'Checkpoint',
      'global_step_16 (rules)',
      'global_step_16 (imported)',
    ]);
    expect(html).toContain('1 checkpoint on 5 benchmarks');
  });

  test('a benchmark that a checkpoint was not asked makes the run incomplete', async () => {
    const run = richRun(2, false);
    const [first] = run.summaries;
    const { dynamath: _, ...others } = first?.benchmarks ?? {};
    const html = await write({ ...run, summaries: [checkpointOf('global_step_1', 1, others)] });
    expect(html).toContain('1 benchmark not asked yet');
    expect(tableRows(html, 'Accuracy of every checkpoint')[1]?.at(-1)).toBe('– not asked');
  });

  test('marks the highest of a column, and none where another may still pass it', async () => {
    const at = (name: string, counts: Parameters<typeof summaryOf>[0], more: Parameters<typeof summaryOf>[0]) =>
      checkpointOf(name, null, { wemath: summaryOf(counts), dynamath: summaryOf(more) });
    const html = await write({
      ...richRun(1),
      summaries: [
        at('a', { correct: 5, incorrect: 5 }, { correct: 5, incorrect: 5 }),
        at('b', { correct: 6, incorrect: 4 }, { correct: 4, incorrect: 3, failed: 3 }),
        at('c', { correct: 6, incorrect: 4 }, { correct: 3, incorrect: 7 }),
      ],
    });
    const marks = tableRows(html, 'Accuracy of every checkpoint').map((row) =>
      row.slice(-2).map((cell) => cell.includes('highest')),
    );
    expect(marks).toEqual([
      [false, false],
      [false, false],
      [true, false],
      [true, false],
    ]);
  });

  test('shows the figures that benchmarks declare, each facet, and the combined ones', async () => {
    const run = richRun(2);
    const html = await write(run);
    const dynamath = tableRows(html, 'Figures of its own that DynaMath declares');
    expect(dynamath[0]).toEqual(['Figure', 'n', 'global_step_16', 'global_step_32']);
    const shown = (name: string, metric: string) => {
      const summary = run.summaries[1]?.benchmarks[name] ?? summaryOf({});
      const { n, interval } = summary.metric_intervals[metric] as unknown as MetricInterval;
      const limits = interval?.map((limit) => (limit * 100).toFixed(1)).join('–');
      return [n.toLocaleString('en-US'), `${(Number(summary.metrics[metric]) * 100).toFixed(1)} % ${limits}`];
    };
    const lastOf = (row: readonly string[] = []) => [row[1], row.at(-1)];
    expect(dynamath.slice(1).map(([name]) => name)).toEqual(['Average', 'Worst case', 'Reasoning robustness']);
    expect(lastOf(dynamath[1])).toEqual(shown('dynamath', 'average'));
    expect(lastOf(dynamath[2])).toEqual(shown('dynamath', 'worst_case'));
    expect(lastOf(dynamath[3])).toEqual(shown('dynamath', 'reasoning_robustness'));
    const wemath = tableRows(html, 'Figures of its own that We-Math declares');
    const four = ['score', 'IK', 'IG', 'CM', 'RM'];
    expect(wemath.slice(1).map(([name]) => name)).toEqual([
      ...four.map((name) => `Strict ${name}`),
      ...four.map((name) => `Loose ${name}`),
      ...['One step', 'Two steps', 'Three steps'],
    ]);
    const memorised = wemath[5]?.slice(1);
    expect(memorised?.[0]).toBe('varies');
    for (const cell of memorised?.slice(1) ?? []) expect(cell).toMatch(/^\d+\.\d % \d+\.\d–\d+\.\d · n = \d+$/);
    expect(wemath.at(-1)?.slice(1)).toEqual(['0', '–', '–']);
    expect(tableRows(html, 'Accuracy by version')[0]).toEqual(['version', 'n', 'global_step_16', 'global_step_32']);
    expect(tableRows(html, 'Accuracy by version')).toHaveLength(6);
    const heat = tableRows(html, 'Accuracy by subject × level, global_step_32');
    expect(heat.map((row) => row.length)).toEqual([6, 6, 6, 6, 6, 6, 6]);
    const { accuracy, asked, interval } =
      run.summaries[1]?.benchmarks['mathvision']?.facets['subject*level']?.['algebra*3'] ?? summaryOf({});
    const [low, high] = interval ?? [0, 0];
    expect(heat[1]?.[3]).toBe(
      `${((accuracy ?? 0) * 100).toFixed(1)} ${Math.floor(low * 100)}–${Math.ceil(high * 100)}, n ${asked}`,
    );
    expect(html).toContain('The same for every problem: type: float.');
  });

  test('says what was asked and with what', async () => {
    const html = await write(richRun(1));
    expect(tableRows(html, 'What was asked')[1]).toEqual(['MathVerse', 'testmini', '480', 'd0123456789a', 'MIT']);
    expect(tableRows(html, 'The sessions')[1]).toEqual([
      '2026-11-22 20:10 UTC',
      'eval-all',
      '0.1.0 (0123456789ab)',
      'simulator 0.1.0',
      'gpu-node-7',
      'v20.20.2',
    ]);
    expect(html).toContain('Think first.\nThen put the answer in &#92;boxed{}.');
    expect(html).toMatch(/<dt>Prompt layout<\/dt><dd>original-eval<\/dd>/);
  });

  test('an imported run names its files, without the folders they came from', async () => {
    const imported = {
      checkpoint: 'GPT4o',
      benchmark: 'dynamath',
      selection: 'default',
      dataHash: 'ab12',
      problems: 10,
      file: '/home/somebody/verdicts.json',
      fileHash: 'cd34',
      kind: 'verdicts',
      rows: 10,
      unmatched: 0,
    } as const;
    const { engine: _, ...session } = { ...sessionOf(undefined), imported };
    const record = { ...recordOf('imports', { dynamath: 10 }), question: { kind: 'imported' } as const };
    const html = await write({ ...richRun(2), record, sessions: [session] });
    expect(tableRows(html, 'What was imported')[1]).toEqual([
      'DynaMath',
      'GPT4o',
      'default',
      'verdicts.json (verdicts)',
      'cd34',
      '10',
      '0',
      'ab12',
    ]);
    expect(html).not.toContain('somebody');
    expect(html).toContain('The files that were imported have nothing for these.');
    expect(html).not.toContain('asks only for what is missing');
  });

  test('every picture is there, described, sized, and has its table', async () => {
    const html = await write(richRun(2));
    const pictures = [
      ...html.matchAll(
        /<source media="[^"]*dark[^"]*" srcset="([^"]+)">\s*<img src="([^"]+)" width="400" height="250" alt="(Accuracy on [^"]+)">/g,
      ),
    ];
    expect(pictures).toHaveLength(5);
    for (const [, dark, light] of pictures) {
      for (const path of [dark, light]) expect(existsSync(join(folder, 'run', 'report', path ?? ''))).toBe(true);
    }
    expect(tableRows(html, 'Accuracy on MATH-Vision by checkpoint')[1]?.slice(0, 2)).toEqual(['global_step_16', '16']);
  });

  test('lets the page load nothing but its own pictures and style', async () => {
    const html = await write(richRun(1));
    const policy =
      /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(html)?.[1]?.replaceAll('&#39;', "'") ?? '';
    expect(policy).toMatch(
      /^default-src 'none'; script-src 'self' file:; img-src 'self' file:; style-src 'sha256-[\w+/]+=*'; base-uri 'none'; form-action 'none'$/,
    );
    expect(html.replace(/<script src="assets\/(chart|charts|tables)\.js" defer><\/script>/g, '')).not.toMatch(
      /<script|<link|<iframe|\son\w+=|\sstyle="|javascript:|@import|url\(/i,
    );
    const addresses = [...html.matchAll(/(?:src|srcset|href)="([^"]*)"/g)].map(([, address]) => address ?? '');
    expect(
      addresses.filter(
        (address) => !/^(#|charts\/|assets\/|(index|trust)\.html$|https:\/\/example\.org)/.test(address),
      ),
    ).toEqual([]);
  });

  test('escapes hostile names, labels, titles and settings wherever they stand', async () => {
    const html = await write(hostileRun());
    const page = html.replaceAll('<wbr>', '');
    expect(page).not.toMatch(/<script(?! src="assets\/\w+\.js" defer><\/script>)|<img src=x|javascript:/i);
    expect(page.split('&amp;{{ 7*7 }}').length, 'templates in text are not run').toBeGreaterThan(15);
    expect(page).not.toMatch(/&amp;49/);
    expect([...page].filter((character) => ['\u001b', '\u202e'].includes(character))).toEqual([]);
    expect(page.split('&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;').length).toBeGreaterThan(15);
    expect(unclosedTags(html)).toEqual([]);
    expect(page).toContain(`<h1><bdi>${escaped(hostileText)}</bdi></h1>`);
  });

  test('an empty run, one checkpoint without a step, twenty checkpoints', async () => {
    const run = richRun(1);
    const empty = await write({ ...run, summaries: [] });
    expect(empty).toContain('No checkpoint of this run has been graded yet.');
    expect(unclosedTags(empty)).toEqual([]);
    const one = await write({
      ...run,
      summaries: run.summaries.map((summary) => ({ ...summary, name: 'model', step: null })),
    });
    expect(one).not.toContain('class="mark"');
    expect(one).toContain(' at model.');
    const many = await write(richRun(20));
    expect(tableRows(many, 'Accuracy of every checkpoint')).toHaveLength(21);
    expect(unclosedTags(many)).toEqual([]);
  });

  test('several samples per problem show mean and pass@k', async () => {
    const wemath = drawSummary('repeat', 0.4, { rows: 30, facets: {}, repeat: 3 });
    const html = await write({ ...richRun(1), titles, summaries: [checkpointOf('a', 1, { wemath })] });
    const rows = tableRows(html, 'Figures of its own that We-Math declares').slice(1);
    expect(rows.map((row) => row.slice(0, 2))).toEqual([
      ['Mean', '90'],
      ['pass@1', '30'],
      ['pass@2', '30'],
      ['pass@3', '30'],
    ]);
    for (const [, , cell] of rows) expect(cell).toMatch(/ % \d+\.\d–\d+\.\d$/);
  });

  test('equal runs give equal pages; a new report replaces the old one and its pictures, not what others put there', async () => {
    const first = await write(richRun(2));
    const charts = join(folder, 'run', 'report', 'charts');
    const before = readdirSync(charts);
    writeFileSync(join(charts, 'mine.png'), '');
    expect(await write(richRun(2))).toBe(first);
    expect(readdirSync(charts).sort()).toEqual([...before, 'mine.png'].sort());
    await write(richRun(3));
    const after = readdirSync(charts);
    expect(after).toHaveLength(before.length + 1);
    expect(after.filter((file) => before.includes(file))).toEqual([]);
    expect(readdirSync(dirname(charts)).sort()).toEqual(['assets', 'charts', 'index.html', 'trust.html']);
  });

  test('a report that cannot be written leaves the old one whole', async () => {
    await writeReport({ ...richRun(3), run: new RunDirectory(folder, 'elsewhere') });
    const picture = readdirSync(join(folder, 'elsewhere', 'report', 'charts')).find((file) => file.includes('wemath'));
    const first = await write(richRun(2));
    mkdirSync(join(folder, 'run', 'report', 'charts', picture ?? ''));
    await expect(write(richRun(3))).rejects.toMatchObject({ code: 'WRITE_FAILED' });
    expect(readFileSync(join(folder, 'run', 'report', 'index.html'), 'utf8')).toBe(first);
    for (const [, path] of first.matchAll(/"(charts\/[^"]+)"/g)) {
      expect(existsSync(join(folder, 'run', 'report', path ?? ''))).toBe(true);
    }
  });
});

function escaped(text: string): string {
  const signs: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  return text.replace(/[&<>"']/g, (sign) => signs[sign] ?? sign);
}
