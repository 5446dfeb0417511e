import { abuseRule } from '../abuse-rule.js';

/** Dares the customer, or parades that nothing can happen to the shop. */
export default abuseRule({
  id: 'abuse/provocation',
  noun: { zh: '挑衅', en: 'a provocation' },
  undirected: 'aimed',
  thirdParty: null,
  docs: {
    what: {
      zh: '激顾客去投诉、去告，或炫耀自己不怕：“有本事你去投诉”“随便投诉”。',
      en: 'Dares the customer to complain or sue, or boasts of impunity: “go on, complain”.',
    },
    why: {
      zh: '一句话就把售后问题变成投诉，并且留下店铺不在乎的证据。',
      en: 'It turns a service case into a complaint, and proves in writing that the shop does not care.',
    },
    remedy: {
      zh: '告诉顾客投诉是他的权利，同时给出自己现在能做的一步。',
      en: 'Grant that complaining is their right, and name the one thing you can do now.',
    },
  },
  examples: [
    {
      title: { zh: '激顾客投诉', en: 'Dares the customer to complain' },
      turns: [
        { role: 'customer', text: '再不处理我就投诉了' },
        { role: 'agent', text: '有本事你去投诉啊' },
      ],
      finds: [{ turn: 1, quote: '有本事' }],
    },
    {
      title: { zh: '告知投诉渠道不算', en: 'Naming the complaints line is service' },
      turns: [
        { role: 'customer', text: '我要投诉快递' },
        { role: 'agent', text: '您可以拨打快递公司的投诉电话,我这边也同步帮您反馈' },
      ],
      finds: [],
    },
  ],
});
