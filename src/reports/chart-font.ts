import { createRequire } from 'node:module';
import { GlobalFonts } from '@napi-rs/canvas';

const family = 'Synthrl Charts';

/**
 * Registers the font of charts: Inter, brought by a package, so that charts look alike on every machine and have their
 * figures on one without any font.
 *
 * @returns the family to draw with
 * @throws {Error} where the package's file cannot be read: the installation is broken
 */
export function registerChartFont(): string {
  const file = createRequire(import.meta.url).resolve('@fontsource/inter/files/inter-latin-500-normal.woff2');
  if (!GlobalFonts.registerFromPath(file, family)) throw new Error(`the font ${file} cannot be loaded`);
  return family;
}
