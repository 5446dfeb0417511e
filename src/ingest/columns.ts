import { KefuError } from '../model/errors.js';
import type { Platform, Role } from '../model/message.js';

/** The fields of a message that a column can hold. */
export type ColumnField =
  | 'time'
  | 'date'
  | 'role'
  | 'speaker'
  | 'speakerName'
  | 'receiver'
  | 'text'
  | 'conversation'
  | 'session'
  | 'customer'
  | 'agent'
  | 'id'
  | 'kind'
  | 'shop'
  | 'platform';

/** Field → header of the user's file, from `--columns time=发送时间,role=角色`; `#3` means the third column. */
export type ColumnMap = Partial<Record<ColumnField, string>>;

/**
 * Names that columns and JSON fields go by, as {@link normalizeHeader} writes them; where a file has several of one
 * field, the first in the list is taken. `session` marks one contact and is never split; `conversation` is a thread
 * with somebody and is split by silence.
 */
const SYNONYMS: Readonly<Record<ColumnField, readonly string[]>> = {
  text: words(`消息内容 聊天内容 发送内容 对话内容 发言内容 会话内容 内容 文本内容 消息文本 文本 正文 消息 留言 话语
    content.text content.content text.content body.content body.text msg.text message.text
    text content message msg body messagecontent msgcontent messagetext chatcontent strcontent chattext utterance plainbody`),
  time: words(`发送时间 消息时间 聊天时间 发言时间 沟通时间 对话时间 记录时间 创建时间 日期时间 时间戳 时间
    time timestamp datetime sendtime senttime sentat sendat createtime createdtime createdat created msgtime messagetime
    chattime atms ts strtime formattedtime svrtime`),
  date: words('发送日期 聊天日期 消息日期 日期 date senddate chatdate day'),
  role: words(`发送者角色 发送方角色 发送人角色 说话人角色 发言角色 角色 身份 发送者身份 发送者类型 发送方类型 发送人类型
    账号类型 对象(客户/客服) 发送方向 消息方向 消息收发 收发 方向 对象
    from.role sender.role author.type sender.type from.app from.type
    role senderrole speakerrole fromrole authortype sendertype speakertype usertype fromtype act direction`),
  speaker:
    words(`发送账号 发送者账号 发送人账号 发送者id 发送者qq号 发送者 发送人 发送方 发言人 发言者 发话者 说话人 讲话人
    发送者昵称 发送人昵称 昵称 用户名 用户 账号
    from.csuid from.uid from.pin from.id from.nick sender.id sender.uid sender.nick author.id
    speaker speakerid sender senderid sendernick senderusername from fromid fromnick author authorid username user nick nickname name
    sendername speakername senderdisplayname`),
  speakerName: words(
    `from.nickname from.name sender.name sender.nickname author.name
    发送者 发送人 发送者名称 发送者姓名 发送人姓名 发送者昵称 发送人昵称 昵称 姓名 显示名
    speakername sendername senderdisplayname displayname accountname nickname name`,
  ),
  receiver: words(`接收账号 接收者 接收人 接收方 接收者昵称 收信人
    to.csuid to.uid to.pin to.id to.nick receiver receiverid receivernick receivername recipient toid tonick to`),
  session: words(`会话id 会话编号 会话号 会话标识 会话 对话id 对话编号 咨询id 咨询编号 通话id
    sessionid session sid conversationid conversation convid cid dialogid dialogueid callid`),
  conversation: words(`聊天对象 会话对象 会话名称 聊天名称 消息对象 群名称 群名 群聊 联系人
    chatid chat chatname thread threadid talker talkerid roomid room groupname contact peer`),
  customer:
    words(`客户id 顾客id 买家id 访客id 客户昵称 顾客昵称 买家昵称 买家账号 买家旺旺 客户名称 客户名 客户姓名 会员名
    会员昵称 用户昵称 用户id 客户 顾客 买家 访客
    customer customerid customername customernick buyer buyerid buyernick buyername cnick client clientid visitor visitorid
    userid`),
  agent:
    words(`客服id 客服账号 客服昵称 客服名称 客服姓名 接待客服 子账号 卖家昵称 卖家账号 坐席id 坐席工号 坐席姓名 坐席
    客服 卖家
    agent agentid agentname waiter waiterid seller sellernick sellerid snick staff staffid servicer kefu csname operator`),
  id: words('消息id 消息编号 msgid messageid platformmessageid localid uuid id'),
  kind: words('消息类型 内容类型 类型 body.type content.type kind msgtype messagetype contenttype type'),
  shop: words('店铺名称 店铺名 店铺 商家名称 商家 shop shopname shopid store storename'),
  platform: words('平台 来源平台 渠道 platform channel'),
};

