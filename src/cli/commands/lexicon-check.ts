import type { LexiconProblem } from '../../language/lexicon.js';
import { checkLexicon } from '../../language/load.js';
import { visible } from '../../report/visible.js';
import type { CommandContext } from '../context.js';
import type { ExitCode } from '../exit.js';
import type { Bilingual } from '../options.js';
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
    const detail = problem.detail === '' ? '' : `: ${visible(problem.detail)}`;
    page.line(`${place}${PROBLEMS[problem.code][locale]}${entry}${detail}`);
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

const PROBLEMS: Record<LexiconProblem['code'], Bilingual> = {
  syntax: { zh: '语法有误', en: 'syntax error' },
  schema: { zh: '不合格式', en: 'not of the right form' },
  template: { zh: '写法看不懂', en: 'a form cannot be understood' },
  'unknown-slot': { zh: '没有这个槽', en: 'unknown slot' },
  'duplicate-id': { zh: '编号重复', en: 'id used twice' },
  'duplicate-form': { zh: '写法重复', en: 'form used twice' },
  'never-matches': { zh: '永远不会命中', en: 'can never match' },
  'misses-hit': { zh: 'hit 例句没有命中', en: 'does not match its hit' },
  'hits-miss': { zh: 'miss 例句却命中了', en: 'matches its miss' },
  'useless-disguise': { zh: '变体没有用', en: 'a disguise does nothing' },
  'unknown-entry': { zh: '没有这个条目', en: 'unknown entry' },
};
