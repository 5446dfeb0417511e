import { abuseRule } from '../abuse-rule.js';

/** Swearing, also abbreviated, disguised or in pinyin. Undirected swearing is graver than slang, milder than an attack. */
export default abuseRule({
  id: 'abuse/profanity',
  noun: { zh: '说脏话', en: 'swearing' },
  docs: {
    what: {
      zh: '客服使用脏话，包括缩写、拼音、谐音和拆字写法。',
      en: 'The agent swears, also in initials, pinyin, homophones or split characters.',
    },
    why: {
      zh: '平台把辱骂消费者定为恶意骚扰，脏话无论对谁说，顾客看到的都是店铺的态度。',
      en: 'Platforms punish swearing at consumers as harassment; whoever it is aimed at, the customer sees how the shop behaves.',
    },
    remedy: {
      zh: '停下来换人接待；向顾客道歉，回到问题本身。',
      en: 'Pause and let a colleague take over; apologise and return to the problem.',
    },
  },
  examples: [
    {
      title: { zh: '直接骂顾客', en: 'Swears at the customer' },
      turns: [
        { role: 'customer', text: '衣服到底哪天能发出来' },
        { role: 'agent', text: '你是傻逼吗,催什么催' },
      ],
      finds: [{ turn: 1, quote: '傻逼' }],
    },
    {
      title: { zh: '引用顾客的话不算', en: 'Repeating the customer’s words is not swearing' },
      turns: [
        { role: 'customer', text: '你们客服就是一群傻逼' },
        { role: 'agent', text: '您刚才说“傻逼”,我们听了也很难过,请您把订单号发来,我马上核实' },
      ],
      finds: [],
    },
  ],
});
