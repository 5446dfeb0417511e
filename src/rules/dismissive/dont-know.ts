import { type Cue, dismissiveRule, isAgentsOwn } from '../dismissive-rule.js';
import type { RuleContext } from '../rule.js';

/** 不知道您方便吗 asks politely; 不清楚您说的 may too. */
const ABOUT_CUSTOMER = /^[^，。！？,!?]{0,2}[你您妳]/;

/** Says 不知道 and stops. */
export default dismissiveRule({
  id: 'dismissive/dont-know',
  cue: 'cue/dont-know',
  madeUpBy: ['alternative', 'next-step', 'offer', 'referral', 'answer'],
  softenedBy: ['reason', 'apology', 'question'],
  counts: (_: RuleContext, cue: Cue) => isAgentsOwn(cue) && !ABOUT_CUSTOMER.test(cue.scope.after),
  message: {
    zh: '答“不知道”后没有下文:“{quote}”(缺少{missing})',
    en: 'Says so and stops: “{quote}” (missing: {missing})',
  },
  docs: {
    what: {
      zh: '客服回答不知道、不清楚,既没有去查,也没有告诉顾客可以问谁、怎么问。',
      en: 'The agent says they do not know, and neither checks nor tells the customer whom to ask and how.',
    },
    why: {
      zh: '顾客找客服就是因为自己不知道;问题原样退回,顾客只能离开。',
      en: 'Customers ask because they do not know; the question handed back unanswered sends them away.',
    },
    remedy: {
      zh: '“这个我确认一下,五分钟内回复您”,或给出能查到答案的电话、链接、步骤。',
      en: '“Let me check, I will be back in five minutes”, or a number, a link, a step that leads to the answer.',
    },
  },
  examples: [
    {
      title: { zh: '说完不知道就没了', en: 'Nothing after it' },
      turns: [
        { role: 'customer', text: '这款裤子会不会起球' },
        { role: 'agent', text: '不知道' },
      ],
      finds: [{ turn: 1, quote: '不知道' }],
    },
    {
      title: { zh: '去核实就不算', en: 'Goes and checks' },
      turns: [
        { role: 'customer', text: '这款裤子会不会起球' },
        { role: 'agent', text: '这个我不太清楚,我帮您问一下仓库,稍后回复您' },
      ],
      finds: [],
    },
    {
      title: { zh: '礼貌用语不算', en: 'A polite phrase' },
      turns: [
        { role: 'customer', text: '我想换个大一码' },
        { role: 'agent', text: '不知道您现在方便拍张照片吗' },
      ],
      finds: [],
    },
  ],
});
