import { OUR_CONVENTION } from '../config/resolve-profile.js';
import type { DayWindow, MetricRule, Profile, Sourced } from '../model/profile.js';
import { METRIC_TERMS, REASON_TERMS, term } from '../report/messages/terms.js';
import { visible } from '../report/visible.js';
import type { Bilingual, Locale } from './options.js';

/** How a profile counts, in words. The texts of users' profiles are made safe to print. */

const UNITS: Record<Profile['unit'], Bilingual> = {
  turns: { zh: '按轮次', en: 'turns' },
  sessions: { zh: '按会话', en: 'sessions' },
  people: { zh: '按人数', en: 'people' },
  'people-per-day': { zh: '按人数，每天一次', en: 'people, once a day' },
};

const CONFIDENCE: Record<Sourced<unknown>['confidence'], Bilingual> = {
  official: { zh: '平台原文', en: 'official' },
  repost: { zh: '转载', en: 'repost' },
  secondary: { zh: '二手资料', en: 'secondary' },
  convention: { zh: '约定', en: 'convention' },
};

const APPLIES: Record<DayWindow['appliesTo'], Bilingual> = {
  'turn-start': { zh: '看提问的时刻', en: 'by the moment of the question' },
  'turn-start-or-reply': {
    zh: '看提问的时刻，时段外提问、时段内回复的也算',
    en: 'by the moment of the question; asked outside and answered inside counts too',
  },
  'session-start': { zh: '看会话开始的时刻', en: 'by the moment the session began' },
};

const BOT_REPLIES: Record<Profile['botReplies']['value'], Bilingual> = {
  never: { zh: '机器人回复不算', en: 'a robot’s reply does not count' },
  'human-phase': {
    zh: '客服接待之后，机器人回复也算',
    en: 'once a human has spoken, a robot’s reply counts too',
  },
};

const CLOCKS: Record<MetricRule['clock'], Bilingual> = {
  customer: { zh: '顾客等的全部时间', en: 'all that the customer waited' },
  charged: {
    zh: '客服该负责的时间（不含机器人、排队、转接前和休息时间）',
    en: 'what the agent is answerable for (without robot, queue, time before a hand-over, closed hours)',
  },
};

const FIGURES: Record<MetricRule['figure'], Bilingual> = {
  mean: { zh: '等待的平均', en: 'mean of the waits' },
  median: { zh: '等待的中位数', en: 'median of the waits' },
  p90: { zh: '等待的 90 分位', en: '90th percentile of the waits' },
  p95: { zh: '等待的 95 分位', en: '95th percentile of the waits' },
  'share-within': { zh: '{within} 秒内回复的 ÷ 全部', en: 'answered within {within} s / all' },
  'share-unanswered': { zh: '到最后没有回复的 ÷ 全部', en: 'never answered / all' },
};

const WORDS = {
  counts: { zh: '怎样计', en: 'How it counts' },
  figures: { zh: '平台的指标', en: 'Figures of the platform' },
  others: { zh: '其余指标按本工具的约定', en: 'The other figures follow our conventions' },
  notes: { zh: '说明与冲突', en: 'Notes and conflicts' },
  own: { zh: '改成自己的', en: 'One of your own' },
  wholeDay: { zh: '全天', en: 'the whole day' },
  first: { zh: '每个会话的首次等待', en: 'the first wait of each session' },
} as const satisfies Record<string, Bilingual>;

export function word(name: keyof typeof WORDS, locale: Locale): string {
  return WORDS[name][locale];
}

/** `tmall · 2025-01 · 按轮次`. */
export function profileLine(profile: Profile, locale: Locale): string {
  return [profile.platform, profile.asOf, UNITS[profile.unit][locale]].join(' · ');
}

