import { abuseRule } from '../abuse-rule.js';

/** Calls the customer something, or belittles their wits, eyes, looks or taste. */
export default abuseRule({
  id: 'abuse/insult',
  noun: { zh: '辱骂', en: 'an insult' },
  docs: {
    what: {
      zh: '客服侮辱顾客本人：智力、眼力、长相、品味、人格。',
      en: 'The agent insults the customer: their wits, eyes, looks, taste or character.',
    },
    why: {
      zh: '顾客问的是商品，得到的是人身攻击；这类截图传播最快，处罚也最重。',
      en: 'The customer asked about goods and was attacked in person; such screenshots travel fast and are punished hard.',
    },
    remedy: {
      zh: '没看懂就换一种说法再解释一遍；顾客说错了，只纠正事实，不评价人。',
      en: 'If the customer did not follow, explain in other words; if they are wrong, correct the fact and not the person.',
    },
  },
  examples: [
    {
      title: { zh: '骂顾客有病', en: 'Tells the customer they are sick in the head' },
      turns: [
        { role: 'customer', text: '这个颜色和图片不一样' },
        { role: 'agent', text: '你有病吧,屏幕色差不懂吗' },
      ],
      finds: [{ turn: 1, quote: '有病' }],
    },
    {
      title: { zh: '否认不算', en: 'A denial is no insult' },
      turns: [
        { role: 'customer', text: '你的意思是我有病?' },
        { role: 'agent', text: '不是说您有病,是想请您再核对一下尺码' },
      ],
      finds: [],
    },
  ],
});
