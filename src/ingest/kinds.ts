import type { MessageKind } from '../model/message.js';

/**
 * What the placeholders of exports stand for. A message that consists of nothing but these is not text. Named emoji
 * (`[微笑]`, `/:^_^`, `#E-s25`) are not here on purpose: they are words, and can taunt.
 */
const PLACEHOLDERS: Readonly<Record<string, MessageKind>> = {
  图片: 'image',
  照片: 'image',
  截图: 'image',
  闪照: 'image',
  image: 'image',
  img: 'image',
  photo: 'image',
  动画表情: 'image',
  自定义表情: 'image',
  表情包: 'image',
  sticker: 'image',
  卡片: 'card',
  卡片消息: 'card',
  名片: 'card',
  链接: 'card',
  商品: 'card',
  商品卡片: 'card',
  商品快照: 'card',
  商品链接: 'card',
  宝贝链接: 'card',
  宝贝卡片: 'card',
  订单: 'card',
  订单卡片: 'card',
  订单信息: 'card',
  优惠券: 'card',
  小程序: 'card',
  位置: 'card',
  分享: 'card',
  card: 'card',
  link: 'card',
  文件: 'file',
  视频: 'file',
  短视频: 'file',
  语音: 'file',
  语音消息: 'file',
  音频: 'file',
  file: 'file',
  video: 'file',
  voice: 'file',
  audio: 'file',
  表情: 'other',
  红包: 'other',
  转账: 'other',
  戳一戳: 'other',
  合并转发: 'other',
  聊天记录: 'other',
  不支持的消息: 'other',
  不支持的消息类型: 'other',
  未知消息: 'other',
  语音通话: 'other',
  视频通话: 'other',
};

/**
 * Sentences that a platform writes in place of a message, or about one, each with what it cannot be without. Matched on
 * the whole trimmed text.
 */
const NOTICES: readonly (readonly [needs: string, RegExp, MessageKind])[] = [
  // A person who asks about a recall is no notice: `你为什么撤回了一条消息`.
  [
    '撤回了',
    /^(?!.*(?:为什么|为啥|怎么|刚|干嘛|干吗|如果)).{0,40}撤回了(?:一条|1条)(?:群?成员.{1,20}的?)?消息(?:[，,。 \t].{0,12})?$/u,
    'recall',
  ],
  ['撤回', /^(?:\[|【)?(?:此|该)?消息已(?:被)?撤回(?:\]|】)?$/u, 'recall'],
  ['转', /^由\s*.{1,40}?\s*(?:转交|转接|转移)(?:给|至|到)\s*.{1,40}$/u, 'transfer'],
  ['转', /^[^\s，。！？,!?]{1,40}\s+(?:转交|转接)给\s+[^\s，。！？,!?]{1,40}$/u, 'transfer'],
  ['转人工', /^用户发起转人工$/u, 'transfer'],
  ['【此消息为', /^【此消息为欢迎卡片或富文本模板答案.{0,30}】$/u, 'card'],
  ['您选择了一个订单', /^您选择了一个订单进行咨询（.{1,200}）$/u, 'card'],
  ['【收到不支持', /^【收到不支持的消息类型.{0,20}】$/u, 'other'],
  ['[图片]', /^\[图片\](?:你已下载文件|对方已成功接收了你发送的离线文件).{0,20}$/u, 'file'],
  ['[文件]', /^\[文件\]\s*[^\n]{1,200}$/u, 'file'],
  ['[', /^\[(?:链接|卡片|小程序|位置|名片)\]\s*[^\n]{1,300}$/u, 'card'],
];

const BRACKETED = /[[【]\s*([^[\]【】]{1,12}?)\s*[\]】]/gy;

/** A notice has a bracket or one of these words. */
function mayBeNotice(text: string): boolean {
  return (
    text.includes('[') ||
    text.includes('【') ||
    text.includes('撤回') ||
    text.includes('转') ||
    text.includes('您选择了一个订单')
  );
}

/** {@link classify} finds nothing but text where none of these occurs. */
export const NOTICE_CHARACTERS = '[【撤转择';

/** Longer texts are never placeholders; saves looking at them. */
const LONGEST_NOTICE = 320;

/**
 * What a message is, told by its text alone: placeholders of pictures, cards and files, and notices of recall and
 * transfer. Ordinary sentences that merely mention such a thing (`我给您发个[图片]`, `我帮您转接给售后`) are text.
 */
export function classify(text: string): MessageKind {
  if (text.length > LONGEST_NOTICE) return 'text';
  // Most messages end here.
  if (!mayBeNotice(text)) return 'text';
  const trimmed = text.trim();
  return placeholderKind(trimmed) ?? noticeKind(trimmed) ?? 'text';
}

/** The kind of a text made of known placeholders only; `[图片][图片]` is one image message. */
function placeholderKind(text: string): MessageKind | null {
  const first = text.charCodeAt(0);
  if (first !== 0x5b && first !== 0x3010) return null;
  let kind: MessageKind | null = null;
  let at = 0;
  while (at < text.length) {
    BRACKETED.lastIndex = at;
    const match = BRACKETED.exec(text);
    const found = match && placeholderOf(match[1]!);
    if (!found) return null;
    kind ??= found;
    at = BRACKETED.lastIndex;
    while (at < text.length && text.charCodeAt(at) <= 0x20) at++;
  }
  return kind;
}

/** Own keys only: a placeholder called `constructor` is nobody's kind. */
function placeholderOf(word: string): MessageKind | null {
  const key = word.toLowerCase();
  return Object.hasOwn(PLACEHOLDERS, key) ? PLACEHOLDERS[key]! : null;
}

function noticeKind(text: string): MessageKind | null {
  for (const [needs, pattern, kind] of NOTICES) if (text.includes(needs) && pattern.test(text)) return kind;
  return null;
}

/** Words that formats use in a type column or field, lower case. */
const TYPE_WORDS: Readonly<Record<string, MessageKind>> = {
  text: 'text',
  txt: 'text',
  markdown: 'text',
  reply: 'text',
  文本: 'text',
  文字: 'text',
  文本消息: 'text',
  文字消息: 'text',
  引用消息: 'text',
  picture: 'image',
  pic: 'image',
  emotion: 'image',
  emoji: 'image',
  图片消息: 'image',
  template: 'card',
  template2: 'card',
  goods: 'card',
  goods_card: 'card',
  order: 'card',
  order_card: 'card',
  weapp: 'card',
  json: 'card',
  share: 'card',
  location: 'card',
  链接消息: 'card',
  文件消息: 'file',
  视频消息: 'file',
  recall: 'recall',
  revoke: 'recall',
  withdraw: 'recall',
  撤回: 'recall',
  撤回消息: 'recall',
  transfer: 'transfer',
  转接: 'transfer',
  转交: 'transfer',
  system: 'other',
  系统: 'other',
  系统消息: 'other',
  other: 'other',
  其他: 'other',
  其它: 'other',
};

/** The kind that a format's own type word means, or null where the word is not known. */
export function kindOfWord(word: string): MessageKind | null {
  const key = word.trim().toLowerCase();
  return Object.hasOwn(TYPE_WORDS, key) ? TYPE_WORDS[key]! : placeholderOf(key);
}
