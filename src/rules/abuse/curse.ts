import { abuseRule } from '../abuse-rule.js';

/** Wishes the customer harm or death. */
export default abuseRule({
  id: 'abuse/curse',
  noun: { zh: '诅咒', en: 'a curse' },
  undirected: 'aimed',
  docs: {
    what: {
      zh: '客服诅咒顾客或其家人。',
      en: 'The agent wishes the customer or their family harm or death.',
    },
    why: {
      zh: '诅咒在任何平台都是一般以上的恶意骚扰，一次就可能扣分赔付。',
      en: 'Every platform counts a curse as harassment; one is enough for points and compensation.',
    },
    remedy: {
      zh: '立即停止该客服接待，由主管致歉。',
      en: 'Take the agent off the chat; a supervisor apologises.',
    },
  },
  examples: [
    {
      title: { zh: '咒顾客去死', en: 'Tells the customer to die' },
      turns: [
        { role: 'customer', text: '不退款我就给差评' },
        { role: 'agent', text: '给差评的都去死吧' },
      ],
      finds: [{ turn: 1, quote: '去死' }],
    },
    {
      title: { zh: '夸张用语不算', en: 'Hyperbole is no curse' },
      turns: [
        { role: 'customer', text: '什么时候能到呀' },
        { role: 'agent', text: '亲别急,今天忙死了,刚刚已经给您打包好了,晚上就发出' },
      ],
      finds: [],
    },
  ],
});
