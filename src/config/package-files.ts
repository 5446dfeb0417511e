import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Absolute path of a file that ships with the package (`profiles/generic.json`): found from this module upward, so that
 * it is right from the sources, from `dist` and from an installed package, whatever the working directory.
 */
export function packageFile(path: string): string {
  return join(packageRoot(), path);
}

let root: string | null = null;

function packageRoot(): string {
  if (root !== null) return root;
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error('package.json of kefu-audit not found');
    folder = parent;
  }
  root = folder;
  return folder;
}

/** Version of this package. */
export function packageVersion(): string {
  return (JSON.parse(readFileSync(packageFile('package.json'), 'utf8')) as { version: string }).version;
}
