import { changeBaseline } from '../baseline-run.js';
import type { CommandContext } from '../context.js';
import type { ExitCode } from '../exit.js';

/** Drops the entries that these inputs no longer show. */
export function run(context: CommandContext): Promise<ExitCode> {
  return changeBaseline(
    context,
    (before, found) => {
      for (const { fingerprint } of found) before.has(fingerprint);
      const after = before.pruned();
      return { after, count: before.size - after.size };
    },
    (count, path, { locale }) =>
      locale === 'zh' ? `去掉 ${count} 条，已写入 ${path}` : `${count} dropped, wrote ${path}`,
  );
}
