import { changeBaseline } from '../baseline-run.js';
import type { CommandContext } from '../context.js';
import type { ExitCode } from '../exit.js';

/** Adds every finding of these inputs to the baseline. */
export function run(context: CommandContext): Promise<ExitCode> {
  return changeBaseline(
    context,
    (before, found) => {
      const after = before.with(found);
      return { after, count: after.size - before.size };
    },
    (count, path, { locale }) =>
      locale === 'zh' ? `新确认 ${count} 条，已写入 ${path}` : `${count} accepted, wrote ${path}`,
  );
}
