import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import nunjucks from 'nunjucks';
import { packageRoot } from '../core/package-root.ts';
import type { PageModel } from './page-model.ts';

/** Addresses of a section's pictures, relative to the page. */
export interface PicturePaths {
  readonly light: string;
  readonly dark: string;
  readonly width: number;
  readonly height: number;
}

/**
 * The report as one HTML page. Every text is escaped by the template engine; the page may load pictures from its own
 * folder and its own style sheet, and nothing else.
 *
 * @param pictures - of learning curves, by benchmark
 */
export function renderPage(page: PageModel, pictures: ReadonlyMap<string, PicturePaths>): string {
  const folder = join(packageRoot, 'reports');
  const style = readFileSync(join(folder, 'report.css'), 'utf8');
  const environment = new nunjucks.Environment(new nunjucks.FileSystemLoader(folder), {
    autoescape: true,
    throwOnUndefined: true,
    trimBlocks: true,
    lstripBlocks: true,
  });
  // A name may break after the signs that join its parts, but nowhere within them.
  environment.addFilter('nameParts', (name: string) => name.split(/(?<=[_./-])(?=\w)/));
  return environment.render('report.njk', {
    page,
    pictures: Object.fromEntries(pictures),
    style: new nunjucks.runtime.SafeString(style),
    policy: contentSecurityPolicy(style),
  });
}

/** Pages opened from disk have no origin of their own in some browsers, so `file:` stands beside `'self'`. */
function contentSecurityPolicy(style: string): string {
  const hash = createHash('sha256').update(style).digest('base64');
  return [
    "default-src 'none'",
    "img-src 'self' file:",
    `style-src 'sha256-${hash}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}
