import type { Turn } from '../../model/index.js';
import { answeredTurn, asksFor, asksForYesOrNo, complains, textOfTurn } from '../context/customer-turn.js';
import { type CueJudgement, dismissiveRule } from '../dismissive-rule.js';
import type { RuleContext } from '../rule.js';

/** 正常现象, 快递造成的: explains a complaint away and leaves it at that. */
const EXCUSE: CueJudgement = {
  cue: 'cue/excuse',
  bareUpTo: 10,
  madeUpBy: ['offer', 'next-step', 'alternative', 'question', 'referral', 'apology', 'reason'],
  applies: answersComplaint,
};

/** Lectures the customer or makes them the culprit. */
export default dismissiveRule({
  id: 'dismissive/blame',
  cue: 'cue/blame',
  bareUpTo: 30,
  madeUpBy: ['offer', 'next-step'],
  softenedBy: ['apology', 'alternative', 'referral', 'reason'],
  also: [EXCUSE],
  message: {
    zh: '责怪顾客或推脱责任：“{quote}”',
    en: 'Blames the customer or explains the fault away: “{quote}”',
  },
  docs: {
    what: {
      zh: '教训或责怪顾客：“刚才不是说过了吗”“你自己没看清楚”；顾客投诉，只答“正常现象”“我们发的时候是好的”。',
      en: 'Lectures or blames the customer: “I told you already”, “you should have read it”; or answers a complaint with “that is normal”, “it was fine when we sent it”, and nothing else.',
    },
    why: {
      zh: '争输赢解决不了问题，哪怕错真的在顾客。',
      en: 'Winning the argument solves nothing, even when the customer is at fault.',
    },
    remedy: {
      zh: '再说一遍，直接说现在怎么办。',
      en: 'Say it again, and say what to do now.',
    },
  },
  examples: [
    {
      title: { zh: '嫌顾客重复问', en: 'Annoyed at a second question' },
      turns: [
        { role: 'customer', text: '那到底什么时候发' },
        { role: 'agent', text: '刚才不是跟您说过了吗' },
      ],
      finds: [{ turn: 1 }],
    },
    {
      title: { zh: '换个说法再讲一遍', en: 'Explains once more' },
      turns: [
        { role: 'customer', text: '那到底什么时候发' },
        { role: 'agent', text: '今天下午五点前发出,单号晚上能看到' },
      ],
      finds: [],
    },
  ],
});

function answersComplaint(context: RuleContext, turn: Turn): boolean {
  const question = answeredTurn(context, turn);
  if (question === null) return false;
  if (asksFor(context, question, 'way-out')) return true;
  return complains(context, question) && !asksForYesOrNo(textOfTurn(context, question));
}
