import { realpath, stat } from 'node:fs/promises';
import { KefuError } from '../model/errors.js';

/**
 * Keeps a report from taking the place of the chats that it is about.
 *
 * What the user named as input is never written to. Of a folder only its exports are protected: the report of the last
 * run, which often lies there, is replaced.
 */
export class OverwriteGuard {
  private constructor(private readonly targets: ReadonlySet<string>) {}

  /** @param writes paths that the run is going to write; what is not there yet, and what is no file, cannot be lost */
  static async of(writes: readonly string[]): Promise<OverwriteGuard> {
    const targets = new Set<string>();
    for (const path of writes) {
      try {
        if ((await stat(path)).isFile()) targets.add(await realpath(path));
      } catch {
        // Not there, or not to be reached: writing will say so.
      }
    }
    return new OverwriteGuard(targets);
  }

  /**
   * @param disk the file that holds the input, without links, or null
   * @throws KefuError `usage` when the run would write over it
   */
  check(disk: string | null, name: string): void {
    if (disk === null || !this.targets.has(disk)) return;
    throw new KefuError('usage', { data: { problem: 'output-is-input', value: name } });
  }
}
