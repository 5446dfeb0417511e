import type { Bilingual } from '../../model/catalogue.js';
import type {
  LinkReason,
  OutcomeReason,
  Paper,
  PromiseBasis,
  PromisedAct,
  PromiseStatus,
} from '../../model/customer.js';

/** What the formats for people say of customers; `fill` (phrase.ts) explains the braces. */
export const CUSTOMER_PHRASES = {
  title: { zh: '顾客前后多次的记录', en: 'Customers over all their chats' },
  customers: {
    zh: '{customers} 位顾客{masked}，{returning} 位来过不止一次；为同一件事回头再找 {returns} 次，给过的资料、说过的问题被重复索要 {repeats} 次',
    en: '{customers} {customers|customer|customers}{masked}, {returning} of them with more than one chat; {returns} {returns|return|returns} with the same matter, {repeats} {repeats|thing|things} asked for again',
  },
  inShort: {
    zh: '{customers} 位{unnamed}，{returning} 位来过不止一次，为同一件事再来 {returns} 次；承诺 {promises} 项，落空 {broken}',
    en: '{customers}{unnamed}, {returning} with more than one chat, {returns} {returns|return|returns} with the same matter; {promises} {promises|promise|promises}, {broken} broken',
  },
  unnamed: { zh: '（另有 {count} 段对话没有写是谁）', en: ' ({count} more {count|thread|threads} unnamed)' },
  masked: { zh: '（其中 {count} 位只有打码的昵称）', en: ' ({count} known by a masked nick only)' },
  threads: {
    zh: '另有 {count} 段对话没有写顾客是谁，不知道有没有再来过',
    en: '{count} more {count|thread names|threads name} no customer, so nobody can be known to come back',
  },
  promises: {
    zh: '承诺 {total} 项：兑现 {kept}，逾期 {late}，落空 {broken}，记录里看不出 {unknown}',
    en: '{total} {total|promise|promises}: {kept} kept, {late} late, {broken} broken, {unknown} that the log cannot tell',
  },
  resolution: {
    zh: '一次解决率 {share}（{numerator}/{denominator}，95%区间 {low}–{high}）：此后没有为同一件事再来，承诺也没有落空；只算其后至少还有 7 天记录的会话',
    en: 'First-contact resolution {share} ({numerator}/{denominator}, 95 % interval {low}–{high}): no return with the same matter and no broken promise; only chats after which the log goes on for 7 days',
  },
  noResolution: { zh: '一次解决率 –：{reason}', en: 'First-contact resolution –: {reason}' },
  followed: {
    zh: '会话太多，只跟踪了 {share} 的顾客（按编号抽取，每位都跟到底）',
    en: 'Too many chats: {share} of the customers were followed, chosen by their ids, each to the end',
  },
  shown: {
    zh: '这里是前 {count} 位，共 {total} 位；--max-shown 可以多列',
    en: 'The first {count} of {total}; --max-shown lists more',
  },
  more: { zh: '全部见 kefu-audit customers', en: 'kefu-audit customers tells of all' },
  none: {
    zh: '没有来过不止一次的顾客，也没有可追踪的承诺',
    en: 'No customer came more than once, and no promise can be followed',
  },

  byAgent: { zh: '各客服（分子/分母）', en: 'By agent (numerator/denominator)' },
  columnAgent: { zh: '客服', en: 'Agent' },
  columnResolution: { zh: '一次解决', en: 'Solved at first' },
  columnRepeats: { zh: '造成再来', en: 'Caused a return' },
  columnPromises: { zh: '承诺兑现', en: 'Promises kept' },
  byAgentNote: {
    zh: '一次解决：首次接待后没有再来、承诺没有落空；造成再来：接待后顾客因没解决或承诺落空又来，算在造成的人头上；承诺兑现：只算知道结果的；– 是记录不够，无从知道',
    en: 'Solved at first: no return and no broken promise after the first contact. Caused a return: the customer came back unsolved or for a broken promise, whoever met them then. Promises kept: of those whose end is known. –: the log is too short to know',
  },

  namesakes: {
    zh: '（同样打码的还有 {count} 位，没有证据是同一人，分开列）',
    en: ' ({count} more of the same mask, told apart: nothing ties them together)',
  },
  contacts: {
    zh: '来找过 {count} 次，{span}，接待的客服有 {agents} 位：{names}',
    en: '{count} {count|contact|contacts}, {span}, met {agents} {agents|agent|agents}: {names}',
  },
  nobodyMet: {
    zh: '来找过 {count} 次，{span}，没有人工客服接待',
    en: '{count} {count|contact|contacts}, {span}, met no human agent',
  },
  span: { zh: '前后 {days} 天（{from} 至 {to}）', en: 'over {days} {days|day|days} ({from} to {to})' },
  sameDay: { zh: '{from} 当天', en: 'on {from}' },
  noTimes: { zh: '记录中没有时间', en: 'without times' },
  issue: { zh: '{which}{order}：{status}，{reason}{quote}', en: '{which}{order}: {status}, {reason}{quote}' },
  issueOnly: { zh: '结果', en: 'Outcome' },
  issueWhole: { zh: '每次都为同一件事', en: 'All about one matter' },
  issueNth: { zh: '第 {n} 件事，来过 {count} 次', en: 'Matter {n}, {count} {count|contact|contacts}' },
  order: { zh: '（订单 {orders}）', en: ' (order {orders})' },
  quote: { zh: '：“{text}”', en: ': “{text}”' },
  repeats: { zh: '重复索要：{items}', en: 'Asked for again: {items}' },
  item: { zh: '{what} {count} 次', en: '{what} {count} {count|time|times}' },
  returns: {
    zh: '再来的起因（算在造成的人，不算接待的人）：{causes}',
    en: 'Came back because of (who caused it, not who met it): {causes}',
  },
  handOver: { zh: '转接：{path}', en: 'Handed over: {path}' },
  promise: {
    zh: '{status} {agent} {time} 答应{act}，限 {due}：“{quote}”{proof}',
    en: '{status} {agent}, {time}, promised {act} by {due}: “{quote}”{proof}',
  },
  proof: { zh: '；顾客 {time}：“{quote}”', en: '; the customer, {time}: “{quote}”' },
  basis: { zh: '；{basis}', en: '; {basis}' },
  claim: {
    zh: '{agent} 称已联系：“{quote}”；记录里店方主动来找 {logged} 次（电话不在聊天记录里）{denial}',
    en: '{agent} says the shop called: “{quote}”; the log has {logged} {logged|contact|contacts} opened by the shop (calls are not in it){denial}',
  },
  denial: { zh: '；顾客说：“{quote}”', en: '; the customer says: “{quote}”' },
} as const satisfies Record<string, Bilingual>;