/** Columns that say yes or no to "did the shop's side send this?" (咚咚 waiter_send, WechatMsg IsSender). */
const AGENT_FLAGS = words(
  `是否客服发送 是否客服 是否自己 waitersend issender issend isagent isstaff isself isme messageisme`,
);

/** Words of role columns. Not in here means: not known, and the run says so. */
const ROLE_WORDS: Readonly<Record<Exclude<Role, 'unknown'>, readonly string[]>> = {
  agent:
    words(`客服 人工客服 人工 坐席 座席 店铺 店家 商家 卖家 掌柜 店小二 导购 员工 子账号 主账号 客服账号 卖家账号 发送 接待 店员
    agent seller waiter staff service servicer cs kefu employee operator shop merchant send sendmsg sent out outbound
    mallcs im.waiter admin`),
  customer: words(`客户 顾客 买家 用户 消费者 访客 会员 客人 买家账号 客户账号 接收
    customer buyer user client visitor guest consumer enduser recv recvmsg received receive in inbound im.customer`),
  bot: words(`机器人 智能客服 机器人客服 智能机器人 客服机器人 服务助手 自动回复 店小蜜
    bot robot chatbot jimi autoreply aibot`),
  system: words('系统 系统消息 系统通知 通知 提示 平台 system notice event sys'),
};

const PLATFORM_WORDS: Readonly<Record<string, Platform>> = {
  淘宝: 'tmall',
  天猫: 'tmall',
  千牛: 'tmall',
  旺旺: 'tmall',
  阿里旺旺: 'tmall',
  taobao: 'tmall',
  tmall: 'tmall',
  京东: 'jd',
  咚咚: 'jd',
  京麦: 'jd',
  jd: 'jd',
  qq: 'qq',
  企业微信: 'wecom',
  wecom: 'wecom',
  wework: 'wecom',
  微信: 'wechat',
  wechat: 'wechat',
  weixin: 'wechat',
  拼多多: 'pdd',
  pdd: 'pdd',
  pinduoduo: 'pdd',
  抖音: 'douyin',
  抖店: 'douyin',
  飞鸽: 'douyin',
  douyin: 'douyin',
  快手: 'kuaishou',
  kuaishou: 'kuaishou',
  generic: 'generic',
};

/** A table whose columns are known as a set. `requires` and the values of `columns` are normalised headers. */
interface KnownLayout {
  id: string;
  platform: Platform | null;
  requires: readonly string[];
  /** Any of these must be there too, where `requires` alone would be too common. */
  anyOf?: readonly string[];
  columns?: Partial<Record<ColumnField, string>>;
}

/**
 * Layouts that were read out of public parsers and exporters; none was seen as a whole real file but WechatMsg.
 * A layout adds what the names alone do not say: the platform, and which of two likely columns is meant.
 */
