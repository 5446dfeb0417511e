import { CharacterSet, Memo } from '../model/index.js';
import { ACT_WORDS, ACTS, type Act } from './acts.js';
import type { Due } from './due.js';
import { firstTimeIn, type TimeTerm, termsIn } from './time-terms.js';

/** Something that a speaker says will be done by a time. */
export interface SpokenPromise {
  /** From the time to the act, `[start, end)` in UTF-16 units of the text. */
  span: [number, number];
  text: string;
  act: Act;
  due: Due;
}

const ACT = new RegExp(
  ACTS.map((act) => `(?<${act}>${ACT_WORDS[act].map((words) => `(?:${words})`).join('|')})`).join('|'),
  'g',
);

/** One of these is in every act. */
const ACT_CHARACTERS = new CharacterSet(
  '复信话馈知告诉言果法案答消回电访联络找钱款账退返赔寄发库门师程办处理解决核审登跟恢修搞安开换方沟对打弄偿差效',
);

/** A clause ends at these; lists in `、` and times in `:` do not end one. */
const CLAUSE_END = new CharacterSet('，,。！!？?；;\n\r~\uff5e\u2026\u3000');
const SENTENCE_END = new CharacterSet('。！!？?\n');

const NONE: SpokenPromise[] = [];

/** An act further from its time than this belongs to something else. */
const REACH = 16;

/** Before the time: the customer is asked to do it, or may, or it depends on something that has no date yet. */
const NOT_OURS =
  /(?:请|麻烦|建议|务必|记得|辛苦|劳烦|烦请)(?:[您你亲])?[^给帮为替]{0,4}$|(?:^|[^给帮为替跟和与对向让系知电致等])[您你亲妳](?:们)?(?:自己)?(?:可以|需要|需|要|得|能|再|先|在|就|也|还|看|如果|直接|方便|的话|什么时候)?[^给帮为替的]{0,4}$/;
const CONDITION =
  /如果|要是|假如|若是|若您|万一|除非|的话|一旦|时候?[，,\s]*$|(?:拍|拍下|下单|付款|支付|签收|收货|收到|收到货|到货|寄回|寄出|退回|审核|同意|提交|申请|确认|核实|验收|入库|揽收|检测|成团|到仓|到达|送达|妥投|安装|发货|出库|预约|完成|取消|取件)(?:完成?|成功|通过|无误|好|了|货|商品|后台)?(?:之?后|以后|起|才|就|的|都)|前(?:付款|下单|拍|支付|提交)|(?:现在|今天|立即|马上)(?:拍|下单|付款)|(?:拍下?|下单|付款)\s*$|等(?:快递|厂家|仓库|商家|银行)|只要|每天|每周|每月/;
/** Such a word holds for the whole sentence. */
const SUPPOSITION = /如果|要是|假如|若是|万一|的话[，,]|的话(?=.{0,12}(?:可以|就))/;
/** How long each way of payment takes is the bank's table, not a promise. */
const BY_CHANNEL =
  /(?:储蓄卡|信用卡|银行卡|白条|花呗|余额|零钱|微信|支付宝|京豆|[Ee]卡|礼品卡|优惠券)[^，,。]{0,8}$/;
/** 下午三点前拍下当天就走: the time is for what the customer is to do. */
const CUSTOMERS_ACT = /^(?:付款|下单|拍|支付|提交)/;
const GENERAL = /一般|通常|正常|平均|默认|都是|都会|规定|时效|承诺(?!您)|不等/;
const PAST = /(?:已经?|刚刚?|早就|昨天|上周|之前|曾)[^，,。]{0,8}$/;
const DONE = /^(?:了|过|完了|好了|成功)(?![，,。]?[后就])/;
const NEGATED = /不|没(?!问题)|无法|未|别|难以|停止|暂停/;
const NEGATED_AFTER = /^不[了到成]/;
const QUESTION =
  /[?？]|[吗么]\s*(?:$|[亲您你])|什么(?!时候之?前)|哪[天个里位]|(?:可以|好|行)不|(?:是不是|能不能|有没有|要不要|可不可以|是否)/;
const QUOTED = /[您你](?:说|讲|提到|问)的|您说|你说|之前(?:说|承诺|答应)|(?:他|她|他们)(?:说|讲)/;
/** Acts that depend on others (banks, couriers): said to be likely they are a forecast. The rest is in the agent's hand. */
const FORECAST: ReadonlySet<Act> = new Set<Act>(['refund', 'ship', 'visit', 'handle']);

/**
 * The promises in what an agent says: a time and, after it in the same clause, what the shop will do by then
 * (`48小时内会有专人致电`, `下午给您回复`).
 *
 * No promise is made by a question, a condition (拍下后24小时内发货), a rule that holds for everybody (一般三天到账), what
 * the customer is to do, what was done, what will not be done, or a forecast (预计明天发出); but a forecast that follows
 * the promise to begin today (今天安排补发，预计明天发出) says by when it is done.
 */
export function promisesIn(text: string): readonly SpokenPromise[] {
  return mayPromise(text) ? known.of(text) : NONE;
}

const known = new Memo(promisesOf);

