import type { Message } from '../model/index.js';

/**
 * Customer messages that ask for nothing: thanks, goodbyes, "ok", a lone smile. They start no wait, so that a customer
 * who says 好的谢谢 and leaves was not left unanswered.
 *
 * Words are data; the whole message must be made of them, politeness particles and punctuation. A question mark always
 * asks for an answer.
 */
const WORDS = [
  '好',
  '好的',
  '好吧',
  '好呀',
  '好嘞',
  '好滴',
  '好哒',
  '好哦',
  '好了',
  '行',
  '行吧',
  '行了',
  '可以',
  '可以的',
  '嗯',
  '恩',
  '嗯嗯',
  '哦',
  '噢',
  '喔',
  '哦哦',
  '喔喔',
  '是',
  '是的',
  '对',
  '对的',
  '没错',
  '明白',
  '明白了',
  '知道',
  '知道了',
  '了解',
  '了解了',
  '懂了',
  '收到',
  '收到了',
  '清楚了',
  '这样啊',
  '这样',
  '原来如此',
  '那好',
  '那行',
  '那好吧',
  '那行吧',
  '谢谢',
  '谢啦',
  '谢了',
  '多谢',
  '感谢',
  '非常感谢',
  '谢谢你',
  '谢谢您',
  '谢谢亲',
  '谢谢客服',
  '辛苦',
  '辛苦了',
  '辛苦你了',
  '麻烦了',
  '麻烦你了',
  '麻烦您了',
  '客气',
  '不客气',
  '没事',
  '没事了',
  '没关系',
  '不用了',
  '不用',
  '没有了',
  '没了',
  '没有',
  '暂时没有',
  '没问题',
  '没问题了',
  '先这样',
  '就这样',
  '那就这样',
  '就这样吧',
  '先这样吧',
  '我等着',
  '那我等着',
  '我等等',
  '等你',
  '再见',
  '拜拜',
  '拜',
  '晚安',
  '88',
  '886',
  'bye',
  'byebye',
  'ok',
  'okay',
  'okok',
  'k',
  '嗯呢',
  '嗯好',
  '嗯好的',
  '哈哈',
  '哈哈哈',
  '呵呵',
  '嘻嘻',
  '嘿嘿',
  '好评',
  '已好评',
  '祝生意兴隆',
  '生意兴隆',
  'thanks',
  'thankyou',
  'thx',
  '3q',
  '亲',
  '啦',
  '了',
  '的',
  '哈',
  '呢',
  '啊',
  '呀',
  '哦',
  '嘛',
  '吧',
  '那',
  '先',
  '你',
  '您',
];

const QUESTION = /[?？]|吗|呢[?？]|怎么|什么|多少|哪|几/;
/** Emoji codes of the platforms (`#E-s12`, `/:^_^`, `[微笑]`) and everything that is neither letter nor digit. */
const NOISE = /#E-[a-z]?\[?\w+\]?|\/:[\w^~>$'"()-]{1,6}|\[[^[\]]{1,6}\]|[^\p{L}\p{N}]+/gu;

const LONGEST = Math.max(...WORDS.map((word) => word.length));
const KNOWN = new Set(WORDS);
/** Longest message worth looking at; anything longer says something. */
const LIMIT = 24;

/** True when a customer's text needs no answer. */
export function isAcknowledgement(text: string): boolean {
  if (text.length > LIMIT) return false;
  if (QUESTION.test(text)) return false;
  const rest = text.replace(NOISE, '').toLowerCase();
  // Pictures and bare punctuation: a lone emoji closes, but 。。。 or a placeholder is the caller's to judge by kind.
  if (rest === '') return true;
  const reachable = new Uint8Array(rest.length + 1);
  reachable[0] = 1;
  for (let start = 0; start < rest.length; start++) {
    if (reachable[start] === 0) continue;
    for (let length = 1; length <= LONGEST && start + length <= rest.length; length++) {
      if (KNOWN.has(rest.slice(start, start + length))) reachable[start + length] = 1;
    }
  }
  return reachable[rest.length] === 1;
}

/** True for a customer's message that somebody should answer. */
export function needsAnswer(message: Message): boolean {
  if (message.kind === 'recall' || message.kind === 'transfer') return false;
  return message.kind !== 'text' || !isAcknowledgement(message.text);
}
