import type { Locale } from '../model/catalogue.js';
import { MESSAGE_KINDS, ROLES } from '../model/message.js';
import type { AuditReport, Coverage, RunInfo } from '../model/report.js';
import type { SkipReason } from '../model/skip.js';
import { showShare } from './figures.js';
import { fill, grouped } from './messages/phrase.js';
import { PHRASES } from './messages/phrases.js';
import { KIND_TERMS, ROLE_REASON_TERMS, ROLE_TERMS, SKIP_TERMS, term } from './messages/terms.js';
import { visible } from './visible.js';

/** How much of the input was understood, in one sentence. Always said, also when all is well. */
export function coverageSentence(coverage: Coverage, locale: Locale): string {
  const { recordCount, messageCount, skipCount, duplicateCount, untimedCount, brokenByteCount } = coverage;
  const parts = [
    fill(PHRASES.coverage, locale, {
      files: coverage.fileCount,
      lines: coverage.lineCount,
      records: recordCount,
      messages: messageCount,
      share: recordCount === 0 ? '0%' : showShare(messageCount / recordCount),
    }),
    skipCount === 0
      ? fill(PHRASES.nothingSkipped, locale)
      : fill(PHRASES.skipped, locale, { count: skipCount, reasons: skipReasons(coverage, locale) }),
  ];
  if (duplicateCount > 0) parts.push(fill(PHRASES.duplicates, locale, { count: duplicateCount }));
  if (untimedCount > 0) parts.push(fill(PHRASES.untimed, locale, { count: untimedCount }));
  if (brokenByteCount > 0) parts.push(fill(PHRASES.brokenBytes, locale, { count: brokenByteCount }));
  return parts.join(SEPARATOR[locale]);
}

const SEPARATOR: Record<Locale, string> = { zh: '；', en: '; ' };

/** Who spoke, and by which rule we know: `客服 12(子账号 10、名字像客服 2)`. */
export function rolesSentence(coverage: Coverage, locale: Locale): string {
  const roles = ROLES.flatMap((role) => {
    const reasons = Object.entries(coverage.roles[role] ?? {}).filter(([, count]) => count > 0);
    if (reasons.length === 0) return [];
    const total = reasons.reduce((sum, [, count]) => sum + count, 0);
    const named = reasons.map(([reason, count]): [string, number] => [
      visible(term(ROLE_REASON_TERMS, reason, locale)),
      count,
    ]);
    return [`${ROLE_TERMS[role][locale]} ${grouped(total)}${bracketed(counted(named), locale)}`];
  });
  return fill(PHRASES.roles, locale, { roles: roles.length === 0 ? fill(PHRASES.none, locale) : roles });
}

/** Pictures, cards and the like, or null when everything was text. */
export function kindsSentence(coverage: Coverage, locale: Locale): string | null {
  const kinds = MESSAGE_KINDS.filter((kind) => kind !== 'text' && (coverage.kinds[kind] ?? 0) > 0);
  if (kinds.length === 0) return null;
  const named = kinds.map((kind): [string, number] => [KIND_TERMS[kind][locale], coverage.kinds[kind]!]);
  return fill(PHRASES.kinds, locale, { kinds: counted(named) });
}

/** Files that are named for their unknown senders, those with the most first. */
const FILES_NAMED = 3;

/** What to do about messages whose sender is unknown, and of several files in which; null when there are none. */
export function unknownRolesSentence(
  { coverage, inputs }: Pick<AuditReport, 'coverage' | 'inputs'>,
  locale: Locale,
): string | null {
  const count = Object.values(coverage.roles.unknown ?? {}).reduce((sum, one) => sum + one, 0);
  if (count === 0) return null;
  const files = counted(
    inputs
      .filter(({ unknownCount }) => unknownCount > 0)
      .map(({ file, unknownCount }): [string, number] => [visible(file), unknownCount]),
  );
  const named = files.length > FILES_NAMED ? [...files.slice(0, FILES_NAMED), '…'] : files;
  return fill(PHRASES.rolesUnknown, locale, {
    count,
    where: inputs.length > 1 && named.length > 0 ? bracketed(named, locale) : '',
  });
}

/** By what the figures were made: profiles, preset, lexicon, segmenter. */
export function methodSentence(run: RunInfo, locale: Locale): string {
  return fill(PHRASES.method, locale, {
    profiles: run.profiles.length === 0 ? fill(PHRASES.none, locale) : run.profiles.map(visible),
    preset: visible(run.preset),
    entries: run.lexicon.entryCount,
    segmenter: visible(`${run.segmenter.name} ${run.segmenter.version}`.trim()),
  });
}

/** Filters of the run, or null when everything was audited. */
export function filtersSentence({ filters }: RunInfo, locale: Locale): string | null {
  const options: string[] = [];
  for (const name of ['agent', 'customer', 'bot'] as const)
    for (const pattern of filters[name]) options.push(`--${name} ${visible(pattern)}`);
  if (filters.since !== null) options.push(`--since ${visible(filters.since)}`);
  if (filters.until !== null) options.push(`--until ${visible(filters.until)}`);
  return options.length === 0 ? null : fill(PHRASES.filters, locale, { filters: options });
}

/** `38 个会话,6 位客服,214 轮客服回复`. */
export function totalsSentence({ summary }: AuditReport, locale: Locale): string {
  return fill(PHRASES.totals, locale, {
    conversations: summary.conversationCount,
    agents: summary.agentCount,
    turns: summary.agentTurnCount,
  });
}

function skipReasons(coverage: Coverage, locale: Locale): string[] {
  const entries = Object.entries(coverage.skips) as [SkipReason, number][];
  return counted(
    entries
      .filter(([, count]) => count > 0)
      .map(([reason, count]) => [term(SKIP_TERMS, reason, locale), count]),
  );
}

/** Most frequent first; equally frequent ones by name. */
function counted(entries: readonly (readonly [string, number])[]): string[] {
  return [...entries]
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .map(([name, count]) => `${name} ${grouped(count)}`);
}

function bracketed(list: readonly string[], locale: Locale): string {
  return locale === 'zh' ? `（${list.join('、')}）` : ` (${list.join(', ')})`;
}
