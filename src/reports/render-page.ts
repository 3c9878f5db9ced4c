import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import nunjucks from 'nunjucks';
import { packageRoot } from '../core/package-root.ts';

/** Addresses of a section's pictures, relative to the page. */
export interface PicturePaths {
  readonly light: string;
  readonly dark: string;
  readonly width: number;
  readonly height: number;
}

/** Pages of a report, by the name of their template. */
export type PageTemplate = 'report' | 'runs' | 'trust';

/**
 * One page of a report as HTML. Every text is escaped by the template engine; the page may load pictures and scripts from
 * its own folder and its own style sheet, and nothing else.
 *
 * @param page - what the template shows
 * @param pictures - of charts, by their id
 */
export function renderPage(
  template: PageTemplate,
  page: { readonly run: string; readonly generator: string },
  pictures: ReadonlyMap<string, PicturePaths>,
): string {
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
  return environment.render(`${template}.njk`, {
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
    "script-src 'self' file:",
    "img-src 'self' file:",
    `style-src 'sha256-${hash}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}
