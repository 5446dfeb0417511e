import { abuseRule } from '../abuse-rule.js';

/** Attacks a region, sex, race, age or disability. */
export default abuseRule({
  id: 'abuse/discrimination',
  noun: { zh: '歧视', en: 'discrimination' },
  thirdParty: 'warning',
  docs: {
    what: {
      zh: '拿地域、性别、民族、年龄、残疾说事：“你们某地人都这样”。',
      en: 'Uses region, sex, ethnicity, age or disability against people: “you lot from there are all the same”.',
    },
    why: {
      zh: '歧视伤害的不止一位顾客，舆论风险最高。',
      en: 'It hurts more people than the one in the chat, and no case does the shop more harm in public.',
    },
    remedy: {
      zh: '就事论事，不提顾客是什么人。',
      en: 'Speak of the case, never of what kind of person the customer is.',
    },
  },
  examples: [
    {
      title: { zh: '地域歧视', en: 'Region' },
      turns: [
        { role: 'customer', text: '邮费怎么这么贵' },
        { role: 'agent', text: '你们河南人就是爱占便宜' },
      ],
      finds: [{ turn: 1, quote: '河南人' }],
    },
    {
      title: { zh: '说明配送范围不算', en: 'Delivery areas are not discrimination' },
      turns: [
        { role: 'customer', text: '河南发货吗' },
        { role: 'agent', text: '河南可以发的,三天左右到' },
      ],
      finds: [],
    },
  ],
});
