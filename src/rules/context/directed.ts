import { CharacterClass, lengthOfCharacter } from '../../model/index.js';
import type { Scope } from './scope.js';

/** Whom words are about: the party spoken to, somebody else, the speaker, or nobody that can be told. */
export type Addressee = 'partner' | 'third-party' | 'self' | 'unknown';

const SECOND = '[你您妳祢](?!好)|亲亲|(?<![父母双至])亲(?![自戚人爱])|客官|顾客大人';
const SELF = '我|俺|咱|本人|本客服|小妹|妹子|小二|小编|小的|客服这边|这边(?=[真太也])';
/** Others for both sides. */
const THIRD =
  '[他她它]|别人|人家|有人|快递|配送|送货|骑手|司机|师傅|站点|站长|厂家|厂商|供应商|供货商|物流|邻居|小偷|对方|前台|物业|朋友|老公|老婆|室友|业主|房东|妈|爸|家人|孩子|有的客户';
/** Others to an agent; to a customer they are one side with the agent. */
const OWN_SIDE = '仓库|卖家|商家|同事|领导|经理|系统|平台|客服|店[家铺长]?|京东|淘宝|天猫|拼多多|公司';
/** The party spoken to, as each side calls it. */
const SPOKEN_TO = { agent: SECOND, customer: `${SECOND}|${OWN_SIDE}` };
const ANYONE = {
  agent: new RegExp(`(?<second>${SECOND})|(?<self>${SELF})|(?<third>${THIRD}|${OWN_SIDE})`, 'g'),
  customer: new RegExp(`(?<second>${SPOKEN_TO.customer})|(?<self>${SELF})|(?<third>${THIRD})`, 'g'),
};
const ADDRESSED = { agent: new RegExp(SPOKEN_TO.agent), customer: new RegExp(SPOKEN_TO.customer) };
const POINTS_AT_READER = {
  agent: new RegExp(`^[的了吧啊呀哦个]{0,2}(?:${SPOKEN_TO.agent})`),
  customer: new RegExp(`^[的了吧啊呀哦个]{0,2}(?:${SPOKEN_TO.customer})`),
};
/** Says afterwards whom it was about. */
const WAS_ABOUT_READER = /^[^。！？!?\n]{0,6}[说說骂罵]的?就是[你您妳]/;
/** What may stand beside an insult that is the whole answer. */
const PADDING = new CharacterClass(/[\s\p{P}\p{S}啊吧呢呀哦哈嘛了的吗是真就这那]/u);
/** So few other words leave nobody else whom they could be about. */
const REPLY_PADDING_LIMIT = 4;
/** 我看, 我说 and the like introduce what is said of another; 他妈的 is nobody. */
const NOBODY =
  /他[妈吗马娘]的?(?!妈)|他奶奶的?|(?:我|俺|咱)(?:看|说|觉得|认为|就说|告诉|劝|跟|和|对|让|请|怕|希望|祝|咒|问候|去|要|会|给|操|草|日|干)/g;

/** Who speaks: words for persons mean different people on the two sides of a chat. */
export type Speaker = 'agent' | 'customer';

/**
 * Whom the words of a span are about: the nearest person named before it, else one named right behind it. An utterance
 * that is little more than the span answers whoever spoke last.
 *
 * @param bare whom such an utterance is about
 */
export function addresseeOf(
  scope: Scope,
  speaker: Speaker = 'agent',
  bare: Addressee = 'partner',
): Addressee {
  if (ADDRESSED[speaker].test(scope.words)) return 'partner';
  const subject = subjectOf(scope.before, speaker);
  if (subject) return subject;
  if (POINTS_AT_READER[speaker].test(scope.after)) return 'partner';
  if (WAS_ABOUT_READER.test(scope.sentenceAfter) || WAS_ABOUT_READER.test(scope.after)) return 'partner';
  const earlier = subjectOf(scope.sentenceBefore, speaker);
  if (earlier) return earlier;
  return isAlone(scope) ? bare : 'unknown';
}

/** True when hardly anything else is said. */
function isAlone({ sentenceBefore, before, after, sentenceAfter }: Scope): boolean {
  let others = 0;
  for (const words of [sentenceBefore, before, after, sentenceAfter]) {
    for (let at = 0; at < words.length && others <= REPLY_PADDING_LIMIT; ) {
      const length = lengthOfCharacter(words, at);
      if (!PADDING.at(words, at)) others += length;
      at += length;
    }
  }
  return others <= REPLY_PADDING_LIMIT;
}

/** What may lead up to a name that somebody is called, and follow it. */
const CALL_BEFORE = /^(?:[\s\p{P}\p{S}]|真是|就是|简直|又是|这个?|个|大|死|臭|一群|哎|呵)*$/u;
const CALL_AFTER =
  /^(?:[\s\p{P}\p{S}啊吧呢呀哦嘛了哈吗嗎么]|一[个個枚只隻条條]|的?[东東]西|玩意儿?|[买買]家|[顾顧]客|客[户戶])*$/u;

/** True when the words of a span are all there is in their clause: a name that the reader is called. */
export function isCalled({ before, after }: Scope): boolean {
  return CALL_BEFORE.test(before) && CALL_AFTER.test(after);
}

/** True when the words of a span are said to the person spoken to. */
export function isDirected(scope: Scope, speaker: Speaker = 'agent'): boolean {
  return addresseeOf(scope, speaker) === 'partner';
}

/** True when the speaker speaks of themselves: 我真是笨. */
export function isSelf(scope: Scope, speaker: Speaker = 'agent'): boolean {
  return addresseeOf(scope, speaker) === 'self';
}

/** The last person named in words that lead up to something: most likely its subject. Null when nobody is. */
export function subjectOf(words: string, speaker: Speaker = 'agent'): Addressee | null {
  let last: Addressee | null = null;
  if (words === '') return last;
  for (const { groups } of words.replace(NOBODY, '').matchAll(ANYONE[speaker])) {
    last = groups?.second ? 'partner' : groups?.self ? 'self' : 'third-party';
  }
  return last;
}
