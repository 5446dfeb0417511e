import type { Bilingual } from '../model/index.js';

/** Words for the codes that rules put into a finding's data. */
export const TERMS: Readonly<Record<string, Bilingual>> = {
  yes: { zh: '是', en: 'yes' },
  no: { zh: '否', en: 'no' },
  customer: { zh: '顾客', en: 'customer' },
  agent: { zh: '客服', en: 'agent' },
  partner: { zh: '对方', en: 'the other party' },
  'third-party': { zh: '第三方', en: 'a third person' },
  unknown: { zh: '未指明', en: 'nobody in particular' },
  reason: { zh: '原因', en: 'a reason' },
  alternative: { zh: '替代方案', en: 'an alternative' },
  'next-step': { zh: '下一步', en: 'a next step' },
  offer: { zh: '主动帮忙', en: 'an offer of help' },
  referral: { zh: '可联系的去处', en: 'a referral that can be followed' },
  apology: { zh: '道歉', en: 'an apology' },
  question: { zh: '询问', en: 'a question' },
  answer: { zh: '答案', en: 'an answer' },
  'order-number': { zh: '订单号', en: 'order number' },
  phone: { zh: '电话', en: 'phone number' },
  address: { zh: '地址', en: 'address' },
  photo: { zh: '照片', en: 'photo' },
  size: { zh: '尺码信息', en: 'measurements' },
  problem: { zh: '问题', en: 'problem' },
};
