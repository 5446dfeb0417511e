import { abuseRule } from '../abuse-rule.js';

/** Looks down on the customer's money or standing, or tells them to go away. */
export default abuseRule({
  id: 'abuse/contempt',
  noun: { zh: '轻蔑', en: 'contempt' },
  undirected: 'aimed',
  thirdParty: null,
  docs: {
    what: {
      zh: '嫌顾客穷、嫌顾客烦，或直接赶人：“买不起就别买”“爱买不买”。',
      en: 'Sneers at the customer’s means, or shows them the door: “cannot afford it? do not buy it”.',
    },
    why: {
      zh: '瞧不起人比拒绝更伤人，这位顾客不会再来，还会告诉别人。',
      en: 'Being looked down on hurts more than a refusal: this customer will not return, and will tell others why.',
    },
    remedy: {
      zh: '价格没有空间就说明原因，推荐预算内的款式或可用的优惠。',
      en: 'Where the price is firm, say why, and name a cheaper item or a discount that applies.',
    },
  },
  examples: [
    {
      title: { zh: '嫌顾客买不起', en: 'Says the customer cannot afford it' },
      turns: [
        { role: 'customer', text: '还能再便宜点吗' },
        { role: 'agent', text: '买不起就别买' },
      ],
      finds: [{ turn: 1, quote: '买不起' }],
    },
    {
      title: { zh: '礼貌地说明没有优惠', en: 'A polite no' },
      turns: [
        { role: 'customer', text: '还能再便宜点吗' },
        { role: 'agent', text: '亲,这款已经是活动价了,您可以领一张满减券再下单' },
      ],
      finds: [],
    },
  ],
});
