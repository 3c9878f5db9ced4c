import { createRequire } from 'node:module';
import { GlobalFonts } from '@napi-rs/canvas';

const family = 'Synthrl Charts';

/**
 * Registers the font of charts: Inter, brought by a package, so that charts look alike on every machine and have their
 * figures on one without any font.
 *
 * @returns the family to draw with, and whether any glyph will be painted at all
 */
export function registerChartFont(): { readonly family: string; readonly legible: boolean } {
  const require = createRequire(import.meta.url);
  try {
    const file = require.resolve('@fontsource/inter/files/inter-latin-500-normal.woff2');
    if (GlobalFonts.registerFromPath(file, family)) return { family, legible: true };
  } catch {
    // The package is not installed: whatever the system has is used.
  }
  return { family: 'sans-serif', legible: GlobalFonts.families.length > 0 };
}
