import { Memo, type Message } from '../model/index.js';

/**
 * Customer messages that ask for nothing: thanks, goodbyes, "ok", a lone smile. They start no wait, so that a customer
 * who says 好的谢谢 and leaves was not left unanswered.
 *
 * Words are data; the whole message must be made of them and of punctuation. A question mark always asks for an answer,
 * and so do greetings: 你好 is how a customer begins.
 */
const CLOSINGS = words(`
  谢谢 谢啦 谢了 多谢 感谢 非常感谢 谢谢你 谢谢您 谢谢亲 谢谢客服 谢谢老板 谢谢哈 感谢感谢 太谢谢了
  辛苦 辛苦了 辛苦你了 辛苦您了 麻烦了 麻烦你了 麻烦您了 打扰了 打扰你了 打扰您了 费心了
  客气 不客气 你太客气了 没事 没事了 没关系 不用了 先不用了 不用谢 没问题 没问题了 暂时没有
  先这样 就这样 那就这样 就这样吧 先这样吧 那先这样 那先这样吧 我等 我等着 那我等着 我等等 我等你 我等您 等你 等您
  等等看 我等等看 再等等 再等等看 我再等等 我再等等看 再看看 我再看看
  再见 拜拜 拜 晚安 88 886 bye byebye 祝你生意兴隆 祝生意兴隆 生意兴隆 好评 已好评 给你好评
  明白 明白了 知道 知道了 我知道了 了解 了解了 懂了 收到 收到了 清楚了 这样啊 这样 原来如此
  那好 那行 那好吧 那行吧 好吧 好了 行吧 行了 哦 噢 喔 哦哦 喔喔 哈哈 哈哈哈 呵呵 嘻嘻 嘿嘿
  ok okay okok k thanks thankyou thx 3q
`);

/** They close, too, but not where they answer a question of the agent: then the customer waits for what follows. */
const ANSWERS = words(`
  好 好的 好呀 好嘞 好滴 好哒 好哦 行 可以 可以的 嗯 恩 嗯嗯 嗯呢 嗯好 嗯好的 是 是的 对 对的 没错
  不用 没有 没有了 没了
`);

/** They make no sense alone: 亲 is a call, not a closing. */
const FILLERS = words('亲 亲亲 啦 了 的 哈 呢 啊 呀 嘛 吧 那 哟 呐 喽');

const QUESTION = /[?？]|吗|呢[?？]|怎么|什么|多少|哪|几/;
/** Emoji codes of the platforms (`#E-s12`, `/:^_^`, `[微笑]`) and everything that is neither letter nor digit. */
const NOISE = /#E-[a-z]?\[?\w+\]?|\/:[\w^~>$'"()-]{1,6}|\[[^[\]]{1,6}\]|[^\p{L}\p{N}]+/gu;

/** What a word of the lists does to a message, as bits. */
const FILLS = 1;
const CLOSES = 2;
const ANSWERS_BIT = 4;
const KNOWN = new Map<string, number>([
  ...FILLERS.map((word) => [word, FILLS] as const),
  ...ANSWERS.map((word) => [word, ANSWERS_BIT] as const),
  ...CLOSINGS.map((word) => [word, CLOSES] as const),
]);
/** By UTF-16 unit: 1 for a Han character that is in none of the words. It says something, unless it names an emoji. */
const STRANGE = new Uint8Array(0x10000).fill(1, 0x4e00, 0x9fa6);
/** The same for one that no word begins or ends with, where it stands first or last. */
const STRANGE_FIRST = STRANGE.slice();
const STRANGE_LAST = STRANGE.slice();
for (const word of KNOWN.keys()) {
  for (let at = 0; at < word.length; at++) STRANGE[word.charCodeAt(at)] = 0;
  STRANGE_FIRST[word.charCodeAt(0)] = 0;
  STRANGE_LAST[word.charCodeAt(word.length - 1)] = 0;
}
const BRACKET = 0x5b;
const LONGEST = Math.max(...[...KNOWN.keys()].map((word) => word.length));
/** Longest message worth looking at; anything longer says something. */
const LIMIT = 24;

/**
 * True when a customer's text needs no answer.
 *
 * @param answers true where the agent has just asked something: then 是的 and 没有 are answers, and whoever gives one
 *   waits for what the agent makes of it
 */
export function isAcknowledgement(text: string, answers = false): boolean {
  if (text.length > LIMIT || saysMore(text)) return false;
  return (effects.of(text) & (answers ? CLOSES : CLOSES | ANSWERS_BIT)) !== 0;
}

/** A quick look, at which most messages end: true where a text cannot be made of the words. */
function saysMore(text: string): boolean {
  const { length } = text;
  if (length === 0) return false;
  if (STRANGE_FIRST[text.charCodeAt(0)] === 1 || STRANGE_LAST[text.charCodeAt(length - 1)] === 1) return true;
  for (let at = 0; at < length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === BRACKET) return false;
    if (STRANGE[unit] === 1) return true;
  }
  return false;
}

const effects = new Memo(effectOf);

/** What the words do to the message that they make up, as bits; 0 where it is more than words. */
function effectOf(text: string): number {
  if (QUESTION.test(text)) return 0;
  const rest = text.replace(NOISE, '').toLowerCase();
  // Pictures and bare punctuation: a lone emoji closes, but 。。。 or a placeholder is the caller's to judge by kind.
  if (rest === '') return CLOSES;
  // Which kinds of words can make up the text so far, as a set of bits; 0 where none can.
  const reachable = new Uint8Array(rest.length + 1);
  reachable[0] = FILLS;
  for (let start = 0; start < rest.length; start++) {
    const before = reachable[start]!;
    if (before === 0) continue;
    for (let length = 1; length <= LONGEST && start + length <= rest.length; length++) {
      const kind = KNOWN.get(rest.slice(start, start + length));
      if (kind !== undefined) reachable[start + length]! |= before | kind;
    }
  }
  return reachable[rest.length]!;
}

/** True for a customer's message that somebody should answer. See {@link isAcknowledgement} for `answers`. */
export function needsAnswer(message: Message, answers = false): boolean {
  if (message.kind === 'recall' || message.kind === 'transfer') return false;
  return message.kind !== 'text' || !isAcknowledgement(message.text, answers);
}

/** 有货的呢 tells and 要哪个呢 asks, 暂时没有 tells and 收到没有 asks: particles alone do not make a question. */
const ASKS =
  /(?:[?？]|吗|(?:什么|哪|怎么|多少|几|谁|是不是|有没有).{0,12}呢|[了到]么|[好行要可能会是]不|[了到]没有?|是吧|对吧)[\s~～。.!！亲哦呀啊]*$/;
/** Is there anything else? Whoever says no to that has said goodbye. */
const ANYTHING_ELSE = /还有.{0,8}(?:需要|问题|疑问|帮|其他|别的|吩咐)|有什么.{0,6}(?:帮|需要)/;

/** True when an agent's text ends with a question that the customer's next words answer. */
export function asksCustomer(text: string): boolean {
  const end = text.slice(-40);
  return ASKS.test(end) && !ANYTHING_ELSE.test(end);
}

function words(list: string): string[] {
  return list.trim().split(/\s+/);
}
