import type { Bilingual, Locale } from '../../model/catalogue.js';
import type { Uncharged } from '../../model/conversation.js';
import type { Category, Severity } from '../../model/finding.js';
import type { MessageKind, Role } from '../../model/message.js';
import type { GoodWorkKind } from '../../model/report.js';
import type { SkipReason } from '../../model/skip.js';

export const SEVERITY_TERMS: Record<Severity, Bilingual> = {
  error: { zh: '严重', en: 'error' },
  warning: { zh: '警告', en: 'warning' },
  info: { zh: '提示', en: 'info' },
};

export const CATEGORY_TERMS: Record<Category, Bilingual> = {
  abuse: { zh: '辱骂', en: 'abuse' },
  dismissive: { zh: '敷衍', en: 'dismissive' },
  latency: { zh: '超时', en: 'slow' },
  process: { zh: '流程', en: 'process' },
  'customer-abuse': { zh: '顾客言行', en: 'customer conduct' },
};

export const ROLE_TERMS: Record<Role, Bilingual> = {
  agent: { zh: '客服', en: 'agent' },
  customer: { zh: '顾客', en: 'customer' },
  bot: { zh: '机器人', en: 'bot' },
  system: { zh: '系统', en: 'system' },
  unknown: { zh: '身份不明', en: 'unknown' },
};

/** Rules that decide roles (`Message.roleReason`). An unlisted one is shown by its code. */
export const ROLE_REASON_TERMS: Record<string, Bilingual> = {
  'user-pattern': { zh: '按您给的规则', en: 'your pattern' },
  flag: { zh: '记录中的标记', en: 'flag in the record' },
  column: { zh: '角色列', en: 'role column' },
  stated: { zh: '记录中写明', en: 'stated in the record' },
  'sub-account': { zh: '子账号', en: 'sub-account' },
  'name-says-service': { zh: '名字像客服', en: 'name says service' },
  'name-says-customer': { zh: '名字像顾客', en: 'name says customer' },
  'robot-name': { zh: '机器人名字', en: 'name of a robot' },
  'system-name': { zh: '系统名字', en: 'name of the system' },
  'auto-reply': { zh: '自动回复', en: 'auto reply' },
  'welcome-card': { zh: '欢迎卡片', en: 'welcome card' },
  'system-text': { zh: '系统提示', en: 'system notice' },
  'masked-name': { zh: '打了码的名字', en: 'masked name' },
  'shop-prefix': { zh: '名字带店名', en: 'name begins with the shop' },
  'no-sub-account': { zh: '不是子账号', en: 'no sub-account' },
  exporter: { zh: '导出记录的人', en: 'whoever exported the chat' },
  'external-id': { zh: '企业微信外部联系人', en: 'external contact of WeCom' },
  'staff-id': { zh: '企业微信成员', en: 'staff member in WeCom' },
  'unknown-role-word': { zh: '不认得的身份', en: 'unknown role word' },
  'recall-notice': { zh: '撤回提示', en: 'recall notice' },
  'transfer-notice': { zh: '转接提示', en: 'transfer notice' },
  peer: { zh: '对话对象', en: 'the other party' },
  'not-peer': { zh: '对话另一方', en: 'not the other party' },
  'writes-to-agent': { zh: '发给客服的一方', en: 'writes to an agent' },
  none: { zh: '没有依据', en: 'nothing to tell by' },
};

export const KIND_TERMS: Record<MessageKind, Bilingual> = {
  text: { zh: '文字', en: 'text' },
  image: { zh: '图片', en: 'picture' },
  card: { zh: '卡片', en: 'card' },
  file: { zh: '文件', en: 'file' },
  recall: { zh: '撤回', en: 'recalled' },
  transfer: { zh: '转接', en: 'transfer' },
  other: { zh: '其他', en: 'other' },
};

export const SKIP_TERMS: Record<SkipReason, Bilingual> = {
  'empty-record': { zh: '空记录', en: 'empty record' },
  'ragged-row': { zh: '列数不符', en: 'wrong number of columns' },
  'bad-json': { zh: 'JSON 有误', en: 'broken JSON' },
  'missing-field': { zh: '缺少字段', en: 'missing field' },
  'bad-time': { zh: '时间无法识别', en: 'unreadable time' },
  encrypted: { zh: '内容已加密', en: 'encrypted' },
  'too-long': { zh: '过长', en: 'too long' },
  'no-text': { zh: '没有内容', en: 'no text' },
  'orphan-line': { zh: '不属于任何消息的行', en: 'line outside any message' },
  'unsupported-record': { zh: '不支持的记录', en: 'unsupported record' },
  'metadata-only': { zh: '只有会话信息', en: 'metadata only' },
  'bad-encoding': { zh: '编码有误', en: 'broken encoding' },
};

