/**
 * Writes docs/rules/: an index and a page for every rule, in both languages, from the rules themselves; the findings of
 * examples are those of a run. `npx tsx scripts/build-rule-docs.ts`; test/rules/pages.test.ts holds the pages against
 * the rules.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Bilingual, Locale } from '../src/cli/options.js';
import { type RuleSheet, ruleSheet } from '../src/cli/rule-sheet.js';
import { loadProfile } from '../src/config/profiles.js';
import { type ExampleRun, runExamples } from '../src/eval/rule-examples.js';
import { loadLexicon } from '../src/language/load.js';
import { Zone } from '../src/model/index.js';
import { CATEGORY_TERMS } from '../src/report/messages/terms.js';
import { createEngine } from '../src/rules/engine.js';
import { CATALOGUE, PRESETS, RULES } from '../src/rules/registry.js';

const WORDS = {
  title: { zh: '规则', en: 'Rules' },
  made: {
    zh: '本页由 `scripts/build-rule-docs.ts` 生成，请勿手改。',
    en: 'Made by `scripts/build-rule-docs.ts`; do not edit.',
  },
  intro: {
    zh: '每条规则一页：查什么、为什么、该怎么做，例子都实际跑过。`kefu-audit rules <编号>` 在终端显示同样的内容。',
    en: 'A page for each rule: what it finds, why that matters, what to do instead; the examples are run. `kefu-audit rules <id>` shows the same in the terminal.',
  },
  rule: { zh: '规则', en: 'rule' },
  finds: { zh: '查什么', en: 'what it finds' },
  severity: { zh: '级别', en: 'severity' },
  presets: { zh: '规则集', en: 'Presets' },
  preset: { zh: '规则集（`--preset`）', en: 'preset (`--preset`)' },
  meaning: { zh: '含义', en: 'meaning' },
  option: { zh: '项', en: 'option' },
  default: { zh: '默认', en: 'default' },
  all: { zh: '全部规则', en: 'All rules' },
} as const satisfies Record<string, Bilingual>;

/** File name of a page in a language: English has the plain one. */
function fileOf(name: string, locale: Locale): string {
  return locale === 'zh' ? `${name}.zh-CN.md` : `${name}.md`;
}

/** File (from the root of the repository) to text of every page, and what the examples made. */
export async function buildRuleDocs(): Promise<{
  pages: Map<string, string>;
  runs: Map<string, ExampleRun[]>;
}> {
  const zone = new Zone('Asia/Shanghai');
  const [profile, lexicon] = await Promise.all([loadProfile('generic'), loadLexicon()]);
  const judge = createEngine({ lexicon, profile: () => profile, zone, preset: 'all' });
  const pages = new Map<string, string>();
  const runs = new Map(RULES.map(({ meta }) => [meta.id, runExamples(meta, judge, { profile, zone })]));
  for (const locale of ['en', 'zh'] as const) {
    pages.set(`docs/rules/${fileOf('README', locale)}`, index(locale));
    for (const rule of RULES) {
      const { id } = rule.meta;
      const sheet = ruleSheet(rule, runs.get(id)!, CATALOGUE, locale);
      pages.set(`docs/rules/${fileOf(id, locale)}`, page(sheet, locale));
    }
  }
  return { pages, runs };
}

function index(locale: Locale): string {
  const word = (name: keyof typeof WORDS) => WORDS[name][locale];
  const parts = [
    `# ${word('title')}`,
    `${word('made')} ${locale === 'zh' ? '[English](README.md)' : '[中文](README.zh-CN.md)'}`,
    word('intro'),
  ];
  for (const category of new Set(RULES.map(({ meta }) => meta.category))) {
    parts.push(
      `## ${locale === 'zh' ? `${CATEGORY_TERMS[category].zh} ` : ''}\`${category}\``,
      table(
        [word('rule'), word('severity'), word('finds')],
        RULES.filter(({ meta }) => meta.category === category).map(({ meta }) => [
          `[\`${meta.id}\`](${fileOf(meta.id, locale)})`,
          meta.severity,
          meta.docs.what[locale],
        ]),
      ),
    );
  }
  parts.push(
    `## ${word('presets')}`,
    table(
      [word('preset'), word('meaning')],
      Object.entries(PRESETS).map(([name, { title }]) => [`\`${name}\``, title[locale]]),
    ),
  );
  return `${parts.join('\n\n')}\n`;
}

function page(sheet: RuleSheet, locale: Locale): string {
  const word = (name: keyof typeof WORDS) => WORDS[name][locale];
  const name = sheet.id.slice(sheet.id.indexOf('/') + 1);
  const other = locale === 'zh' ? `[English](${name}.md)` : `[中文](${name}.zh-CN.md)`;
  const parts = [
    `# ${sheet.id}`,
    `${word('made')} [${word('all')}](../${fileOf('README', locale)}) · ${other}`,
    sheet.facts,
    ...sheet.sections.flatMap(({ heading, text }) => [`## ${heading}`, text]),
  ];
  if (sheet.options.length > 0) {
    parts.push(
      `## ${sheet.optionsHeading}`,
      table(
        [word('option'), word('default'), word('meaning')],
        sheet.options.map((option) => [`\`${option.name}\``, `\`${option.value}\``, option.text]),
      ),
    );
  }
  parts.push(
    `## ${sheet.settingHeading}`,
    `\`\`\`yaml\n${sheet.setting}\n\`\`\``,
    `## ${sheet.examplesHeading}`,
  );
  for (const { title, lines } of sheet.examples) {
    const said = lines.flatMap(({ speaker, text, findings }) => [
      `- **${speaker}** ${escaped(text)}`,
      ...findings.map((finding) => `  - ${escaped(finding)}`),
    ]);
    parts.push(`### ${title}`, said.join('\n'));
  }
  return `${parts.join('\n\n')}\n`;
}

/** Words of a chat are not to be read as Markdown. */
function escaped(text: string): string {
  return text.replace(/[\\`*_[\]<>|#]/g, '\\$&').replaceAll('\n', '<br>');
}

function table(head: string[], rows: string[][]): string {
  const line = (cells: string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const root = new URL('../', import.meta.url);
  const { pages, runs } = await buildRuleDocs();
  for (const [id, examples] of runs) {
    for (const { example, isAsPromised } of examples) {
      if (!isAsPromised) console.warn(`${id}: “${example.title.en}” does not give what it promises`);
    }
  }
  // Pages of rules that are no more.
  rmSync(new URL('docs/rules/', root), { recursive: true, force: true });
  for (const [path, text] of pages) {
    const file = fileURLToPath(new URL(path, root));
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}
