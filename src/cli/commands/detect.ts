import { resolveAuditOptions } from '../../config/options.js';
import { zoneNamed } from '../../config/zone.js';
import { type DetectionSample, detectInputs, type InputDetection } from '../../ingest/ingest.js';
import { readerById } from '../../ingest/readers/index.js';
import { type ErrorCode, KefuError } from '../../model/errors.js';
import { ROLES } from '../../model/message.js';
import type { Zone } from '../../model/zone.js';
import { noticeText } from '../../report/messages/notices.js';
import { ROLE_REASON_TERMS, ROLE_TERMS, term } from '../../report/messages/terms.js';
import { visible } from '../../report/visible.js';
import type { CommandContext } from '../context.js';
import { errorText } from '../error-text.js';
import type { ExitCode } from '../exit.js';
import { columnsOf } from '../layout.js';
import type { Bilingual, Locale } from '../options.js';
import { Page } from '../page.js';
import { auditOptionsOf, openSession } from '../session.js';
import { sniffText } from '../sniff-text.js';

/**
 * Says of each input which reader would read it and why, and what that reader makes of the beginning.
 *
 * @returns 2 when an audit of these inputs could not read them all; what is merely no export is told of and, in folders,
 *   forgiven
 */
export async function run(context: CommandContext): Promise<ExitCode> {
  const { settings } = await openSession(context);
  const zone = zoneNamed(settings.timezone);
  const options = { ...resolveAuditOptions(auditOptionsOf(settings, context)), zone };
  const named = new Set(context.args.map((arg) => (arg === '-' ? settings.stdinFilename : arg)));
  let recognised = 0;
  let failed = false;
  for await (const detection of detectInputs(context.args, options)) {
    const page = new Page(context.io, settings.color);
    describe(page, detection, zone, settings.locale);
    await page.print();
    if (detection.error === null) {
      recognised++;
    } else if (named.has(detection.file) || !NO_EXPORT.has(detection.error.code)) {
      failed = true;
      await context.terminal.fail(detection.error);
    }
  }
  if (recognised > 0 || failed) return failed ? 2 : 0;
  await context.terminal.fail(new KefuError('no-exports', { file: context.args.join(' ') }));
  return 2;
}

/** What files in folders may be without anybody minding. */
const NO_EXPORT: ReadonlySet<ErrorCode> = new Set([
  'unknown-format',
  'unsupported-format',
  'binary-file',
  'empty-file',
]);

const NAMES = {
  reader: { zh: '格式', en: 'format' },
  encoding: { zh: '编码', en: 'encoding' },
  content: { zh: '内容', en: 'content' },
  roles: { zh: '身份', en: 'roles' },
  unknown: { zh: '不明', en: 'unknown' },
  why: { zh: '依据', en: 'because' },
  others: { zh: '也像', en: 'also like' },
  notices: { zh: '注意', en: 'note' },
  error: { zh: '问题', en: 'problem' },
} as const satisfies Record<string, Bilingual>;

function describe(page: Page, detection: InputDetection, zone: Zone, locale: Locale): void {
  const { file, readerId, encoding, candidates, sample, error } = detection;
  const rows: [string, string][] = [];
  const row = (name: keyof typeof NAMES, text: string) => rows.push([NAMES[name][locale], text]);
  const chosen = candidates.find((one) => one.readerId === readerId);
  if (readerId !== null) row('reader', `${readerId}  ${readerById(readerId)?.title[locale] ?? ''}`.trimEnd());
  if (encoding !== null) row('encoding', encoding);
  if (chosen) row('why', scored(chosen, false, locale));
  for (const other of candidates.filter((one) => one !== chosen)) row('others', scored(other, true, locale));
  if (sample) {
    row('content', contentOf(sample, zone, locale));
    const roles = rolesOf(sample, locale);
    if (roles !== '') row('roles', roles);
    if (sample.unknownNames.length > 0) row('unknown', namesOf(sample.unknownNames, locale));
    for (const notice of sample.notices) row('notices', noticeText(notice, locale));
  }
  if (error) row('error', errorText(error, locale).what);
  page.heading(visible(file));
  page.rows(rows, Math.max(0, ...rows.map(([name]) => columnsOf(name))));
}

function scored(
  { readerId, score, why }: InputDetection['candidates'][number],
  withId: boolean,
  locale: Locale,
): string {
  return `${withId ? `${readerId} ` : ''}${score.toFixed(2)}  ${visible(sniffText(why, locale))}`;
}

function contentOf(
  { complete, messageCount, skipCount, fromMs, toMs }: DetectionSample,
  zone: Zone,
  locale: Locale,
): string {
  const zh = locale === 'zh';
  const part = complete ? '' : zh ? '开头有 ' : 'the beginning has ';
  const counts = zh
    ? `${messageCount} 条消息，跳过 ${skipCount} 条`
    : `${messageCount} messages, ${skipCount} skipped`;
  const between = (from: number, to: number) =>
    zh ? `，${zone.iso(from)} 至 ${zone.iso(to)}` : `, ${zone.iso(from)} to ${zone.iso(to)}`;
  const period =
    fromMs === null || toMs === null ? (zh ? '，没有时间' : ', no times') : between(fromMs, toMs);
  return part + counts + period;
}

/** How many of the unknown are named. */
const NAMED = 10;

/** Who it is that `--agent` and `--customer` should name. */
function namesOf(names: readonly string[], locale: Locale): string {
  const zh = locale === 'zh';
  const shown = names
    .slice(0, NAMED)
    .map(visible)
    .join(zh ? '、' : ', ');
  const more = names.length - NAMED;
  const rest = more <= 0 ? '' : zh ? `，另有 ${more} 个名字` : ` and ${more} more`;
  return `${shown}${rest}${zh ? '（用 --agent、--customer、--bot 指明）' : ' (name them with --agent, --customer, --bot)'}`;
}

function rolesOf({ roles }: DetectionSample, locale: Locale): string {
  return ROLES.flatMap((role) =>
    Object.entries(roles[role] ?? {}).map(
      ([reason, count]) =>
        `${ROLE_TERMS[role][locale]} ${count}${locale === 'zh' ? '（' : ' ('}${term(ROLE_REASON_TERMS, reason, locale)}${locale === 'zh' ? '）' : ')'}`,
    ),
  ).join(locale === 'zh' ? '、' : ', ');
}