/** Names of figures, by metric id. An unlisted one is shown by its id. */
export const METRIC_TERMS: Record<string, Bilingual> = {
  'first-response-time': { zh: '首次响应时长', en: 'first response time' },
  'first-response-time-median': { zh: '首次响应中位数', en: 'median first response time' },
  'first-response-rate-30s': { zh: '30秒首响率', en: 'first responses within 30 s' },
  'response-time': { zh: '平均响应时长', en: 'response time' },
  'response-time-median': { zh: '响应中位数', en: 'median response time' },
  'response-time-p90': { zh: '响应 90 分位', en: '90th percentile response time' },
  'response-time-p95': { zh: '响应 95 分位', en: '95th percentile response time' },
  'response-rate-3min': { zh: '3分钟响应率', en: 'responses within 3 min' },
  unanswered: { zh: '未回复率', en: 'unanswered' },
  'answer-ratio': { zh: '答问比', en: 'answer ratio' },
  'handle-time': { zh: '接待时长', en: 'handle time' },
  'transfers-in': { zh: '转入', en: 'transfers in' },
  'transfers-out': { zh: '转出', en: 'transfers out' },
  'response-rate-5min': { zh: '5分钟响应率', en: 'responses within 5 min' },
  'effective-reply-rate': { zh: '有效回复率', en: 'effective reply rate' },
  conversations: { zh: '会话数', en: 'conversations' },
  'agent-characters': { zh: '客服字数', en: 'agent characters' },
  'first-contact-resolution': { zh: '一次解决率', en: 'first-contact resolution' },
  'repeat-rate': { zh: '引起回头的比例', en: 'repeat rate' },
  'promises-kept': { zh: '承诺兑现率', en: 'promises kept' },
  'concurrent-peak': { zh: '最大同时接待', en: 'most chats at once' },
};

/** What makes an answer worth showing. */
export const GOOD_WORK_TERMS: Record<GoodWorkKind, Bilingual> = {
  apology: { zh: '为具体的问题道歉', en: 'apologises for the very problem' },
  reason: { zh: '说明原因', en: 'gives a reason' },
  alternative: { zh: '给出别的办法', en: 'offers another way' },
  'next-step': { zh: '交代下一步', en: 'says what comes next' },
  offer: { zh: '主动补偿或代办', en: 'offers to make it good' },
  calm: { zh: '挨骂之后仍然客气', en: 'stays kind after abuse' },
};

/** Where the part of a wait went that the agent is not answerable for. */
export const UNCHARGED_TERMS: Record<keyof Uncharged, Bilingual> = {
  botMs: { zh: '机器人接待', en: 'with a robot' },
  queueMs: { zh: '排队', en: 'in line' },
  handOverMs: { zh: '转接前', en: 'with a colleague' },
  closedMs: { zh: '下班时间', en: 'closed hours' },
  abuseMs: { zh: '辱骂之后', en: 'after abuse' },
};

/** Why a figure is missing (`Metric.reason`). An unlisted one is shown by its code. */
export const METRIC_REASON_TERMS: Record<string, Bilingual> = {
  'no-times': { zh: '记录中没有时间，无法计时', en: 'the input has no times' },
  'no-waits': { zh: '没有需要计时的等待', en: 'nobody waited' },
  'customers-unknown': {
    zh: '看不出谁是顾客，等待无法计时',
    en: 'nobody is known to be a customer, so waits cannot be timed',
  },
  'no-turns': { zh: '没有发言', en: 'no turns' },
  'no-replies': { zh: '没有一次得到回复', en: 'nothing was answered' },
  'log-too-short': {
    zh: '记录太短：会话之后不足 7 天，不知道顾客有没有再来',
    en: 'the log is too short: it ends less than 7 days after the chats',
  },
  'no-contacts': { zh: '没有由其结束的会话', en: 'no chat was ended by this agent' },
  'no-customer-ids': { zh: '记录中没有写顾客是谁', en: 'the input does not name customers' },
  'not-in-log': {
    zh: '承诺是否兑现，聊天记录里看不出',
    en: 'the chat log cannot tell whether the promises were kept',
  },
  'no-promises': { zh: '没有带时间的承诺', en: 'nothing was promised by a time' },
  'no-customer-messages': { zh: '顾客没有发言', en: 'no customer wrote' },
  'too-few-turns': { zh: '不足 30 轮，不排名也不比较', en: 'fewer than 30 turns: not ranked, not compared' },
  'only-agent': { zh: '没有可比的客服', en: 'nobody to compare with' },
  'mixed-profiles': {
    zh: '跨了口径不同的平台，不能合计；用 --profile 指定一个',
    en: 'platforms that count differently do not add up; choose one with --profile',
  },
};

/** Why a wait does not count in a figure, by code; the exclusions of profiles are among them. */
export const REASON_TERMS: Record<string, Bilingual> = {
  'no-time': { zh: '没有时间', en: 'no time' },
  'exempt-day': { zh: '豁免日', en: 'exempt day' },
  'only-abuse': { zh: '只有谩骂', en: 'nothing but abuse' },
  'only-answer': { zh: '只是回答客服', en: 'only answered the agent' },
  'clock-jump': { zh: '时钟倒退', en: 'the clock jumped back' },
  'not-first': { zh: '不是首次', en: 'not the first' },
  'outside-window': { zh: '不在时段内', en: 'outside the hours' },
  'zero-seconds': { zh: '0 秒回复', en: 'answered at 0 seconds' },
  'crosses-midnight': { zh: '跨零点', en: 'crosses midnight' },
  'bot-reply': { zh: '机器人回复', en: 'answered by a robot' },
  'own-account': { zh: '自家账号', en: 'own account' },
  'no-human': { zh: '没有转到人工', en: 'never reached a human' },
  unanswered: { zh: '未回复', en: 'unanswered' },
};

/** The word for a code, or the code itself when there is none. */
export function term(terms: Readonly<Record<string, Bilingual>>, code: string, locale: Locale): string {
  return Object.hasOwn(terms, code) ? terms[code]![locale] : code;
}
