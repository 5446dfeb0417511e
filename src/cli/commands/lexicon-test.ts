import type { Explanation, Rejection } from '../../language/lexicon.js';
import { loadLexicon } from '../../language/load.js';
import { termText } from '../../model/index.js';
import { visible } from '../../report/visible.js';
import { TERMS } from '../../rules/terms.js';
import type { CommandContext } from '../context.js';
import type { ExitCode } from '../exit.js';
import { REJECTIONS } from '../lexicon-problems.js';
import type { Locale } from '../options.js';
import { Page } from '../page.js';
import { openSession } from '../session.js';

/** Shows what the lexicon makes of a sentence: how it is read, what matches, and what was turned down and why. */
export async function run(context: CommandContext): Promise<ExitCode> {
  const { settings } = await openSession(context);
  const lexicon = await loadLexicon({
    files: settings.lexicon,
    disabled: settings.lexiconDisabled,
    segmenter: settings.segmenter,
  });
  const page = new Page(context.io, settings.color);
  show(page, lexicon.explain(context.args.join(' ')), settings.locale);
  await page.print();
  return 0;
}

function show(
  page: Page,
  { raw, normalized, steps, protected: kept, candidates, matches }: Explanation,
  locale: Locale,
): void {
  const zh = locale === 'zh';
  page.heading(zh ? '原文' : 'Text').paragraph(visible(raw), 1);
  if (normalized !== raw) page.heading(zh ? '还原后' : 'Read as').paragraph(visible(normalized), 1);
  const stepText = (step: string) => visible(termText(TERMS, step, locale));
  for (const { step, from, to } of steps) {
    const arrow = step.includes('→') ? '' : `  ${visible(from)} → ${visible(to)}`;
    page.paragraph(stepText(step) + arrow, 2);
  }
  if (kept.length > 0) page.heading(zh ? '不作判断的部分' : 'Left alone');
  for (const { kind, text } of kept) page.paragraph(`${kind}  ${visible(text)}`, 1);
  page.heading(zh ? '命中' : 'Matches');
  if (matches.length === 0) page.paragraph(zh ? '没有' : 'none', 1);
  for (const match of matches) {
    const path =
      match.path.length > 0 ? `  → ${visible(match.reading)} (${match.path.map(stepText).join(', ')})` : '';
    const [start, end] = match.span;
    page.paragraph(
      `“${visible(match.text)}” ${start}–${end}  ${match.category}  ${match.severity}  ${match.confidence}`,
      1,
    );
    page.paragraph(`${match.entryId}  ${visible(match.form)}${path}`, 2);
  }
  const rejected = candidates.filter((one) => one.verdict !== 'match');
  if (rejected.length > 0) page.heading(zh ? '看似命中，没有算' : 'Turned down');
  for (const one of rejected) {
    const verdict = REJECTIONS[one.verdict as Rejection][locale];
    const detail = one.detail === '' ? '' : ` (${visible(one.detail)})`;
    page.paragraph(`“${visible(one.text)}”  ${one.entryId}  ${verdict}${detail}`, 1);
  }
}
