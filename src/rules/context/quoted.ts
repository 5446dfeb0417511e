import { Glance } from '../../model/index.js';
import type { Scope } from './scope.js';

const OPENING = '“"‘\'「『【《';
const MAY_OPEN = new RegExp(`[${OPENING}]`);
/** Without one of these before it, nothing is told as said by somebody, or stands in quotation marks. */
const MAY_TELL = new Glance(`说讲骂写打提描评留发称形${OPENING}`);
const CLOSING: Readonly<Record<string, string>> = {
  '“': '”',
  '"': '"',
  '‘': '’',
  "'": "'",
  '「': '」',
  '『': '』',
  '【': '】',
  '《': '》',
};

/** 您说的…, 您刚才骂我们…, 您评价里写…; what follows is the customer's unless it speaks to the customer again. */
const CUSTOMER_SAID =
  /(?:[你您妳亲]|顾客|客户|买家)(?:们|这边|刚才|刚刚|之前|上次|一直|在|自己|评价|留言|里|中|上|不是|也|都|是)*(?:说(?!话)|讲(?!话)|骂|写|打|提到|描述|评价|留言|发|称|形容)(?:的|我们|我|了|到|出|过|成|是|这个|那个|什么|东西|质量|商品|产品|宝贝|服务|态度)*[^你您妳]{0,4}$/;
/** The same in the clause before, where the quote is opened. */
const CUSTOMER_SAID_THIS =
  /(?:[你您妳亲]|顾客|客户|买家)[^。！？!?]{0,10}(?:说(?!话)|讲(?!话)|骂|写|评价|留言)[^你您妳]{0,6}[:：“"'‘「]\s{0,4}$/;
const SAID_WORD = /说|讲|骂|写|提到|评价|留言|词|话|形容|称/;
/** What stands in quotation marks is the name of goods: “骗子”款, “神经病”表情贴. */
const NAMES_GOODS = /^[”"'’」』】》]?\s?(?:款|系列|字样|图案|贴|表情|色|牌|型号|主题)/;
const SAYS = /说(?!话)|讲(?!话)|骂|写|提到|评价|留言/;

/**
 * True when the span repeats the customer's words rather than making them the agent's own: after 您说的 and its like, or
 * in quotation marks where the customer wrote the same earlier, the clause speaks of speaking, or goods are named.
 *
 * @param hasSaid whether the customer wrote words before; asked only where the answer matters
 */
export function isQuotedFromCustomer(scope: Scope, hasSaid: (words: string) => boolean): boolean {
  const lead = scope.sentenceBefore + scope.before;
  if (MAY_TELL.at(lead) === 0) return false;
  if (CUSTOMER_SAID.test(scope.before) || CUSTOMER_SAID_THIS.test(lead)) return true;
  if (inQuotationMarks(scope)) {
    return SAID_WORD.test(lead + scope.after) || NAMES_GOODS.test(scope.after) || hasSaid(scope.words);
  }
  return SAYS.test(scope.before) && !/[你您妳][^说讲骂写]{0,3}$/.test(scope.before) && hasSaid(scope.words);
}

/** True when the span stands inside an open pair of quotation marks of its sentence. */
export function inQuotationMarks(scope: Scope): boolean {
  if (!MAY_OPEN.test(scope.before) && !MAY_OPEN.test(scope.sentenceBefore)) return false;
  const lead = scope.sentenceBefore + scope.before;
  const rest = scope.after + scope.sentenceAfter;
  for (let at = lead.length - 1; at >= 0; at--) {
    const char = lead[at]!;
    const closing = OPENING.includes(char) ? CLOSING[char] : undefined;
    if (closing === undefined) continue;
    if (closing !== char && lead.includes(closing, at + 1)) continue;
    if (closing === char && lead.split(char).length % 2 === 1) continue;
    if (rest.includes(closing)) return true;
  }
  return false;
}
