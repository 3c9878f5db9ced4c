import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import nunjucks from 'nunjucks';
import { packageRoot } from '../../core/package-root.ts';
import { liveText } from './live-text.ts';

/** A file of the live page: its content and type. */
export interface PageFile {
  readonly content: string;
  readonly mediaType: string;
}

const scriptType = 'text/javascript; charset=utf-8';
/** Two bars of progress. */
const icon =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><path fill="#c3cad4" d="M1 3h14v4H1zm0 6h14v4H1z"/><path fill="#0072b2" d="M1 3h11v4H1zm0 6h6v4H1z"/></svg>';
const styleType = 'text/css; charset=utf-8';

/** The live page of a run and all that it loads, by path. The figures come later, as events. */
export function livePage(run: string, generator: string): Readonly<Record<string, PageFile>> {
  const folder = join(packageRoot, 'reports');
  const environment = new nunjucks.Environment(new nunjucks.FileSystemLoader(folder), {
    autoescape: true,
    throwOnUndefined: true,
    trimBlocks: true,
    lstripBlocks: true,
  });
  const read = (name: string) => readFileSync(join(folder, name), 'utf8');
  const page = environment.render('live.njk', { run: liveText(run), generator });
  return {
    '/': { content: page, mediaType: 'text/html; charset=utf-8' },
    '/live/icon.svg': { content: icon, mediaType: 'image/svg+xml' },
    '/live/live.js': { content: read('live.js'), mediaType: scriptType },
    '/live/live.css': { content: read('live.css'), mediaType: styleType },
    '/live/report.css': { content: read('report.css'), mediaType: styleType },
  };
}