const LAYOUTS: readonly KnownLayout[] = [
  {
    // Database export of 晓多 as public parsers read it.
    id: 'xiaoduo',
    platform: 'tmall',
    requires: words('snick cnick act msg'),
    columns: { agent: 'snick', customer: 'cnick', role: 'act', text: 'msg', time: 'createtime' },
  },
  {
    id: 'xiaoduo',
    platform: 'tmall',
    requires: words('子账号 买家昵称 消息收发 消息内容'),
    columns: { agent: '子账号', customer: '买家昵称', role: '消息收发', text: '消息内容', time: '时间' },
  },
  {
    // A whole conversation in one cell; the CSV reader opens the cells (`chat-cells.ts`).
    id: 'qianniu-cells',
    platform: 'tmall',
    requires: words('buyer chatdate chattext'),
    columns: { customer: 'buyer', date: 'chatdate', text: 'chattext' },
  },
  {
    id: 'qianniu-csv',
    platform: 'tmall',
    requires: words('会话id 日期 时间 对象(客户/客服) 发话者 消息'),
    columns: {
      session: '会话id',
      date: '日期',
      time: '时间',
      role: '对象(客户/客服)',
      speaker: '发话者',
      text: '消息',
    },
  },
  {
    // One sheet a customer; the time has no date.
    id: 'qianniu-sheets',
    platform: 'tmall',
    requires: words('客户名 发送时间 发送内容 发送账号 账号类型'),
  },
  {
    // JD 咨询会话 export: figures about conversations and none of their words.
    id: 'jd-sessions',
    platform: 'jd',
    requires: words('咨询时间 顾客 客服'),
    anyOf: words('首次响应时间 平均响应时间 新平均响应时间 技能组 会话时长 客服消息数 转接后客服'),
    columns: { time: '咨询时间', customer: '顾客', agent: '客服' },
  },
  {
    id: 'wechatmsg',
    platform: 'wechat',
    requires: words('localid talkerid type subtype issender createtime strcontent strtime'),
    columns: {
      id: 'localid',
      conversation: 'talkerid',
      kind: 'type',
      role: 'issender',
      time: 'createtime',
      text: 'strcontent',
      speaker: 'sender',
      speakerName: 'nickname',
    },
  },
  {
    // jingdong.im.pop.chatlog.get and its successor, as JSON or saved as a table.
    id: 'jd-chatlog',
    platform: 'jd',
    requires: words('customer waiter content waitersend'),
    columns: { customer: 'customer', agent: 'waiter', text: 'content', role: 'waitersend', session: 'sid' },
  },
  {
    // Tmall records as documentation of a conversion tool and a public parser name them.
    id: 'tmall-messages',
    platform: 'tmall',
    requires: words('sendernick'),
    anyOf: words('msgtime receivernick'),
  },
  {
    // Web client of 京东: who spoke stands in `from.app`.
    id: 'jd-web',
    platform: 'jd',
    requires: words('from.app from.pin body.type'),
    columns: { role: 'from.app', speaker: 'from.pin', kind: 'body.type' },
  },
  {
    // Messages of the 拼多多 merchant page; robots and the system speak as mall_cs too.
    id: 'pdd-im',
    platform: 'pdd',
    requires: words('msgid content from.role from.uid'),
    columns: { role: 'from.role', time: 'ts', text: 'content', kind: 'type', id: 'msgid' },
  },
  {
    id: 'qce-table',
    platform: 'qq',
    requires: words('序号 时间 发送者 发送者qq号 消息类型 消息内容'),
    columns: {
      speaker: '发送者qq号',
      speakerName: '发送者',
      time: '时间',
      text: '消息内容',
      kind: '消息类型',
    },
  },
];

/** Columns that people add to a table to say what they think of a turn; see docs/eval.md. */
const LABEL_HEADER = /^(?:标注|label)[:：_\s]/iu;

/** Positions of label columns; what they hold is kept with the message, for `eval`. */
export function labelColumns(headers: readonly string[]): number[] {
  return headers.flatMap((header, index) => (LABEL_HEADER.test(header.trim()) ? index : []));
}

/** Where each field stands in a row: 0-based positions, -1 for none. */
export type FieldPositions = Record<ColumnField, number>;

/** What the columns of one table mean. */
export interface ColumnPlan {
  /** Id of the known layout, or null when the columns were recognised one by one. */
  layout: string | null;
  platform: Platform | null;
  headers: string[];
  at: FieldPositions;
  /** True where the role column is a yes/no flag: did the shop's side send this? */
  roleIsFlag: boolean;
  /** How many fields were recognised or mapped. */
  fieldCount: number;
}

export const COLUMN_FIELDS = Object.keys(SYNONYMS) as ColumnField[];

/** Order of recognition: the surest names claim their columns first. */
const CLAIM_ORDER: readonly ColumnField[] = [
  'text',
  'time',
  'date',
  'role',
  'session',
  'conversation',
  'customer',
  'agent',
  'speaker',
  'speakerName',
  'receiver',
  'id',
  'kind',
  'shop',
  'platform',
];

/**
 * Header as it is compared: lower case, no blanks, no `_` and `-`, no byte-order mark, no leading `'`. `StrContent`,
 * `str_content` and ` strcontent ` are one name.
 */
export function normalizeHeader(header: string): string {
  return header
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_\-\uFEFF]+/gu, '')
    .replace(/^'/u, '');
}

/**
 * Says what the columns of a header row mean, by known layouts, by name, and by what the user mapped (which wins).
 *
 * @param headers the header row as it stands in the file
 * @param map what the user named, or null
 * @returns the plan; `at.text` may be -1 where no column of text was recognised
 * @throws KefuError `unknown-columns` when the user named a column that is not there; data has the headers found and
 * the nearest name
 */
