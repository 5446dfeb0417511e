import type { ExampleRun } from '../eval/rule-examples.js';
import { type MessageCatalogue, renderMessage } from '../model/catalogue.js';
import { CATEGORY_TERMS, SEVERITY_TERMS } from '../report/messages/terms.js';
import { OPTION_TERMS } from '../rules/option-terms.js';
import { PRESETS } from '../rules/registry.js';
import type { Rule } from '../rules/rule.js';
import type { Bilingual, Locale } from './options.js';

/** Everything that the page of a rule says, in one language, for the terminal and for docs/rules alike. */
export interface RuleSheet {
  id: string;
  /** `辱骂 · 严重 (error)`. */
  facts: string;
  /** What it finds, why that matters, what to do instead. */
  sections: { heading: string; text: string }[];
  optionsHeading: string;
  options: { name: string; value: string; text: string }[];
  settingHeading: string;
  /** How a config file changes the rule: YAML. */
  setting: string;
  examplesHeading: string;
  examples: SheetExample[];
}

export interface SheetExample {
  /** `会报告：…`, made from what the rule really found. */
  title: string;
  lines: SheetLine[];
}

export interface SheetLine {
  /** `客服`, with the name where two speak, and the time where the example has times. */
  speaker: string;
  text: string;
  /** Sentences of the findings on the turn that ends here. */
  findings: string[];
}

const WORDS = {
  what: { zh: '查什么', en: 'What it finds' },
  why: { zh: '为什么', en: 'Why it matters' },
  remedy: { zh: '该怎么做', en: 'What to do instead' },
  options: { zh: '可调的项', en: 'Options' },
  setting: { zh: '在配置文件中', en: 'In a config file' },
  examples: { zh: '例子', en: 'Examples' },
  reported: { zh: '会报告：', en: 'Reported: ' },
  notReported: { zh: '不报告：', en: 'Not reported: ' },
  agent: { zh: '客服', en: 'agent' },
  customer: { zh: '顾客', en: 'customer' },
  system: { zh: '系统', en: 'system' },
  experimental: { zh: '试验性，不计分', en: 'experimental, not scored' },
  presets: { zh: '规则集 {names}', en: 'in presets {names}' },
} as const satisfies Record<string, Bilingual>;

/**
 * @param runs the rule's examples, as judged
 * @param catalogue words of findings
 */
export function ruleSheet(
  rule: Rule,
  runs: readonly ExampleRun[],
  catalogue: MessageCatalogue,
  locale: Locale,
): RuleSheet {
  const { meta } = rule;
  const word = (name: keyof typeof WORDS) => WORDS[name][locale];
  return {
    id: meta.id,
    facts: factsOf(rule, locale),
    sections: (['what', 'why', 'remedy'] as const).map((part) => ({
      heading: word(part),
      text: meta.docs[part][locale],
    })),
    optionsHeading: word('options'),
    options: Object.entries(meta.options ?? {}).map(([name, value]) => ({
      name,
      value: JSON.stringify(value),
      text: OPTION_TERMS[name]?.[locale] ?? '',
    })),
    settingHeading: word('setting'),
    setting: settingOf(rule),
    examplesHeading: word('examples'),
    examples: runs.map((run) => exampleOf(run, catalogue, locale)),
  };
}

/** `辱骂 · 严重 (error) · 规则集 recommended、all、strict`. */
function factsOf(rule: Rule, locale: Locale): string {
  const { meta } = rule;
  const presets = Object.entries(PRESETS).flatMap(([name, preset]) =>
    preset.severityOf(rule) === 'off' ? [] : name,
  );
  return [
    CATEGORY_TERMS[meta.category][locale],
    locale === 'zh' ? `${SEVERITY_TERMS[meta.severity].zh} (${meta.severity})` : meta.severity,
    ...(meta.stability === 'stable' ? [] : [WORDS.experimental[locale]]),
    WORDS.presets[locale].replace('{names}', presets.join(locale === 'zh' ? '、' : ', ')),
  ].join(' · ');
}

/** The rule as it is by default, ready to be changed. */
function settingOf({ meta }: Rule): string {
  const options = Object.entries(meta.options ?? {});
  const head = `rules:\n  ${meta.id}:`;
  if (options.length === 0) return `${head} ${meta.severity}`;
  const lines = [['severity', meta.severity], ...options].map(([name, value]) => `    ${name}: ${value}`);
  return [head, ...lines].join('\n');
}

function exampleOf(
  { example, findings }: ExampleRun,
  catalogue: MessageCatalogue,
  locale: Locale,
): SheetExample {
  const verdict = findings.length > 0 ? WORDS.reported : WORDS.notReported;
  const isTimed = example.turns.some(({ at }) => at !== undefined);
  return {
    title: verdict[locale] + example.title[locale],
    lines: example.turns.map((turn, index) => ({
      speaker: [
        ...(isTimed ? [clock(turn.at ?? 0, locale)] : []),
        WORDS[turn.role][locale],
        ...(turn.speaker === undefined ? [] : [turn.speaker]),
      ].join(' '),
      text: turn.text,
      findings: findings
        .filter(({ line }) => line === index)
        .map(
          ({ finding }) =>
            `${SEVERITY_TERMS[finding.severity][locale]}${locale === 'zh' ? '：' : ': '}${renderMessage(catalogue, finding, locale)}`,
        ),
    })),
  };
}

/** `10:03:20`, as if the chat had begun at ten; `day 3, 09:00:00` when that is not on the first day. */
function clock(seconds: number, locale: Locale): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const hours = 10 + Math.floor(seconds / 3600);
  const time = `${two(hours % 24)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  const day = Math.floor(hours / 24) + 1;
  if (day === 1) return time;
  return locale === 'zh' ? `第${day}天 ${time}` : `day ${day}, ${time}`;
}
