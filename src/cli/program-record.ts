import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../core/package-root.ts';

/** Packages that shape what is asked or counted. */
const recorded = ['openai', 'undici', 'sharp', 'p-queue', 'zod'];

/** Git revision of this program (`-dirty` where files were changed) and versions of its packages. */
export function programRecord(): { revision?: string; packages: Record<string, string> } {
  const manifest = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>;
  };
  const packages = Object.fromEntries(recorded.map((name) => [name, manifest.dependencies[name] ?? 'unknown']));
  const revision = gitRevision();
  return revision === undefined ? { packages } : { revision, packages };
}

function gitRevision(): string | undefined {
  // Installed from a package there is no repository, and one further up would be somebody else's.
  if (!existsSync(join(packageRoot, '.git'))) return undefined;
  try {
    const git = (...words: string[]) =>
      execFileSync('git', words, {
        cwd: packageRoot,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
        timeout: 5000,
      }).trim();
    const dirty = git('status', '--porcelain', '--untracked-files=no') === '' ? '' : '-dirty';
    return git('rev-parse', 'HEAD') + dirty;
  } catch {
    // No git on this machine: the version and packages are recorded all the same.
    return undefined;
  }
}