export function planColumns(headers: readonly string[], map: ColumnMap | null, file?: string): ColumnPlan {
  const names = headers.map(normalizeHeader);
  const plan: ColumnPlan = {
    layout: null,
    platform: null,
    headers: [...headers],
    at: emptyPositions(),
    roleIsFlag: false,
    fieldCount: 0,
  };
  const claimed = new Set<number>();
  const claim = (field: ColumnField, position: number) => {
    plan.at[field] = position;
    claimed.add(position);
  };
  for (const [field, header] of Object.entries(map ?? {}) as [ColumnField, string][]) {
    claim(field, mappedPosition(header, headers, names, file));
  }
  const layout = LAYOUTS.find((known) => matchesLayout(known, names));
  if (layout) {
    plan.layout = layout.id;
    plan.platform = layout.platform;
    for (const [field, name] of Object.entries(layout.columns ?? {}) as [ColumnField, string][]) {
      const position = names.indexOf(name);
      if (plan.at[field] < 0 && position >= 0) claim(field, position);
    }
  }
  // These two hold no messages of one speaker a row; what else looks familiar is not what it seems.
  if (layout?.id !== 'jd-sessions' && layout?.id !== 'qianniu-cells') {
    const bare = names.map(unbracketed);
    const meant = fieldsMeantBy([...names, ...bare]);
    for (const field of CLAIM_ORDER) {
      if (plan.at[field] >= 0 || !meant.has(field)) continue;
      const position = recognise(field, names, bare, claimed);
      if (position >= 0) claim(field, position);
    }
  }
  finishPlan(plan, names);
  return plan;
}

