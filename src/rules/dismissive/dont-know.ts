import { answeredTurn, textOfTurn } from '../context/customer-turn.js';
import { endsInOther } from '../context/others.js';
import { essence, sharesWords } from '../context/substance.js';
import { type Cue, dismissiveRule, objectOf } from '../dismissive-rule.js';
import type { RuleContext } from '../rule.js';

/** 不知道您方便吗 asks politely. */
const ASKS_POLITELY =
  /^[^，。！？,!?]{0,2}[你您妳](?:[^，。！？,!?]{0,12}(?:什么|哪|是否|是不是|方便|有没有|能|可|需|多少|几|怎么|如何|介意|喜欢|想|要|意思|咋|时间|打算|考虑)|$|这边|那边|们)/;
/** 您不清楚的话, 您也不知道: the customer's ignorance, not the agent's. */
const CUSTOMER_IS_SUBJECT =
  /[你您妳](?:们|那边|这边|那里|也|还|都|自己|可能|如果|要是|若是?|实在|真的?|是|有|觉得|暂时)*$/;
/** 我也不知道…: the agent's ignorance, whatever of. */
const AGENT_IS_SUBJECT =
  /(?:我|我们|俺|咱们?|小妹|妹子|小二|小店|客服|这边|^(?=还))(?:们|这边|这里|也|还|都|就|真|倒|到|是|暂时|目前|确实|实在|的确)*$/;
/** A fact that nobody here knows: 不知道为什么. */
const FACT =
  /为什么|为何|为啥|什么原因|什么情况|怎么回事|还有没有|什么时候|多久|^(?:业主|房东|快递|师傅|仓库|厂家|商家|物流|平台|公司)[^，。！？,!?]*(?:怎么|什么|几|多少|哪|谁|(\p{Script=Han})不\1)/u;
/** So little after the cue says nothing of its own. */
const SHORT = 3;

/** Says 不知道 and stops. */
export default dismissiveRule({
  id: 'dismissive/dont-know',
  cue: 'cue/dont-know',
  bareUpTo: 16,
  unaskedUpTo: 12,
  frontIsEmpty: true,
  madeUpBy: ['alternative', 'next-step', 'offer', 'referral', 'answer'],
  softenedBy: ['reason', 'apology', 'question'],
  counts: isAnswer,
  message: {
    zh: '答“不知道”后没有下文：“{quote}”{?missing （缺少{missing}）}',
    en: 'Says so and stops: “{quote}”{?missing  (missing: {missing})}',
  },
  docs: {
    what: {
      zh: '客服回答不知道、不清楚，既没有去查，也没有告诉顾客可以问谁、怎么问。',
      en: 'The agent says they do not know, and neither checks nor tells the customer whom to ask and how.',
    },
    why: {
      zh: '顾客找客服就是因为自己不知道；问题原样退回，顾客只能离开。',
      en: 'Customers ask because they do not know; the question handed back unanswered sends them away.',
    },
    remedy: {
      zh: '“这个我确认一下，五分钟内回复您”，或给出能查到答案的电话、链接、步骤。',
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

/**
 * False where the words answer nothing: they are about the customer or a third person, ask politely, or are about
 * something that the customer did not ask (不知道怎么称呼您).
 */
function isAnswer(context: RuleContext, { turn, scope }: Cue): boolean {
  if (CUSTOMER_IS_SUBJECT.test(scope.before) || ASKS_POLITELY.test(scope.after)) return false;
  if (endsInOther(scope.before)) return false;
  const after = objectOf(scope.after);
  const object = essence(after);
  if (object.length <= SHORT) return true;
  if ((AGENT_IS_SUBJECT.test(scope.before) || FACT.test(after)) && !/[你您妳]/.test(after)) return true;
  const question = answeredTurn(context, turn);
  return question !== null && sharesWords(object, textOfTurn(context, question));
}
