import type { Bilingual, Locale } from '../../model/catalogue.js';
import type { Notice } from '../../model/report.js';
import { visible } from '../visible.js';
import { fill, showValue } from './phrase.js';

/** Remarks of a run, by code. */
export const NOTICES: Record<string, Bilingual> = {
  'bad-time': {
    zh: '{file}:{line}：认不出时间“{text}”，这样的消息按没有时间处理',
    en: '{file}:{line}: cannot read the time “{text}”; such messages count as untimed',
  },
  'date-assumed': {
    zh: '{file}：有的时间没有日期，按 {date} 算',
    en: '{file}: some times have no date; taken as {date}',
  },
  'date-order': {
    zh: '{file}：日期按 {order} 理解',
    en: '{file}: dates are read as {order}',
  },
  'date-order-mixed': {
    zh: '{file}：日期的写法前后不一，从第 {line} 行起',
    en: '{file}: dates are not written in one order throughout, see line {line}',
  },
  'date-without-time': {
    zh: '{file}：只有日期没有钟点，无法计时',
    en: '{file}: there are dates but no times of day, so nothing can be timed',
  },
  'ignored-files': {
    zh: '{path}：有 {count} 个文件不是聊天导出，没有读：{files}',
    en: '{path}: {count} {count|file is no chat export and was|files are no chat exports and were} not read: {files}',
  },
  encrypted: {
    zh: '{file}：会话存档还没有解密，读不到内容；请先用企业的私钥解密再审查',
    en: '{file}: the archive is still encrypted, so nothing can be read; decrypt it with the company key first',
  },
  'lexicon-examples': {
    zh: '词库 {file}：{count} 处与自己的例句不符（条目 {entries}），仍照用；原因见 kefu-audit lexicon check {file}',
    en: 'lexicon {file}: {count} {count|example of its own does|examples of its own do} not hold (entries {entries}), and it was used all the same; kefu-audit lexicon check {file} tells why',
  },
  'columns-elsewhere': {
    zh: '{file}：没有 --columns 所说的列，按表头自行识别',
    en: '{file}: has not the columns that --columns names; its own headers were recognised instead',
  },
  'made-of-another': {
    zh: '{file}：{count} 条消息是从同时读取的 {files} 转换来的，没有重复计算',
    en: '{file}: {count} {count|message was|messages were} converted from {files}, read as well, and {count|is|are} not counted twice',
  },
  'metadata-only': {
    zh: '{file}：只有会话信息，没有聊天内容，无法审查措辞',
    en: '{file}: lists sessions without what was said, so there are no words to judge',
  },
  'mixed-encodings': {
    zh: '{file}：编码混杂，整体是 {encoding}，另有 {lines} 行按 {other} 解读',
    en: '{file}: mixed encodings; it is {encoding}, and {lines} {lines|line was|lines were} read as {other}',
  },
  'no-manifest': {
    zh: '{file}：旁边没有 manifest.json，不知道是谁导出的，身份只能看名字',
    en: '{file}: no manifest.json beside it says who exported the chat, so roles are told by names alone',
  },
  'no-role-column': {
    zh: '{file}：没有一列说明是谁说的；用 --columns role=列名 或 --agent 指明。列名：{headers}',
    en: '{file}: no column says who spoke; name one with --columns role=… or use --agent. Columns: {headers}',
  },
  'nul-characters': {
    zh: '{file}：含有 {count} 个 NUL 字符，保留在文字中',
    en: '{file}: holds {count} NUL {count|character|characters}, kept in the text',
  },
  'one-conversation-per-file': {
    zh: '{file}：没有一列区分顾客或会话，整个文件当作一个顾客的对话；可用 --columns conversation=列名 指明',
    en: '{file}: no column tells customers or conversations apart, so the file is taken as one customer; name one with --columns conversation=…',
  },
  'only-agents': {
    zh: '只报告 {agents}；排名、比较、顾客和读取情况仍是全体的',
    en: 'only {agents} reported; ranks, comparisons, customers and what was read are those of all',
  },
  'sheet-skipped': {
    zh: '{file}：工作表“{sheet}”里认不出聊天记录，没有读',
    en: '{file}: sheet “{sheet}” holds no chat that is recognised and was not read',
  },
  'time-without-date': {
    zh: '{file}：有的时间没有日期，按没有时间处理',
    en: '{file}: some times have no date and count as unknown',
  },
  'truncated-export': {
    zh: '{file}：导出不完整，自称 {announced} 条，实有 {found} 条',
    en: '{file}: incomplete export, announces {announced} messages and has {found}',
  },
  'unknown-role-word': {
    zh: '{file}：不认得身份“{word}”；可用 --agent、--customer 指明',
    en: '{file}: unknown role “{word}”; name it with --agent or --customer',
  },
  'year-assumed': {
    zh: '{file}：日期没有年份，按 {year} 年算',
    en: '{file}: the dates have no year; taken as {year}',
  },
};

/** Numbers that name a thing instead of counting some: written without separators. */
const NAMES = new Set(['line', 'year']);

/** A notice in a sentence. A code that is not listed is shown with its data. */
export function noticeText(notice: Notice, locale: Locale): string {
  const phrase = Object.hasOwn(NOTICES, notice.code) ? NOTICES[notice.code] : undefined;
  const data: Record<string, string | number | string[]> = {};
  for (const [name, value] of Object.entries(notice.data)) {
    if (typeof value === 'number') data[name] = NAMES.has(name) ? String(value) : value;
    else data[name] = Array.isArray(value) ? value.map(visible) : visible(value);
  }
  if (phrase !== undefined) return fill(phrase, locale, data);
  const pairs = Object.entries(data).map(([name, value]) => `${visible(name)}=${showValue(value, locale)}`);
  return [visible(notice.code), ...pairs].join(' ');
}
