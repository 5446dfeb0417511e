import { changeBaseline } from '../baseline-run.js';
import type { CommandContext } from '../context.js';
import type { ExitCode } from '../exit.js';

/** Drops the entries that conversations of these inputs no longer show; those of other conversations stay. */
export function run(context: CommandContext): Promise<ExitCode> {
  return changeBaseline(context, (before, found) => {
    for (const { fingerprint } of found) before.has(fingerprint);
    const after = before.pruned();
    const count = before.size - after.size;
    const kept = before.unseenCount;
    return {
      after,
      told: (path) => ({
        zh: `去掉 ${count} 条，已写入 ${path}${kept === 0 ? '' : `；另有 ${kept} 条的会话不在这些输入里，原样保留`}`,
        en: `${count} dropped, wrote ${path}${kept === 0 ? '' : `; kept ${kept} whose conversations are not in these inputs`}`,
      }),
    };
  });
}
