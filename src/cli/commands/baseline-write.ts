import { changeBaseline } from '../baseline-run.js';
import type { CommandContext } from '../context.js';
import type { ExitCode } from '../exit.js';

/** Adds every finding of these inputs to the baseline. */
export function run(context: CommandContext): Promise<ExitCode> {
  return changeBaseline(context, (before, found) => {
    const after = before.with(found);
    const count = after.size - before.size;
    return {
      after,
      told: (path) => ({
        zh: `新确认 ${count} 条，已写入 ${path}`,
        en: `${count} accepted, wrote ${path}`,
      }),
    };
  });
}
