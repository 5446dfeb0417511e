import { nearest } from '../../config/nearest.js';
import { loadProfile, profileIds, profileText } from '../../config/profiles.js';
import { KefuError } from '../../model/errors.js';
import type { Profile } from '../../model/profile.js';
import { visible } from '../../report/visible.js';
import type { CommandContext } from '../context.js';
import type { ExitCode } from '../exit.js';
import { columnsOf } from '../layout.js';
import type { Locale } from '../options.js';
import { Page } from '../page.js';
import { metricName, metricText, profileLine, profileRows, word } from '../profile-text.js';
import { openSession } from '../session.js';
import { StreamSink } from '../stream-sink.js';

/** Lists the profiles, explains one in words, or with `-f json` prints its file, to be copied and changed. */
export async function run(context: CommandContext): Promise<ExitCode> {
  const { settings } = await openSession(context);
  const { locale } = settings;
  const [id] = context.args;
  const ids = await profileIds();
  if (id === undefined) {
    await list(context, ids, locale, settings.color);
    return 0;
  }
  if (!id.endsWith('.json') && !ids.includes(id)) {
    throw new KefuError('config', {
      data: { problem: 'unknown-profile', value: id, known: ids, suggestions: nearest(id, ids) },
    });
  }
  const profile = await loadProfile(id);
  if (context.flags.format?.at(-1) === 'json') {
    const out = new StreamSink(context.io.stdout);
    await out.write(await profileText(id));
    await out.commit();
    return 0;
  }
  const page = new Page(context.io, settings.color);
  show(page, profile, locale);
  await page.print();
  return 0;
}

async function list(
  { io }: CommandContext,
  ids: readonly string[],
  locale: Locale,
  color: ConstructorParameters<typeof Page>[1],
): Promise<void> {
  const profiles = await Promise.all(ids.map(loadProfile));
  const page = new Page(io, color);
  page.heading(locale === 'zh' ? '平台口径（--profile）' : 'Profiles (--profile)');
  page.rows(
    profiles.map((one) => [one.id, `${one.title[locale]}  ${profileLine(one, locale)}`]),
    Math.max(...ids.map((one) => one.length)),
  );
  await page.print();
}

function show(page: Page, profile: Profile, locale: Locale): void {
  page.heading(`${visible(profile.id)}  ${visible(profile.title[locale])}`);
  page.paragraph(profileLine(profile, locale));
  const rows = profileRows(profile, locale);
  page.heading(word('counts', locale));
  page.rows(rows, Math.max(...rows.map(([name]) => columnsOf(name))));
  const published = profile.metrics.filter((rule) => rule.title !== null);
  if (published.length > 0) {
    page.heading(word('figures', locale));
    for (const rule of published) {
      page.paragraph(`${metricName(rule, locale)} · ${rule.id}`, 1);
      page.paragraph(metricText(rule, locale), 2);
    }
  }
  const others = profile.metrics.filter((rule) => rule.title === null);
  if (others.length > 0) {
    page.heading(word('others', locale));
    for (const rule of others) {
      page.paragraph(`${metricName(rule, locale)} · ${rule.id}`, 1);
      page.paragraph(metricText(rule, locale), 2);
    }
  }
  if (profile.notes.length > 0) {
    page.heading(word('notes', locale));
    for (const note of profile.notes) page.paragraph(`· ${visible(note[locale])}`, 1);
  }
  page.heading(word('own', locale));
  page.line(`  kefu-audit profiles ${visible(profile.id)} -f json > mine.json`);
  page.line('  kefu-audit exports/ --profile mine.json');
}