/** Names and values of a profile, each with its source. */
export function profileRows(profile: Profile, locale: Locale): [name: string, text: string][] {
  const zh = locale === 'zh';
  const seconds = ({ value }: Sourced<number>) => (zh ? `${value} 秒` : `${value} s`);
  const row = (name: Bilingual, sourced: Sourced<unknown>, text: string): [string, string] => [
    name[locale],
    `${text}${sourceOf(sourced, locale)}`,
  ];
  const { sessionGapMinutes: gap, window, botReplies } = profile;
  return [
    row(
      { zh: '静默多久算新会话', en: 'silence that ends a session' },
      gap,
      `${gap.value} ${zh ? '分钟' : 'min'}`,
    ),
    row({ zh: '评判的时段', en: 'hours that are judged' }, window, windowText(window.value, locale)),
    row(
      { zh: '什么算人工回复', en: 'what is a human reply' },
      botReplies,
      BOT_REPLIES[botReplies.value][locale],
    ),
    row(
      { zh: '首次响应上限', en: 'first reply at the latest' },
      profile.firstResponseSeconds,
      seconds(profile.firstResponseSeconds),
    ),
    row(
      { zh: '后续响应上限', en: 'later replies at the latest' },
      profile.responseSeconds,
      seconds(profile.responseSeconds),
    ),
    row(
      { zh: '最慢（slow 为 1）', en: 'slowest (slow is 1)' },
      profile.slowestSeconds,
      seconds(profile.slowestSeconds),
    ),
    row(
      { zh: '多久算未回复', en: 'unanswered after' },
      profile.unansweredSeconds,
      seconds(profile.unansweredSeconds),
    ),
  ];
}

/** What a figure is called: the platform's name for it, else ours. */
export function metricName(rule: MetricRule, locale: Locale): string {
  return visible(rule.title?.[locale] ?? term(METRIC_TERMS, rule.id, locale));
}

/** How a figure is counted, in a sentence. */
export function metricText(rule: MetricRule, locale: Locale): string {
  const zh = locale === 'zh';
  const parts = [
    UNITS[rule.unit][locale],
    FIGURES[rule.figure][locale].replace('{within}', String(rule.withinSeconds)),
  ];
  if (rule.waits === 'first') parts.push(WORDS.first[locale]);
  parts.push(rule.window === null ? WORDS.wholeDay[locale] : windowText(rule.window, locale));
  parts.push(CLOCKS[rule.clock][locale]);
  if (rule.capSeconds !== null) {
    parts.push(zh ? `每次最多计 ${rule.capSeconds} 秒` : `each counts for at most ${rule.capSeconds} s`);
  }
  if (rule.exclude.length > 0) {
    const reasons = rule.exclude.map((one) => term(REASON_TERMS, one, locale)).join(zh ? '、' : ', ');
    parts.push(zh ? `不计：${reasons}` : `without: ${reasons}`);
  }
  if (rule.target !== null) {
    parts.push(zh ? `要求：${visible(rule.target.zh)}` : `asked for: ${visible(rule.target.en)}`);
  }
  return `${parts.join(zh ? '；' : '; ')}${sourceOf(rule, locale)}`;
}

function sourceOf(
  { source, confidence, asOf }: Pick<Sourced<unknown>, 'source' | 'confidence' | 'asOf'>,
  locale: Locale,
): string {
  const dated = asOf === undefined || source === OUR_CONVENTION ? '' : ` ${asOf}`;
  const text = `${CONFIDENCE[confidence][locale]}${dated}`;
  const note = typeof source === 'string' ? source : source[locale];
  if (source === OUR_CONVENTION) return locale === 'zh' ? `（${text}）` : ` (${text})`;
  return locale === 'zh' ? `（${text}：${visible(note)}）` : ` (${text}: ${visible(note)})`;
}

function windowText(window: DayWindow, locale: Locale): string {
  if (window.startSecond === 0 && window.endSecond === 86_400) return WORDS.wholeDay[locale];
  const hours = `${clock(window.startSecond)}–${clock(window.endSecond)}`;
  return locale === 'zh'
    ? `${hours}，${APPLIES[window.appliesTo].zh}`
    : `${hours}, ${APPLIES[window.appliesTo].en}`;
}

function clock(second: number): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${two(Math.floor(second / 3600))}:${two(Math.floor((second % 3600) / 60))}`;
}
