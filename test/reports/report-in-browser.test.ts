import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { RunDirectory } from '../../src/core/run-directory.ts';
import { writeReport } from '../../src/reports/write-report.ts';
import { describeNeeding } from '../shared-data.ts';
import { drawComparison } from './make-comparison.ts';
import { hostileRun, hostileText, richRun } from './make-run.ts';

const candidates = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const executablePath = [process.env['SYNTHRL_CHROMIUM'], ...candidates].find(
  (path) => path !== undefined && existsSync(path),
);

describeNeeding('chromium', executablePath !== undefined, 'no Chromium found', 'the report in a browser', () => {
  let folder: string;
  let browser: Browser;
  const pages: Record<string, string> = {};

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'synthrl-browser-'));
    const abilities = Object.fromEntries(
      [16, 32, 48, 64, 80, 96].map((step) => [`global_step_${step}`, 0.3 + step / 300]),
    );
    const rich = drawComparison(abilities, ['mathverse', 'mathvision', 'mathvista', 'wemath'], { facet: 'half' });
    const hostile = drawComparison({ [hostileText]: 0.3, ['long_name_'.repeat(30)]: 0.5, 检查点: 0.6 }, [hostileText]);
    for (const [name, run, comparison] of [
      ['rich', richRun(6), rich],
      ['hostile', hostileRun(), hostile],
    ] as const) {
      const comparisons = { current: [comparison], outdated: [] };
      const directory = new RunDirectory(folder, name);
      pages[name] = pathToFileURL(await writeReport({ ...run, run: directory, comparisons })).href;
    }
    browser = await chromium.launch({ ...(executablePath ? { executablePath } : {}), args: ['--no-sandbox'] });
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Opens a page from disk; collects everything that the browser complains about. */
  async function open(name: string, width: number, colorScheme: 'light' | 'dark') {
    const complaints: string[] = [];
    const page = await browser.newPage({ viewport: { width, height: 800 }, colorScheme });
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('dialog', (dialog) => {
      complaints.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on('request', (request) => {
      if (!request.url().startsWith('file:')) complaints.push(`network: ${request.url()}`);
    });
    await page.goto(pages[name] ?? '');
    return { page, complaints };
  }

  /** Evaluated in the page, where these names exist. */
  const run = (page: Page, expression: string): Promise<unknown> => page.evaluate(expression);

  test.for([
    ['rich', 1280, 'light'],
    ['rich', 360, 'dark'],
    ['hostile', 1280, 'dark'],
    ['hostile', 360, 'light'],
  ] as const)(
    '%s at %i pixels, %s: quiet, styled, its pictures shown, nothing wider than the page',
    async ([name, width, scheme]) => {
      const { page, complaints } = await open(name, width, scheme);
      expect(await run(page, '[...document.images].every((image) => image.naturalWidth === 800)')).toBe(true);
      expect(await run(page, `[...document.images].every((image) => image.currentSrc.includes("-${scheme}-"))`)).toBe(
        true,
      );
      expect(await run(page, 'document.documentElement.scrollWidth <= document.documentElement.clientWidth')).toBe(
        true,
      );
      const background = scheme === 'dark' ? 'rgb(15, 18, 22)' : 'rgb(246, 247, 249)';
      expect(await run(page, 'getComputedStyle(document.body).backgroundColor')).toBe(background);
      expect(await run(page, '[...document.scripts].every((script) => script.src && script.text === "")')).toBe(true);
      expect(complaints).toEqual([]);
      await page.close();
    },
  );

  test('names of rows stay in view when a table scrolls', async () => {
    const { page } = await open('rich', 360, 'light');
    const shift = await run(
      page,
      `(() => { const region = document.querySelector('.scroll'); const name = region.querySelector('tbody th');
        const before = name.getBoundingClientRect().left; region.scrollLeft = 200;
        return [region.scrollLeft > 50, Math.abs(name.getBoundingClientRect().left - before) < 2]; })()`,
    );
    expect(shift).toEqual([true, true]);
    await page.close();
  });

  test('charts draw the accuracies and intervals of the summaries', async () => {
    const { page, complaints } = await open('rich', 1280, 'light');
    const drawn = await run(
      page,
      `[...document.querySelectorAll('#curves canvas')].map((canvas) =>
        Chart.getChart(canvas).data.datasets.map(({ data }) => data.map(({ x, y, interval }) => [x, y, interval])))`,
    );
    const { summaries } = richRun(6);
    const expected = ['mathverse', 'mathvision', 'mathvista', 'wemath', 'dynamath'].map((name) => [
      summaries.map(({ step, benchmarks }) => [step, benchmarks[name]?.accuracy, benchmarks[name]?.interval]),
    ]);
    expect(drawn).toEqual(expected);
    expect(await run(page, `document.querySelectorAll('figure:not(.drawn)').length`)).toBe(0);
    expect(complaints).toEqual([]);
    await page.close();
  });

  test('a chart tells its values on hover and to the arrow keys', async () => {
    const { page } = await open('rich', 1280, 'dark');
    const canvas = page.locator('#curves canvas').first();
    const shown = () =>
      run(
        page,
        `(({ tooltip }) => tooltip.opacity > 0 ? [tooltip.title[0], tooltip.body[0].lines[0]] : [])(Chart.getChart(document.querySelector('#curves canvas')))`,
      );
    await canvas.hover();
    expect(await shown()).toEqual([expect.stringMatching(/^global_step_/), expect.stringMatching(/ % {2}\[/)]);
    await page.mouse.move(0, 0);
    await canvas.focus();
    await page.keyboard.press('ArrowRight');
    expect(await shown()).toEqual(['global_step_16', expect.stringMatching(/^\d+\.\d % {2}\[\d+\.\d, \d+\.\d\]$/)]);
    await page.close();
  });

  test('the overview is sorted by mouse and by keyboard, and goes back to how it was', async () => {
    const { page } = await open('rich', 1280, 'light');
    const column = () =>
      run(
        page,
        `[...document.querySelectorAll('.overview tbody tr')].map((row) => Number(row.cells[2].dataset.value))`,
      );
    const before = (await column()) as number[];
    const rising = [...before].sort((left, right) => left - right);
    const button = page.locator('.overview thead th:nth-child(3) button');
    await button.click();
    expect(await column()).toEqual([...rising].reverse());
    expect(await page.locator('.overview [aria-sort="descending"]').count()).toBe(1);
    await page.keyboard.press('Enter');
    expect(await column()).toEqual(rising);
    await page.keyboard.press('Space');
    expect(await column()).toEqual(before);
    await page.close();
  });

  const axe = axePath();
  test.skipIf(axe === undefined)(
    'axe finds nothing serious on overview and trust page, light and dark',
    async () => {
      const script = readFileSync(axe ?? '', 'utf8');
      for (const [width, scheme] of [
        [1440, 'light'],
        [390, 'dark'],
      ] as const) {
        const { page } = await open('rich', width, scheme);
        for (const file of ['index.html', 'trust.html']) {
          await page.goto((pages['rich'] ?? '').replace('index.html', file));
          const found = await run(
            page,
            `${script}; axe.run().then(({ violations }) => violations
            .filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id, nodes }) => [id, nodes[0].html]))`,
          );
          expect(found).toEqual([]);
        }
        await page.close();
      }
    },
    30_000,
  );
});

/** The accessibility checker's file, where it is installed. */
function axePath(): string | undefined {
  const named = process.env['SYNTHRL_AXE'];
  if (named !== undefined) return named;
  try {
    return createRequire(import.meta.url).resolve('axe-core/axe.min.js');
  } catch {
    return undefined;
  }
}