/** {@link promisesIn} of a text that may have some. */
export function promisesOf(text: string): readonly SpokenPromise[] {
  const terms = termsIn(text);
  if (terms.length === 0) return NONE;
  const promises: SpokenPromise[] = [];
  for (const term of terms) {
    const last = promises[promises.length - 1];
    if (last !== undefined && term.start < last.span[1]) continue;
    const promise = promiseAt(text, term);
    if (promise === null) continue;
    if (last !== undefined && last.act === promise.act && isBegunFirst(last)) {
      promises[promises.length - 1] = joined(text, last, promise);
    } else if (!isForecast(promise, term)) promises.push(promise);
  }
  return promises;
}

/**
 * False for most texts without a promise: there is no act after the first time, or no stretch that promises anything
 * alone.
 */
function mayPromise(text: string): boolean {
  const time = firstTimeIn(text);
  if (time < 0 || !hasActFrom(text, time)) return false;
  let from = time;
  while (from > 0 && !STRETCH_END.at(text, from - 1)) from--;
  for (let to = time; from < text.length; from = to) {
    while (to < text.length && !STRETCH_END.at(text, to)) to++;
    if (to < text.length) to++;
    if (stretches.of(text, from, to)) return true;
  }
  return false;
}

function hasActFrom(text: string, from: number): boolean {
  for (let at = from; at < text.length; at++) if (ACT_CHARACTERS.at(text, at)) return true;
  return false;
}

/** No time and no act goes on past these. */
const STRETCH_END = new CharacterSet('，,。');

/** People say the same clauses again and again, in texts that differ. */
const stretches = new Memo(mayHoldPromise);

/**
 * Whether any text with this stretch in it may promise something there. What stands before it only makes less of a
 * promise; after it, only a time that stands alone before the mark goes on, and 好 at the end (今天好，后天给您发).
 */
function mayHoldPromise(stretch: string): boolean {
  if (firstTimeIn(stretch) < 0) return false;
  if (/好[，,]$/.test(stretch) || promisesOf(stretch).length > 0) return true;
  return termsIn(stretch).some((term) => opensNext(stretch, term));
}

/** 48小时内，会有专人联系您: a time that stands alone opens the next clause. */
function opensNext(text: string, term: TimeTerm): boolean {
  const before = text.slice(clauseStart(text, term.start), term.start);
  const end = clauseEnd(text, term.end);
  return end < text.length && end - term.end <= 1 && before.trim().length <= 2;
}

/** 今天就安排补发，预计明天能发出: what is begun or arranged first is done by the time that is named next for it. */
function isBegunFirst({ text, due }: SpokenPromise): boolean {
  return text.includes('安排') || (due.kind === 'day' && due.offset === 0 && due.second === null);
}

function joined(
  text: string,
  { span: [start] }: SpokenPromise,
  { span, act, due }: SpokenPromise,
): SpokenPromise {
  return { span: [start, span[1]], text: text.slice(start, span[1]), act, due };
}

function isForecast({ act }: SpokenPromise, { vague }: TimeTerm): boolean {
  return vague && FORECAST.has(act);
}

function promiseAt(text: string, term: TimeTerm): SpokenPromise | null {
  const start = clauseStart(text, term.start);
  let end = clauseEnd(text, term.end);
  if (opensNext(text, term)) end = clauseEnd(text, end + 1);
  const found = actAfter(text, term.end, Math.min(end, term.end + REACH + 8));
  if (found === null || found.start - term.end > REACH) return null;
  const before = text.slice(start, term.start);
  const between = text.slice(term.end, found.start);
  const after = text.slice(found.end, end);
  const previous = text.slice(clauseStart(text, Math.max(0, start - 1)), start);
  const clause = text.slice(start, end + 1);
  const sentence = text.slice(sentenceStart(text, term.start), term.start);
  if (
    NOT_OURS.test(before) ||
    /[您你亲](?:可以|需要|需|要|得|再|自己|方便)/.test(between) ||
    CONDITION.test(before) ||
    CONDITION.test(between) ||
    CUSTOMERS_ACT.test(between) ||
    CONDITION.test(previous) ||
    SUPPOSITION.test(sentence) ||
    (found.act === 'refund' && BY_CHANNEL.test(before)) ||
    GENERAL.test(before) ||
    GENERAL.test(between) ||
    NEGATED.test(between.replace(/不(?:等|断|久)/g, '')) ||
    NEGATED_AFTER.test(after) ||
    /(?:不|没|未|无法)\s*$/.test(before) ||
    DONE.test(after) ||
    PAST.test(before) ||
    /已经?|刚刚?/.test(between) ||
    QUESTION.test(clause) ||
    QUOTED.test(clause)
  ) {
    return null;
  }
  return {
    span: [term.start, found.end],
    text: text.slice(term.start, found.end),
    act: found.act,
    due: term.due,
  };
}

function actAfter(
  text: string,
  from: number,
  until: number,
): { start: number; end: number; act: Act } | null {
  ACT.lastIndex = from;
  const found = ACT.exec(text);
  if (found === null || found.index >= until) return null;
  const act = ACTS.find((one) => found.groups?.[one] !== undefined)!;
  return { start: found.index, end: found.index + found[0].length, act };
}

function sentenceStart(text: string, at: number): number {
  let start = at;
  while (start > 0 && !SENTENCE_END.at(text, start - 1)) start--;
  return start;
}

function clauseStart(text: string, at: number): number {
  let start = at;
  while (start > 0 && !CLAUSE_END.at(text, start - 1)) start--;
  return start;
}

function clauseEnd(text: string, at: number): number {
  let end = at;
  while (end < text.length && !CLAUSE_END.at(text, end)) end++;
  return end;
}