/** A plan for rows without a header row, from columns that the user mapped by number. */
export function planByNumber(map: ColumnMap): ColumnPlan | null {
  const entries = Object.entries(map) as [ColumnField, string][];
  if (entries.length === 0 || !entries.every(([, header]) => /^#\d+$/.test(header))) return null;
  const at = emptyPositions();
  for (const [field, header] of entries) at[field] = Number(header.slice(1)) - 1;
  return {
    layout: null,
    platform: null,
    headers: [],
    at,
    roleIsFlag: false,
    fieldCount: entries.length,
  };
}

function finishPlan(plan: ColumnPlan, names: readonly string[]): void {
  const { at } = plan;
  // 日期 alone usually holds date and time.
  if (at.time < 0 && at.date >= 0) {
    at.time = at.date;
    at.date = -1;
  }
  if (at.role < 0) {
    at.role = names.findIndex((name) => AGENT_FLAGS.includes(name));
  }
  plan.roleIsFlag = at.role >= 0 && AGENT_FLAGS.includes(names[at.role] ?? '');
  plan.fieldCount = COLUMN_FIELDS.filter((field) => at[field] >= 0).length;
}

/** The fields by the names that they go by. */
const FIELDS_BY_NAME = new Map<string, ColumnField[]>();
for (const field of COLUMN_FIELDS) {
  for (const name of SYNONYMS[field]) {
    const known = FIELDS_BY_NAME.get(name);
    if (known === undefined) FIELDS_BY_NAME.set(name, [field]);
    else known.push(field);
  }
}

/** Fields that one of these names may mean: of a row that is no header, none or few. */
function fieldsMeantBy(names: readonly string[]): ReadonlySet<ColumnField> {
  return new Set(names.flatMap((name) => FIELDS_BY_NAME.get(name) ?? []));
}

function recognise(
  field: ColumnField,
  names: readonly string[],
  bare: readonly string[],
  claimed: ReadonlySet<number>,
): number {
  const synonyms = SYNONYMS[field];
  for (const wanted of synonyms) {
    const position = names.indexOf(wanted);
    if (position >= 0 && !claimed.has(position)) return position;
  }
  // `消息内容（文本）` and `发送时间(UTC+8)`: the name without what stands in brackets at its end.
  for (const wanted of synonyms) {
    const position = bare.findIndex((name, index) => !claimed.has(index) && name === wanted);
    if (position >= 0) return position;
  }
  return -1;
}

function unbracketed(name: string): string {
  return name.replace(/[([][^()[\]]*[)\]]$/u, '');
}

function matchesLayout(layout: KnownLayout, names: readonly string[]): boolean {
  if (!layout.requires.every((name) => names.includes(name))) return false;
  return !layout.anyOf || layout.anyOf.some((name) => names.some((other) => unbracketed(other) === name));
}

/** Whether a table with these headers has the column that the user means by `header`. */
export function hasColumn(header: string, headers: readonly string[]): boolean {
  return positionOf(header, headers, headers.map(normalizeHeader)) >= 0;
}

function positionOf(header: string, headers: readonly string[], names: readonly string[]): number {
  const byNumber = /^#(\d+)$/.exec(header);
  const exact = headers.indexOf(header);
  if (exact >= 0) return exact;
  if (byNumber && Number(byNumber[1]) >= 1 && Number(byNumber[1]) <= headers.length) {
    return Number(byNumber[1]) - 1;
  }
  return names.indexOf(normalizeHeader(header));
}

function mappedPosition(
  header: string,
  headers: readonly string[],
  names: readonly string[],
  file: string | undefined,
): number {
  const position = positionOf(header, headers, names);
  if (position >= 0) return position;
  throw new KefuError('unknown-columns', {
    ...(file === undefined ? {} : { file }),
    data: { unknown: [header], headers: [...headers], nearest: nearest(header, headers) },
  });
}

/** The error for a table in which no column of text was recognised. */
export function noTextColumn(headers: readonly string[], file: string): KefuError {
  return new KefuError('unknown-columns', {
    file,
    data: { unknown: ['text'], headers: [...headers], nearest: '' },
  });
}

/**
 * Reads `time=发送时间,role=角色`. A comma belongs to a column's name unless `field=` follows it.
 *
 * @throws KefuError `usage` for a field that does not exist, a field given twice, or a piece without `=`
 */
export function parseColumnMap(text: string): ColumnMap {
  const map: ColumnMap = {};
  for (const piece of text.split(/,(?=\s*[A-Za-z]+\s*=)/u)) {
    const equals = piece.indexOf('=');
    const name = piece.slice(0, equals < 0 ? piece.length : equals).trim();
    const header = equals < 0 ? '' : piece.slice(equals + 1).trim();
    const field = COLUMN_FIELDS.find((known) => known.toLowerCase() === name.toLowerCase());
    if (field === undefined || header === '' || map[field] !== undefined) {
      throw new KefuError('usage', {
        data: {
          option: '--columns',
          value: piece.trim(),
          fields: COLUMN_FIELDS,
          nearest: nearest(name, COLUMN_FIELDS),
        },
      });
    }
    map[field] = header;
  }
  return map;
}

const ROLE_BY_WORD = new Map<string, Role>();
for (const [role, list] of Object.entries(ROLE_WORDS) as [Role, readonly string[]][]) {
  for (const word of list) ROLE_BY_WORD.set(word, role);
}
const YES = new Set(words('1 1.0 true yes y t 是'));
const NO = new Set(words('0 0.0 false no n f 否'));

/** The role that a word of a role column means, or null where it is not known. */
export function roleOfWord(word: string): Role | null {
  return ROLE_BY_WORD.get(normalizeHeader(word)) ?? null;
}

/** The role that a yes/no cell of a "did the shop send this?" column means, or null. */
export function roleOfFlag(word: string): Role | null {
  const name = normalizeHeader(word);
  if (YES.has(name)) return 'agent';
  return NO.has(name) ? 'customer' : null;
}

/** The platform that a word means, or null. */
export function platformOfWord(word: string): Platform | null {
  const name = normalizeHeader(word);
  return Object.hasOwn(PLATFORM_WORDS, name) ? PLATFORM_WORDS[name]! : null;
}

function emptyPositions(): FieldPositions {
  return Object.fromEntries(COLUMN_FIELDS.map((field) => [field, -1])) as FieldPositions;
}

function words(list: string): string[] {
  return list.split(/\s+/u).filter(Boolean);
}

/** The candidate with the smallest edit distance, or '' when none shares half of its characters. */
export function nearest(word: string, candidates: readonly string[]): string {
  let best = '';
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const candidate of candidates) {
    const distance = editDistance(normalizeHeader(word), normalizeHeader(candidate));
    if (distance < bestDistance && distance <= Math.max(word.length, candidate.length) / 2) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitute = previous[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(substitute, previous[j]! + 1, row[j - 1]! + 1));
    }
    previous = row;
  }
  return previous[b.length]!;
}
