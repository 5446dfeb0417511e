import { checkLexicon } from '../../language/load.js';
import { visible } from '../../report/visible.js';
import type { CommandContext } from '../context.js';
import type { ExitCode } from '../exit.js';
import { LEXICON_PROBLEMS, lexiconDetail } from '../lexicon-problems.js';
import { Page } from '../page.js';
import { openSession } from '../session.js';

/** Runs every example of every entry. Exit code 1 when something is wrong with a lexicon. */
export async function run(context: CommandContext): Promise<ExitCode> {
  const { settings } = await openSession(context);
  const { locale } = settings;
  const problems = await checkLexicon({ files: [...settings.lexicon, ...context.args] });
  const page = new Page(context.io, settings.color);
  for (const problem of problems) {
    const place = problem.file === '' ? '' : `${visible(problem.file)}:${problem.line}: `;
    const entry = problem.entryId === '' ? '' : ` ${visible(problem.entryId)}`;
    const detail =
      problem.detail === '' ? '' : `: ${visible(lexiconDetail(problem.code, problem.detail, locale))}`;
    page.line(`${place}${LEXICON_PROBLEMS[problem.code][locale]}${entry}${detail}`);
  }
  await page.print();
  if (problems.length === 0) {
    context.terminal.say('ok', { zh: '词库没有问题', en: 'nothing wrong with the lexicons' }[locale]);
    return 0;
  }
  const count = problems.length;
  context.terminal.say(
    'error',
    { zh: `词库有 ${count} 处问题`, en: `${count} ${count === 1 ? 'problem' : 'problems'} in the lexicons` }[
      locale
    ],
  );
  return 1;
}
