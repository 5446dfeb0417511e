import { nearest } from '../../config/nearest.js';
import { KefuError } from '../../model/errors.js';
import { CATEGORY_TERMS, SEVERITY_TERMS } from '../../report/messages/terms.js';
import { PRESETS, RULES } from '../../rules/registry.js';
import type { Rule } from '../../rules/rule.js';
import type { CommandContext } from '../context.js';
import type { ExitCode } from '../exit.js';
import { columnsOf } from '../layout.js';
import type { Locale } from '../options.js';
import { Page } from '../page.js';
import { openSession } from '../session.js';

/** Lists the rules, or explains one: what it finds, why that matters, what to do instead, with examples. */
export async function run(context: CommandContext): Promise<ExitCode> {
  const { settings } = await openSession(context);
  const page = new Page(context.io, settings.color);
  const [id] = context.args;
  if (id === undefined) listRules(page, settings.locale);
  else explain(page, find(id), settings.locale);
  await page.print();
  return 0;
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

function explain(page: Page, { meta }: Rule, locale: Locale): void {
  const zh = locale === 'zh';
  page.heading(meta.id);
  page.paragraph(
    `${CATEGORY_TERMS[meta.category][locale]} · ${SEVERITY_TERMS[meta.severity][locale]} (${meta.severity})${experimental(meta, locale)}`,
  );
  page.heading(zh ? '查什么' : 'What it finds').paragraph(meta.docs.what[locale], 1);
  page.heading(zh ? '为什么' : 'Why it matters').paragraph(meta.docs.why[locale], 1);
  page.heading(zh ? '该怎么做' : 'What to do instead').paragraph(meta.docs.remedy[locale], 1);
  const options = Object.entries(meta.options ?? {});
  if (options.length > 0) {
    page.heading(zh ? '可调的项（配置文件 rules）' : 'Options (in rules of a config file)');
    page.rows(
      options.map(([name, value]) => [name, `${zh ? '默认' : 'default'} ${JSON.stringify(value)}`]),
      Math.max(...options.map(([name]) => name.length)),
    );
  }
  const examples = meta.examples ?? [];
  if (examples.length > 0) page.heading(zh ? '例子' : 'Examples');
  const roles = { agent: zh ? '客服' : 'agent', customer: zh ? '买家' : 'customer' };
  for (const example of examples) {
    const verdict = example.finds.length > 0 ? REPORTED : NOT_REPORTED;
    page.paragraph(verdict[locale] + example.title[locale], 1);
    example.turns.forEach((turn, at) => {
      const quotes = example.finds.filter((one) => one.turn === at).flatMap((one) => one.quote ?? []);
      const mark = quotes.length > 0 ? `   ← ${quotes.map((one) => `“${one}”`).join(' ')}` : '';
      page.paragraph(`${roles[turn.role]}${zh ? '：' : ': '}${turn.text}${mark}`, 2);
    });
  }
}

const REPORTED = { zh: '会报告：', en: 'reported: ' };
const NOT_REPORTED = { zh: '不报告：', en: 'not reported: ' };

function experimental(meta: Rule['meta'], locale: Locale): string {
  if (meta.stability === 'stable') return '';
  return locale === 'zh' ? '（试验性，不计分）' : ' (experimental, not scored)';
}

function firstSentence(text: string): string {
  return /^.*?[。.；;](?=\s|$|[^\d\s])/su.exec(text)?.[0].replace(/[。.；;]$/, '') ?? text;
}
