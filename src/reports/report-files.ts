import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { sha256 } from '../core/canonical-json.ts';
import { packageRoot } from '../core/package-root.ts';
import { encodeName } from '../core/run-directory.ts';
import { writeWholeFile } from '../core/write-file.ts';
import { chartSize, renderChart } from './chart.ts';
import type { ChartFigure } from './chart-figure.ts';
import type { PicturePaths } from './render-page.ts';

const picturesFolder = 'charts';

/**
 * Writes the picture of every chart, light and dark, named by its content.
 *
 * @param folder - of the report
 * @throws {SynthrlError} `DISK_FULL` or `WRITE_FAILED`
 */
export function writePictures(folder: string, figures: readonly ChartFigure[]): Map<string, PicturePaths> {
  const pictures = new Map<string, PicturePaths>();
  for (const { id, chart } of figures) {
    const write = (theme: 'light' | 'dark'): string => {
      const content = renderChart(chart, theme);
      const file = `accuracy-${encodeName(id.replaceAll(' ', '-'))}-${theme}-${sha256(content).slice(0, 8)}.png`;
      writeWholeFile(join(folder, picturesFolder, file), content);
      return `${picturesFolder}/${encodeURIComponent(file)}`;
    };
    pictures.set(id, { light: write('light'), dark: write('dark'), ...chartSize });
  }
  return pictures;
}

/** Removes pictures of earlier reports, which the page no longer names. */
export function removeOtherPictures(folder: string, pictures: ReadonlyMap<string, PicturePaths>): void {
  const path = join(folder, picturesFolder);
  if (!existsSync(path)) return;
  const named = new Set([...pictures.values()].flatMap(({ light, dark }) => [light, dark]));
  for (const file of readdirSync(path)) {
    const ours = file.startsWith('accuracy-') && file.endsWith('.png');
    if (ours && !named.has(`${picturesFolder}/${encodeURIComponent(file)}`)) rmSync(join(path, file), { force: true });
  }
}

/** Writes the scripts of the page: the chart library as its package brings it, and ours. */
export function writeAssets(folder: string): void {
  const library = dirname(createRequire(import.meta.url).resolve('chart.js'));
  const assets = {
    'chart.js': join(library, 'chart.umd.min.js'),
    'charts.js': join(packageRoot, 'reports', 'charts.js'),
    'tables.js': join(packageRoot, 'reports', 'tables.js'),
  };
  for (const [name, path] of Object.entries(assets)) writeWholeFile(join(folder, 'assets', name), readFileSync(path));
}
