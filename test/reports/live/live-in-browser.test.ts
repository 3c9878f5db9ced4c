import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { ownIdentity } from '../../../src/core/process-identity.ts';
import { RunDirectory } from '../../../src/core/run-directory.ts';
import { acquireRunLock } from '../../../src/core/run-lock.ts';
import { startLiveServer } from '../../../src/reports/live/live-server.ts';
import { describeNeeding } from '../../shared-data.ts';
import { hostileText } from '../make-run.ts';
import { addSession, answer, appendAttempts, beginRun, failure, lockBy } from './write-run.ts';

const candidates = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const executablePath = [process.env['SYNTHRL_CHROMIUM'], ...candidates].find(
  (path) => path !== undefined && existsSync(path),
);
const axe = axePath();

function axePath(): string | undefined {
  const named = process.env['SYNTHRL_AXE'];
  if (named !== undefined && existsSync(named)) return named;
  try {
    return createRequire(import.meta.url).resolve('axe-core/axe.min.js');
  } catch {
    return undefined;
  }
}

describeNeeding('chromium', executablePath !== undefined, 'no Chromium found', 'the live page in a browser', () => {
  let folder: string;
  let browser: Browser;
  let number = 0;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'synthrl-live-'));
    browser = await chromium.launch({ ...(executablePath ? { executablePath } : {}), args: ['--no-sandbox'] });
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** A run directory of its own, and the page of it; all complaints of the browser are collected. */
  async function open(name: string, width = 1280, colorScheme: 'light' | 'dark' = 'light') {
    number += 1;
    const root = join(folder, `${number}`);
    const run = new RunDirectory(root, name);
    const titles = { mathverse: 'MathVerse' };
    const server = await startLiveServer({ run, port: 0, titles, generator: 'synthrl test' });
    const complaints: string[] = [];
    const page = await browser.newPage({ viewport: { width, height: 800 }, colorScheme, bypassCSP: false });
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('dialog', (dialog) => {
      complaints.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on('request', (request) => {
      if (!request.url().startsWith(server.url)) complaints.push(`network: ${request.url()}`);
    });
    onTestFinished(async () => {
      await page.close();
      await server.close();
    });
    await page.goto(server.url);
    return { root, run, server, page, complaints };
  }

  const text = (page: Page, selector: string) => page.locator(selector).textContent();
  const shows = (page: Page, selector: string, words: string) =>
    page.locator(selector).filter({ hasText: words }).first().waitFor({ timeout: 10_000 });
  /** The texts of a table's cells. */
  const cells = (page: Page, id: string): Promise<unknown> =>
    page.evaluate(
      `[...document.querySelectorAll('#${id}-table tbody tr')].map((row) => [...row.cells].map((cell) =>
        [...cell.querySelectorAll('.main, .detail, .note')].map((part) => part.textContent).join(' | ')))`,
    );

  test('from waiting to finished, figure by figure', async () => {
    const { root, run, page, complaints } = await open('INFO/tag');
    await shows(page, '#status', 'This page waits for it');
    beginRun(root, 'INFO/tag', { mathverse: 4, wemath: 2 });
    const lock = acquireRunLock(run.lock);
    const eight = { checkpoint: 'global_step_8', benchmark: 'mathverse' };
    appendAttempts(run, eight, [answer('1'), answer('2'), failure('3')]);
    appendAttempts(run, { ...eight, checkpoint: 'global_step_16' }, [answer('1', { server: 'slot-1' })]);
    await shows(page, '#status', 'under way');
    await shows(page, '#progress-table', 'global_step_16');
    expect(await cells(page, 'progress')).toEqual([
      ['global_step_8', '2 | of 6 | 1 failed', '2 | of 4 | 1 failed', '0 | of 2'],
      ['global_step_16', '1 | of 6', '1 | of 4', '0 | of 2'],
    ]);
    expect(await cells(page, 'servers')).toMatchObject([
      ['slot-0', 'global_step_8', '2', '1', expect.anything(), '1.5 s'],
      ['slot-1', 'global_step_16', '1', '0', expect.anything(), '1.5 s'],
    ]);
    expect(await cells(page, 'failures')).toEqual([['timeout', '1', 'The server took too long.']]);
    expect(await text(page, '#session-facts')).toContain(`${process.pid} on `);
    expect(await text(page, '#tiles')).toMatch(/^Answered325\.0 % of 12Failed1/);
    expect(await page.title()).toBe('25 % · INFO/tag · live');
    expect(await page.evaluate(`document.querySelector('#progress-table .answered').style.width`)).toMatch(/^33\.33/);
    expect(await page.locator('#report').isVisible()).toBe(false);

    const tally = { asked: 4, accuracy: 0.5, upper: 0.75, interval: [0.1, 0.9] };
    writeFileSync(
      run.checkpoint('global_step_8').summary('rules'),
      JSON.stringify({ benchmarks: { mathverse: tally } }),
    );
    mkdirSync(run.report);
    writeFileSync(join(run.report, 'index.html'), '<!doctype html><title>the report</title>');
    await shows(page, '#results-table', 'global_step_8');
    expect(await cells(page, 'results')).toEqual([['global_step_8', '50.0 | 10.0–90.0 | up to 75.0', '–']]);

    for (const checkpoint of ['global_step_8', 'global_step_16']) {
      appendAttempts(
        run,
        { ...eight, checkpoint },
        ['1', '2', '3', '4'].map((id) => answer(id)),
      );
      appendAttempts(run, { checkpoint, benchmark: 'wemath' }, [answer('1'), answer('2')]);
    }
    await shows(page, '#status', 'Everything is asked');
    lock.release();
    await shows(page, '#status', 'Finished: everything is answered.');
    expect(await cells(page, 'progress')).toEqual([
      ['global_step_8', '6 | of 6', '4 | of 4', '2 | of 2'],
      ['global_step_16', '6 | of 6', '4 | of 4', '2 | of 2'],
    ]);
    expect(complaints).toEqual([]);
    await page.getByRole('link', { name: 'Report' }).click();
    expect(await page.title()).toBe('the report');
  }, 60_000);

  test('an evaluation that was killed, and a server of the page that is gone', async () => {
    const { root, run, server, page } = await open('r');
    beginRun(root, 'r', { mathverse: 4 });
    lockBy(run, { ...ownIdentity(), pid: 2 ** 22 + 1, startTime: '1' });
    await shows(page, '#status', 'cut off: process 4194305 on');
    expect(await page.locator('#lost').isVisible()).toBe(false);
    await server.close();
    await shows(page, '#lost', 'Not connected');
  }, 60_000);

  /** A run with hostile text in every place that names, servers and models can fill. */
  async function openHostile(width: number, scheme: 'light' | 'dark') {
    const opened = await open(`a/${'long_name_'.repeat(20)}<b>x`, width, scheme);
    const { root, run, page } = opened;
    beginRun(root, run.name, { mathverse: 4, [hostileText.replaceAll('/', '')]: 3 });
    addSession(run, {
      session: '20261124T000000Z-000000',
      command: hostileText,
      engine: { name: hostileText, version: hostileText, simulated: true },
      settings: { limit: 3 },
    });
    lockBy(run, { ...ownIdentity(), host: hostileText });
    for (const checkpoint of [hostileText, `${'long_name_'.repeat(20)}\u202e\u001b[31m`, '检查点']) {
      const error = { code: hostileText, message: `javascript:alert(1) ${'x'.repeat(5000)} ${hostileText}` };
      const session = '20261124T000000Z-000000';
      appendAttempts(run, { checkpoint, benchmark: 'mathverse', session }, [
        answer(hostileText, { server: hostileText }),
        failure('</script>', { error, server: 'x'.repeat(400) }),
      ]);
      const tally = { asked: 3, accuracy: 0.5, upper: 0.5, interval: [0.1, 0.9] };
      const summary = { benchmarks: { mathverse: tally, constructor: tally } };
      writeFileSync(run.checkpoint(checkpoint).summary('rules'), JSON.stringify(summary));
    }
    await shows(page, '#status', 'under way');
    await shows(page, '#results-table', '检查点');
    return opened;
  }

  const views = [
    [1440, 'light'],
    [390, 'dark'],
    [320, 'light'],
  ] as const;

  test.for(views)(
    'hostile names at %i pixels, %s: no script ran, nothing is wider than the page',
    { timeout: 60_000 },
    async ([width, scheme]) => {
      const { page, complaints } = await openHostile(width, scheme);
      expect(await page.evaluate('document.documentElement.scrollWidth <= document.documentElement.clientWidth')).toBe(
        true,
      );
      expect(await page.evaluate('[document.scripts.length, document.images.length]')).toEqual([1, 0]);
      expect(await text(page, '#progress-table')).toContain('<script>alert("x")</script>');
      expect(complaints).toEqual([]);
    },
  );

  // The page's policy lets no script of a test in: the checker comes in over the debugger.
  test.for(views)('axe finds nothing at %i pixels, %s', { timeout: 60_000 }, async ([width, scheme], { skip }) => {
    if (axe === undefined) return skip('axe-core is not installed');
    const { page } = await openHostile(width, scheme);
    const found = await page.evaluate(
      `${readFileSync(axe, 'utf8')}; axe.run().then(({ violations }) => violations
          .map(({ id, impact, nodes }) => id + ' (' + impact + '): ' + nodes.map(({ target }) => target).join(' ')))`,
    );
    expect(found).toEqual([]);
  });
});
