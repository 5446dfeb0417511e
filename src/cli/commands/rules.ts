import { nearest } from '../../config/nearest.js';
import { loadProfile } from '../../config/profiles.js';
import { DEFAULTS } from '../../config/settings.js';
import { zoneNamed } from '../../config/zone.js';
import { runExamples } from '../../eval/rule-examples.js';
import { loadLexicon } from '../../language/load.js';
import { KefuError } from '../../model/errors.js';
import { CATEGORY_TERMS, SEVERITY_TERMS } from '../../report/messages/terms.js';
import { createEngine } from '../../rules/engine.js';
import { CATALOGUE, PRESETS, RULES } from '../../rules/registry.js';
import type { Rule } from '../../rules/rule.js';
import type { CommandContext } from '../context.js';
import type { ExitCode } from '../exit.js';
import { columnsOf } from '../layout.js';
import type { Locale } from '../options.js';
import { Page } from '../page.js';
import { type RuleSheet, ruleSheet } from '../rule-sheet.js';
import { openSession } from '../session.js';

/** Lists the rules, or explains one: what it finds, why that matters, what to do instead, with examples that are run. */
export async function run(context: CommandContext): Promise<ExitCode> {
  const { settings } = await openSession(context);
  const page = new Page(context.io, settings.color);
  const [id] = context.args;
  if (id === undefined) listRules(page, settings.locale);
  else show(page, await sheetOf(find(id), settings.locale), settings.locale);
  await page.print();
  return 0;
}

/** The examples are not told but run, with the shipped words and the generic profile. */
async function sheetOf(rule: Rule, locale: Locale): Promise<RuleSheet> {
  const zone = zoneNamed(DEFAULTS.timezone);
  const [profile, lexicon] = await Promise.all([loadProfile('generic'), loadLexicon()]);
  const judge = createEngine({ lexicon, profile: () => profile, zone, preset: 'all' });
  return ruleSheet(rule, runExamples(rule.meta, judge, { profile, zone }), CATALOGUE, locale);
}

function find(id: string): Rule {
  const rule = RULES.find(({ meta }) => meta.id === id);
  if (rule) return rule;
  const ids = RULES.map(({ meta }) => meta.id);
  throw new KefuError('config', {
    data: { problem: 'unknown-rule', rule: id, suggestions: nearRule(id, ids) },
  });
}

/** Somebody who leaves out the category has the rest right. */
function nearRule(id: string, ids: readonly string[]): string[] {
  const same = ids.filter((one) => one.endsWith(`/${id}`) || one.startsWith(`${id}/`));
  return same.length > 0 ? same : nearest(id, ids);
}

function listRules(page: Page, locale: Locale): void {
  const width = Math.max(...RULES.map(({ meta }) => columnsOf(meta.id)));
  const severityWidth = Math.max(...Object.values(SEVERITY_TERMS).map((term) => columnsOf(term[locale])));
  for (const category of new Set(RULES.map(({ meta }) => meta.category))) {
    page.heading(`${CATEGORY_TERMS[category][locale]}  ${category}`);
    page.rows(
      RULES.filter(({ meta }) => meta.category === category).map(({ meta }) => {
        const severity = SEVERITY_TERMS[meta.severity][locale];
        const gap = ' '.repeat(severityWidth - columnsOf(severity));
        return [
          meta.id,
          `${severity}${gap}  ${firstSentence(meta.docs.what[locale])}${experimental(meta, locale)}`,
        ];
      }),
      width,
    );
  }
  page.heading(locale === 'zh' ? '规则集（--preset）' : 'Presets (--preset)');
  page.rows(
    Object.entries(PRESETS).map(([name, preset]) => [name, preset.title[locale]]),
    width,
  );
}

function show(page: Page, sheet: RuleSheet, locale: Locale): void {
  page.heading(sheet.id).paragraph(sheet.facts);
  for (const { heading, text } of sheet.sections) page.heading(heading).paragraph(text, 1);
  if (sheet.options.length > 0) {
    page.heading(sheet.optionsHeading);
    page.rows(
      sheet.options.map(({ name, value, text }) => [`${name}: ${value}`, text]),
      Math.max(...sheet.options.map(({ name, value }) => name.length + value.length + 2)),
    );
  }
  page.heading(sheet.settingHeading);
  for (const line of sheet.setting.split('\n')) page.line(`  ${line}`);
  if (sheet.examples.length > 0) page.heading(sheet.examplesHeading);
  for (const { title, lines } of sheet.examples) {
    page.paragraph(title, 1);
    for (const { speaker, text, findings } of lines) {
      page.paragraph(`${speaker}${locale === 'zh' ? '：' : ': '}${text}`, 2);
      for (const finding of findings) page.paragraph(`← ${finding}`, 3);
    }
  }
}

function experimental(meta: Rule['meta'], locale: Locale): string {
  if (meta.stability === 'stable') return '';
  return locale === 'zh' ? '（试验性，不计分）' : ' (experimental, not scored)';
}

function firstSentence(text: string): string {
  return /^.*?[。.；;](?=\s|$|[^\d\s])/su.exec(text)?.[0].replace(/[。.；;]$/, '') ?? text;
}
