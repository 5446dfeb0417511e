import { stringify } from 'csv-stringify/sync';
import type { Bilingual, Conversation, Locale, Role, Zone } from '../model/index.js';

/** Columns of the chat, as the readers know them again, then empty ones for labels. */
const HEADERS: readonly Bilingual[] = [
  { zh: '会话ID', en: 'conversation' },
  { zh: '时间', en: 'time' },
  { zh: '角色', en: 'role' },
  { zh: '发送人', en: 'speaker' },
  { zh: '平台', en: 'platform' },
  { zh: '类型', en: 'kind' },
  { zh: '内容', en: 'text' },
  { zh: '标注:辱骂', en: 'label:abuse' },
  { zh: '标注:敷衍', en: 'label:dismissive' },
  { zh: '标注:备注', en: 'label:note' },
];

const ROLES: Record<Role, Bilingual> = {
  agent: { zh: '客服', en: 'agent' },
  customer: { zh: '客户', en: 'customer' },
  bot: { zh: '机器人', en: 'bot' },
  system: { zh: '系统', en: 'system' },
  unknown: { zh: '', en: '' },
};

/** The first row of a sheet to be labelled. */
export function sheetHeader(locale: Locale): string {
  return toCsv([HEADERS.map((header) => header[locale])]);
}

/**
 * The rows of one conversation, a message each, with room for labels. What a spreadsheet would run as a formula is led
 * by an apostrophe, which the readers take off again.
 *
 * @param mask applied to texts, or null
 */
export function sheetRows(
  { id, messages }: Conversation,
  locale: Locale,
  zone: Zone,
  mask: ((text: string) => string) | null,
): string {
  return toCsv(
    messages.map(({ atMs, role, speakerName, speakerId, platform, kind, text }) => [
      id,
      atMs === null ? '' : zone.local(atMs),
      ROLES[role][locale],
      printable(speakerName || speakerId),
      platform ?? '',
      kind,
      printable(mask === null ? text : mask(text)),
      '',
      '',
      '',
    ]),
  );
}

/**
 * Controls but line ends and tabs as their pictures, since spreadsheets refuse them and terminals obey; without marks of
 * reading direction, which nobody sees and rules pass over.
 */
function printable(text: string): string {
  return text.replace(/(?![\t\n\r])\p{Cc}|\p{Bidi_Control}/gu, (found) => {
    const code = found.charCodeAt(0);
    if (code > 0x9f) return '';
    return code < 0x20 ? String.fromCharCode(0x2400 + code) : '\u2421';
  });
}

function toCsv(rows: string[][]): string {
  return stringify(rows, { escape_formulas: true });
}
