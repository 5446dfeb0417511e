import { FROM_DEFAULTS, FROM_FLAGS } from '../../config/resolve.js';
import { visible } from '../../report/visible.js';
import { presetNamed, RULES } from '../../rules/registry.js';
import { applySettings } from '../../rules/settings.js';
import type { CommandContext } from '../context.js';
import type { ExitCode } from '../exit.js';
import { columnsOf } from '../layout.js';
import type { Bilingual, Locale } from '../options.js';
import { Page } from '../page.js';
import { openSession } from '../session.js';

/** Prints every setting with its value and where that is from, as YAML; then the rules as they will run. */
export async function run(context: CommandContext): Promise<ExitCode> {
  const { settings, origins, configFile } = await openSession(context);
  const { locale } = settings;
  const rows: [text: string, origin: string][] = [];
  for (const [key, value] of Object.entries(settings)) {
    if (key === 'rules') continue;
    if (key === 'columns' && Object.keys(settings.columns).length > 0) {
      rows.push(['columns:', '']);
      for (const [field, header] of Object.entries(settings.columns)) {
        rows.push([`  ${field}: ${json(header)}`, origins.get(`columns.${field}`) ?? '']);
      }
    } else {
      rows.push([`${key}: ${json(value)}`, origins.get(key) ?? '']);
    }
  }
  // What a rule comes to is a matter of preset and settings; the same code decides as in an audit.
  const preset = presetNamed(settings.preset);
  rows.push(['rules:', '']);
  const active = new Map(applySettings(RULES, preset, settings.rules).map((one) => [one.rule.meta.id, one]));
  for (const { meta } of RULES) {
    const rule = active.get(meta.id);
    const changed = origins.get(`rules.${meta.id}`) ?? origins.get(`rules.${meta.category}/*`);
    const value = rule ? { severity: rule.severity, ...rule.options } : 'off';
    const shown = rule && Object.keys(rule.options).length > 0 ? json(value) : (rule?.severity ?? '"off"');
    rows.push([`  ${meta.id}: ${shown}`, changed ?? `preset ${settings.preset}`]);
  }
  const width = Math.max(
    ...rows.filter(([, origin]) => origin !== '').map(([text]) => Math.min(columnsOf(text), 60)),
  );
  const page = new Page(context.io, 'never');
  page.paragraph(`# ${usedFile(configFile)[locale]}`);
  for (const [text, origin] of rows) {
    const gap = ' '.repeat(Math.max(1, width - columnsOf(text) + 2));
    page.line(origin === '' ? text : `${text}${gap}# ${visible(originName(origin, locale))}`);
  }
  await page.print();
  return 0;
}

function json(value: unknown): string {
  return visible(JSON.stringify(value));
}

function usedFile(file: string | null): Bilingual {
  if (file === null) return { zh: '没有用配置文件', en: 'no config file is used' };
  return { zh: `配置文件：${visible(file)}`, en: `config file: ${visible(file)}` };
}

function originName(origin: string, locale: Locale): string {
  if (locale === 'en') return origin;
  if (origin === FROM_DEFAULTS) return '默认';
  if (origin === FROM_FLAGS) return '命令行';
  return origin.replace(/^preset /, '规则集 ');
}