/** By what several contacts were taken for one customer's. */
export const IDENTITY_PHRASES = {
  exact: { zh: '（账号相同）', en: ' (the same account)' },
  masked: { zh: '（打码昵称）', en: ' (masked nick)' },
  maskedTelling: { zh: '（打码昵称，露出的字符足以认人）', en: ' (masked nick that shows enough to tell)' },
  maskedTied: { zh: '（打码昵称，另有{ties}相互印证）', en: ' (masked nick, borne out by {ties})' },
  thread: { zh: '（没有写顾客是谁，按对话认）', en: ' (unnamed; the same thread)' },
} as const satisfies Record<string, Bilingual>;

export const TIE_TERMS: Record<LinkReason, Bilingual> = {
  order: { zh: '订单号', en: 'the order number' },
  'hand-over': { zh: '转接', en: 'a hand-over' },
  promise: { zh: '提到的承诺', en: 'a promise that is spoken of' },
  date: { zh: '提到的日期', en: 'a date that is named' },
  product: { zh: '同一商品', en: 'the product' },
  words: { zh: '少见的词', en: 'rare words' },
  soon: { zh: '紧接着再来', en: 'coming straight back' },
};

export const STATUS_TERMS: Record<PromiseStatus, Bilingual> = {
  kept: { zh: '✓ 兑现', en: '✓ kept' },
  late: { zh: '⚠ 逾期', en: '⚠ late' },
  broken: { zh: '✖ 落空', en: '✖ broken' },
  unknown: { zh: '? 不明', en: '? unknown' },
};

export const ACT_TERMS: Record<PromisedAct, Bilingual> = {
  reply: { zh: '答复', en: 'an answer' },
  call: { zh: '来电', en: 'a call' },
  contact: { zh: '联系', en: 'to get in touch' },
  refund: { zh: '退款', en: 'a refund' },
  ship: { zh: '发货', en: 'to ship' },
  visit: { zh: '上门', en: 'a visit' },
  handle: { zh: '处理', en: 'to see to it' },
};

export const BASIS_TERMS: Record<PromiseBasis, Bilingual> = {
  'came-back': { zh: '客服回来答复了', en: 'the agent came back' },
  'shop-says': { zh: '店方主动来说办好了', en: 'the shop wrote that it was done' },
  'customer-confirms': { zh: '顾客确认', en: 'the customer confirms it' },
  'customer-complains': { zh: '顾客说没有等到', en: 'the customer says it did not come' },
  silence: { zh: '到点没有下文', en: 'nothing followed' },
  'log-ends': { zh: '未到期限，记录已经结束', en: 'the log ends before it was due' },
  'not-in-log': {
    zh: '聊天记录里看不到结果，之后也没人提起',
    en: 'not to be seen in a chat log, and nobody speaks of it again',
  },
  'no-times': { zh: '记录中没有时间', en: 'the log has no times' },
};

export const OUTCOME_TERMS: Record<'resolved' | 'unresolved' | 'unknown', Bilingual> = {
  resolved: { zh: '已解决', en: 'solved' },
  unresolved: { zh: '没有解决', en: 'not solved' },
  unknown: { zh: '不知道是否解决', en: 'not known whether solved' },
};

export const OUTCOME_REASON_TERMS: Record<OutcomeReason, Bilingual> = {
  'customer-confirmed': { zh: '顾客确认', en: 'the customer confirms it' },
  'customer-thanked': { zh: '以道谢结束', en: 'it ended with thanks' },
  'no-return': { zh: '此后至少 7 天没有再来', en: 'no return for 7 days or more' },
  'customer-complained': { zh: '最后还在投诉', en: 'the last words are a complaint' },
  'left-waiting': { zh: '最后没有人答复', en: 'nobody answered in the end' },
  'promise-broken': { zh: '承诺落空', en: 'a promise was broken' },
  'promise-open': { zh: '承诺的事没有下文可查', en: 'what was promised is not spoken of again' },
  'log-ends': { zh: '记录到此为止', en: 'the log ends here' },
  'no-times': { zh: '记录中没有时间', en: 'the log has no times' },
};

export const CAUSE_TERMS: Record<'broken-promise' | 'unsolved', Bilingual> = {
  'broken-promise': { zh: '承诺落空', en: 'broken promise' },
  unsolved: { zh: '没有解决', en: 'unsolved' },
};

export const PAPER_TERMS: Record<Paper | 'story', Bilingual> = {
  'order-number': { zh: '订单号', en: 'order number' },
  invoice: { zh: '发票', en: 'invoice' },
  video: { zh: '视频', en: 'video' },
  photo: { zh: '照片', en: 'photo' },
  address: { zh: '地址', en: 'address' },
  phone: { zh: '电话', en: 'phone number' },
  story: { zh: '重述问题', en: 'the story' },
};
