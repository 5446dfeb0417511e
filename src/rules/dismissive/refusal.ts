import { dismissiveRule } from '../dismissive-rule.js';

/** 没办法/不行 without a reason, an alternative or a next step. */
export default dismissiveRule({
  id: 'dismissive/refusal',
  cue: 'cue/refusal',
  severity: 'error',
  bareUpTo: 4,
  madeUpBy: ['reason', 'alternative', 'next-step', 'offer', 'referral', 'question'],
  softenedBy: ['apology'],
  message: {
    zh: '直接拒绝，没有原因也没有办法：“{quote}”（缺少{missing}）',
    en: 'A refusal with neither reason nor way forward: “{quote}” (missing: {missing})',
  },
  docs: {
    what: {
      zh: '用“没办法”“不行”“处理不了”拒绝，不说原因、不给替代方案、没有下一步。',
      en: 'Refuses with “no way”, “cannot” and gives no reason, no alternative, no next step.',
    },
    why: {
      zh: '顾客能接受做不到，不能接受没人试过。',
      en: 'Customers can accept that a thing cannot be done, not that nobody tried.',
    },
    remedy: {
      zh: '先说为什么不行，再说还能怎么办，最后说您现在会做什么。',
      en: 'Say why not, then what can be done instead, then what you will do now.',
    },
  },
  examples: [
    {
      title: { zh: '一句没办法', en: 'No way, full stop' },
      turns: [
        { role: 'customer', text: '杯子碎了能补一个吗' },
        { role: 'agent', text: '没办法的' },
      ],
      finds: [{ turn: 1, quote: '没办法' }],
    },
    {
      title: { zh: '说明原因和替代方案不算', en: 'With a reason and an alternative' },
      turns: [
        { role: 'customer', text: '能改地址吗' },
        { role: 'agent', text: '没办法改了呢,因为已经出库,您可以拒收后我们给您重新发' },
      ],
      finds: [],
    },
  ],
});
