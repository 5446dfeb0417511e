import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

let root: string | null = null;

/** The folder of this package, from the sources as well as from `dist`: the one above that holds `lexicons/`. */
export function packageRoot(): string {
  if (root === null) {
    let folder = dirname(fileURLToPath(import.meta.url));
    while (!existsSync(join(folder, 'lexicons')) && folder !== dirname(folder)) folder = dirname(folder);
    root = folder;
  }
  return root;
}
