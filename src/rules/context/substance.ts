import { Memo } from '../../model/index.js';

/** Emoji codes of the platforms: `#E-s12`, `/:^_^`, `[微笑]`. Placeholders (`[图片]`) and masks (`[姓名x]`) are not. */
const EMOJI_CODE =
  /#E-[a-z]*(?:\[数字x\]|\d+)|\/:[\w^~>$'"()-]{1,6}|\[(?!ORDERID|图片|视频|链接|[^[\]]*x\])[^[\]]{1,6}\]/g;
const COURTESY =
  /亲亲|亲爱的|亲(?=$|[^自戚])|您好|你好|不好意思|抱歉|对不起|小妹|妹子|这边|这个|呢|哦|哈|呀|啊|噢|喔|的|了|吧|嘛|哒|滴|咯|呗|啦|哟|喽|嘞|诶|捏|嗯+|恩+|好的?|[你您](?=[^a-z])/g;
const NOT_WORDS = /[^\p{L}\p{N}]+/gu;

/** A text without emoji codes, punctuation and spaces. */
export function wordsOf(text: string): string {
  return text.replace(EMOJI_CODE, '').replace(NOT_WORDS, '');
}

/** What remains of a text without emoji, punctuation and courtesy: what it says. */
export function essence(text: string): string {
  return essences.of(text);
}

const essences = new Memo(essenceOf);

function essenceOf(text: string): string {
  return wordsOf(text.replace(EMOJI_CODE, '').replace(COURTESY, ''));
}

/** True when two texts have a pair of neighbouring characters in common. */
export function sharesWords(a: string, b: string): boolean {
  for (let at = 0; at + 2 <= a.length; at++) if (b.includes(a.slice(at, at + 2))) return true;
  return false;
}

/** What remains of a text when spans are taken out, without emoji, punctuation and courtesy. */
export function remainder(text: string, spans: readonly (readonly [number, number])[]): string {
  let rest = '';
  let from = 0;
  for (const [start, end] of [...spans].sort((a, b) => a[0] - b[0])) {
    if (start > from) rest += `${text.slice(from, start)} `;
    from = Math.max(from, end);
  }
  return essence(rest + text.slice(from));
}
