import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

function findPackageRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error('package.json of synthrl not found above its own code');
    folder = parent;
  }
  return folder;
}

/** The folder that holds package.json, benchmarks/, reports/: the same from source and from the built program. */
export const packageRoot = findPackageRoot();

/** Version of this program, from package.json. */
export const programVersion: string = (
  JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as { version: string }
).version;
