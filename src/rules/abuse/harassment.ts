import { abuseRule } from '../abuse-rule.js';

/** Sexual remarks. */
export default abuseRule({
  id: 'abuse/harassment',
  noun: { zh: '骚扰', en: 'harassment' },
  undirected: 'aimed',
  thirdParty: null,
  docs: {
    what: {
      zh: '对顾客说带性意味的话，或纠缠顾客私下交往。',
      en: 'Sexual remarks to the customer, or advances.',
    },
    why: {
      zh: '贴身商品的顾客尤其容易遇到，属于严重骚扰。',
      en: 'Customers of intimate goods meet it most; it is grave harassment.',
    },
    remedy: { zh: '立即停止接待并上报。', en: 'End the agent’s part in the chat at once and report it.' },
  },
  examples: [
    {
      title: { zh: '问尺码时骚扰', en: 'Harasses over sizes' },
      turns: [
        { role: 'customer', text: '胸围85穿什么码' },
        { role: 'agent', text: '发张你的裸照给我看看就知道了' },
      ],
      finds: [{ turn: 1, quote: '裸照' }],
    },
    {
      title: { zh: '正常问尺码不算', en: 'Asking for measurements is service' },
      turns: [
        { role: 'customer', text: '胸围85穿什么码' },
        { role: 'agent', text: '您上胸围是多少呢,我帮您对一下尺码表' },
      ],
      finds: [],
    },
  ],
});
