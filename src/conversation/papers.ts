import type { Message, Paper } from '../model/index.js';

/** How agents name what they ask for. */
const NAMES: readonly (readonly [Paper, RegExp])[] = [
  ['order-number', /订单(?:编)?号|单号(?!码)|订单信息/],
  ['invoice', /发票/],
  ['video', /视频|录像/],
  ['photo', /照片|图片|截图|实物图|(?<!视频和)(?:拍|发)(?:个|张|一?下)?图/],
  ['address', /地址/],
  ['phone', /电话|手机号?码?|联系方式/],
];

const ASKS =
  /(?:提供|出示|报一?下|发送|发一?下|发给?我|再发|先发|上传|补充|填写|拍(?:个|张|几张|一?下)?(?=照|视|图)|录(?:个|一?段))[^。！!？?\n]{0,32}/g;
const NAMED_FIRST =
  /(?:订单号|订单编号|单号|发票|视频|照片|图片|地址|电话|手机号)[^。！!？?，,\n]{0,6}(?:提供|发一?下|发过来|发我|给我|报一?下|是多少|多少)/g;
/** The agent sends, has sent, or tells what is to be kept; the waybill is the shop's. */
const NOT_ASKED =
  /(?:给|帮|为)[您你亲][^，,。]{0,6}$|(?:已经?|刚刚?|稍后|会|将)[^，,。您你]{0,4}$|(?:我|我们|这边|客服)(?:再|先|来|去|会|已经)?$|(?:不用|无需|不需要|不必)(?:再|重新)?$/;
const INVOICE_PICTURE = /发票(?:的)?(?:照片|图片|截图)/;
const WAYBILL = /(?:快递|物流|运单|退货)(?:单号|单)/;

/** What an agent's text asks the customer for, and where; null when it asks for nothing. */
export function papersAskedIn(text: string): { papers: Paper[]; span: [number, number] } | null {
  const papers = new Set<Paper>();
  let start = -1;
  let end = -1;
  for (const pattern of [ASKS, NAMED_FIRST]) {
    pattern.lastIndex = 0;
    for (let found = pattern.exec(text); found !== null; found = pattern.exec(text)) {
      const before = text.slice(Math.max(0, found.index - 10), found.index);
      if (NOT_ASKED.test(before)) continue;
      // 发票照片 is the invoice, not a picture of what is broken.
      const words = found[0].replace(WAYBILL, '').replace(INVOICE_PICTURE, '发票');
      const named = NAMES.filter(([, name]) => name.test(words));
      if (named.length === 0) continue;
      for (const [paper] of named) papers.add(paper);
      start = start < 0 ? found.index : Math.min(start, found.index);
      end = Math.max(end, found.index + found[0].length);
    }
  }
  return papers.size === 0 ? null : { papers: [...papers], span: [start, end] };
}

/** One of the first is in what every paper is called, and one of the second in every way to ask for it. */
export const ASKING_CHARACTERS = ['单票频像片图址话机系', '提出报发传充写拍录多给'] as const;

/** A closer look at a text that has both; it spares most of them the rest. */
export function mayAskForPapers(text: string): boolean {
  return /提供|出示|报|发|上传|补充|填写|拍|录|多少|给我/.test(text);
}

const NOTHING: never[] = Object.freeze([]) as unknown as never[];

const ORDER_NUMBER =
  /(?<![\d.])(?!20\d{6}(?!\d))(?!1[3-9]\d{9}(?!\d))\d{8,24}(?![\d.])|(?<![A-Za-z])[A-Z]{2}\d{8,20}(?!\d)/g;
const PRODUCT_NUMBER = /(?:商品(?:编号|ID|id)|[?&]id=|item\/)\s*[:：]?\s*(\d{6,16})/g;
const MAY_NAME_PRODUCT = /商品|id=|item/;
const PHONE = /(?<!\d)1[3-9]\d[\d*]{8}(?!\d)/;
const ADDRESS = /[省市区县镇].{0,24}(?:路|街|道|村|小区|花园|号|栋|幢|室)/;

/** Order and tracking numbers in a text, without those that are named as products. */
export function orderNumbersIn(text: string): string[] {
  const numbers = text.match(ORDER_NUMBER);
  if (numbers === null) return NOTHING;
  const products = productNumbersIn(text);
  return products.length === 0 ? numbers : numbers.filter((number) => !products.includes(number));
}

/** Numbers of products in a text: cards and links of the platforms. */
export function productNumbersIn(text: string): string[] {
  if (!MAY_NAME_PRODUCT.test(text)) return NOTHING;
  return [...text.matchAll(PRODUCT_NUMBER)].map((found) => found[1]!);
}

/** What a customer's message hands in. */
export function papersGivenIn(message: Message): readonly Paper[] {
  const { kind, text } = message;
  if (kind === 'image') return ['photo'];
  if (kind === 'file') return /视频|video/i.test(text) ? ['video'] : [];
  if (kind === 'card') return orderNumbersIn(text).length > 0 ? ['order-number'] : [];
  if (kind !== 'text') return NOTHING;
  const papers: Paper[] = [];
  if (/\d{8}/.test(text) && orderNumbersIn(text).length > 0) papers.push('order-number');
  if (PHONE.test(text)) papers.push('phone');
  if (text.length > 8 && ADDRESS.test(text)) papers.push('address');
  if (/[[【](?:图片|照片|截图)[\]】]/.test(text)) papers.push('photo');
  if (/[[【]视频[\]】]/.test(text)) papers.push('video');
  return papers;
}
