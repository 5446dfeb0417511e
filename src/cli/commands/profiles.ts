import { nearest } from '../../config/nearest.js';
import { loadProfile, profileIds } from '../../config/profiles.js';
import { KefuError } from '../../model/errors.js';
import type { Profile, Sourced } from '../../model/profile.js';
import { visible } from '../../report/visible.js';
import type { CommandContext } from '../context.js';
import type { ExitCode } from '../exit.js';
import { columnsOf } from '../layout.js';
import type { Bilingual, Locale } from '../options.js';
import { Page } from '../page.js';
import { openSession } from '../session.js';

/** Lists the profiles, or shows one with the source of each number. */
export async function run(context: CommandContext): Promise<ExitCode> {
  const { settings } = await openSession(context);
  const { locale } = settings;
  const page = new Page(context.io, settings.color);
  const [id] = context.args;
  const ids = await profileIds();
  if (id === undefined) {
    const profiles = await Promise.all(ids.map(loadProfile));
    page.heading(locale === 'zh' ? '平台口径（--profile）' : 'Profiles (--profile)');
    page.rows(
      profiles.map((one) => [one.id, `${one.title[locale]}  ${one.asOf}`]),
      Math.max(...ids.map((one) => one.length)),
    );
  } else {
    if (!id.endsWith('.json') && !ids.includes(id)) {
      throw new KefuError('config', {
        data: { problem: 'unknown-profile', value: id, known: ids, suggestions: nearest(id, ids) },
      });
    }
    show(page, await loadProfile(id), locale);
  }
  await page.print();
  return 0;
}

const UNITS: Record<Profile['unit'], Bilingual> = {
  turns: { zh: '按轮次', en: 'turns' },
  sessions: { zh: '按会话', en: 'sessions' },
  people: { zh: '按人数', en: 'people' },
};

const CONFIDENCE: Record<Sourced<unknown>['confidence'], Bilingual> = {
  official: { zh: '平台原文', en: 'official' },
  repost: { zh: '转载', en: 'repost' },
  secondary: { zh: '二手资料', en: 'secondary' },
  convention: { zh: '本工具约定', en: 'our convention' },
};

function show(page: Page, profile: Profile, locale: Locale): void {
  const zh = locale === 'zh';
  const seconds = (value: number) => `${value} ${zh ? '秒' : 's'}`;
  const rows: [Bilingual, Sourced<unknown>, string][] = [
    [
      { zh: '静默多久算新会话', en: 'silence that ends a conversation' },
      profile.sessionGapMinutes,
      `${profile.sessionGapMinutes.value} ${zh ? '分钟' : 'min'}`,
    ],
    [
      { zh: '计时时段', en: 'hours that count' },
      profile.window,
      `${clock(profile.window.value.startSecond)}–${clock(profile.window.value.endSecond)}`,
    ],
    [
      { zh: '首次响应上限', en: 'first response limit' },
      profile.firstResponseSeconds,
      seconds(profile.firstResponseSeconds.value),
    ],
    [
      { zh: '响应上限', en: 'response limit' },
      profile.responseSeconds,
      seconds(profile.responseSeconds.value),
    ],
    [
      { zh: '最慢（slow 为 1）', en: 'slowest (slow is 1)' },
      profile.slowestSeconds,
      seconds(profile.slowestSeconds.value),
    ],
    [
      { zh: '均值封顶', en: 'cap in means' },
      profile.capSeconds,
      profile.capSeconds.value === null ? (zh ? '不封顶' : 'none') : seconds(profile.capSeconds.value),
    ],
    [
      { zh: '多久算未回复', en: 'unanswered after' },
      profile.unansweredSeconds,
      seconds(profile.unansweredSeconds.value),
    ],
  ];
  page.heading(`${visible(profile.id)}  ${visible(profile.title[locale])}`);
  page.paragraph(`${profile.platform} · ${profile.asOf} · ${UNITS[profile.unit][locale]}`);
  const width = Math.max(...rows.map(([name]) => columnsOf(name[locale])));
  page.rows(
    rows.map(([name, { source, confidence }, value]) => [
      name[locale],
      zh
        ? `${value}（${CONFIDENCE[confidence].zh}：${visible(source)}）`
        : `${value} (${CONFIDENCE[confidence].en}: ${visible(source)})`,
    ]),
    width,
  );
}

function clock(second: number): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${two(Math.floor(second / 3600))}:${two(Math.floor((second % 3600) / 60))}`;
}
