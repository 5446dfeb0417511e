import { answeredTurn } from '../context/customer-turn.js';
import { askedAgain } from '../non-answer/asked-again.js';
import { boilerplate } from '../non-answer/boilerplate.js';
import { courtesy } from '../non-answer/courtesy.js';
import { echo } from '../non-answer/echo.js';
import { emojiOnly } from '../non-answer/emoji-only.js';
import { greeting } from '../non-answer/greeting.js';
import { noAmount } from '../non-answer/no-amount.js';
import { noTime } from '../non-answer/no-time.js';
import { pasted } from '../non-answer/pasted.js';
import { repeated } from '../non-answer/repeated.js';
import type { FindSign } from '../non-answer/sign.js';
import type { Rule } from '../rule.js';

/** The first sign there is, in the order of their weight. */
const firstSign: FindSign = (context, turn, question) =>
  emojiOnly(context, turn, question) ??
  pasted(context, turn, question) ??
  repeated(context, turn, question) ??
  greeting(context, turn, question) ??
  courtesy(context, turn, question) ??
  askedAgain(context, turn, question) ??
  echo(context, turn, question) ??
  noAmount(context, turn, question) ??
  noTime(context, turn, question) ??
  boilerplate(context, turn, question);

/**
 * Talks past the question: emoji alone, a greeting where an answer was due, one text for different questions, or the
 * customer says so and asks again.
 */
const rule: Rule = {
  meta: {
    id: 'dismissive/non-answer',
    category: 'dismissive',
    severity: 'warning',
    stability: 'stable',
    options: {
      /** What the product page says; see `--page`. */
      page: '',
    },
    docs: {
      what: {
        zh: '答非所问：只发表情、该回答时发欢迎语或客套话、一段通用的话、用同一段话回复不同的问题、只粘贴页面上的话（需 --page）。',
        en: 'Talks past the question: emoji only, a greeting or courtesy where an answer was due, a general notice, one text for different questions, what the page says pasted (needs --page).',
      },
      why: { zh: '顾客会觉得对面没有人。', en: 'Customers feel that nobody is there.' },
      remedy: {
        zh: '快捷回复之后，补一句针对这位顾客的答案。',
        en: 'After a canned text, add one sentence that answers this customer.',
      },
    },
    messages: {
      'said-so': {
        zh: '顾客指出没有回答：“{quote}”',
        en: 'The customer says that this is no answer: “{quote}”',
      },
      echo: {
        zh: '顾客要的是解释，答复只重复了已经说过的话：“{quote}”',
        en: 'An explanation was asked for, the answer repeats what was said already: “{quote}”',
      },
      'no-amount': {
        zh: '顾客问多少钱，答复里没有金额：“{quote}”',
        en: 'Asked how much, the answer names no amount: “{quote}”',
      },
      'no-time': {
        zh: '顾客问什么时候，答复与时间无关：“{quote}”',
        en: 'Asked when, the answer has nothing to do with time: “{quote}”',
      },
      'asked-again': {
        zh: '没有回答，顾客只好再问一遍：“{quote}”',
        en: 'No answer, the customer has to ask again: “{quote}”',
      },
      'emoji-only': {
        zh: '顾客提问，只回了表情：“{quote}”',
        en: 'A question answered with emoji only: “{quote}”',
      },
      pasted: {
        zh: '只粘贴了商品页面上的话，没有回答问题：“{quote}”',
        en: 'Pastes what the product page says, which does not answer: “{quote}”',
      },
      courtesy: {
        zh: '顾客等着答复，只回了客套或宣传：“{quote}”',
        en: 'An answer was due, courtesy or advertising came: “{quote}”',
      },
      'bare-apology': {
        zh: '顾客在问，只道了歉，没有说明也没有办法：“{quote}”',
        en: 'A question answered with an apology and nothing else: “{quote}”',
      },
      boilerplate: {
        zh: '顾客问的是具体的事，只回了一段通用的话：“{quote}”',
        en: 'Something definite was asked, a general notice came: “{quote}”',
      },
      greeting: { zh: '该回答时发的是套话：“{quote}”', en: 'A greeting where an answer was due: “{quote}”' },
      repeated: {
        zh: '同一段话回复了不同的问题：“{quote}”',
        en: 'The same text in answer to different questions: “{quote}”',
      },
    },
    examples: [
      {
        title: { zh: '同一段话发两遍', en: 'One text, two questions' },
        turns: [
          { role: 'customer', text: '什么时候发货' },
          { role: 'agent', text: '亲,我们会尽快为您安排的,请您耐心等待哦' },
          { role: 'customer', text: '那不发货可以退款吗' },
          { role: 'agent', text: '亲,我们会尽快为您安排的,请您耐心等待哦' },
        ],
        finds: [{ turn: 3 }],
      },
      {
        title: { zh: '先欢迎再回答', en: 'A welcome, then the answer' },
        turns: [
          { role: 'customer', text: '在吗' },
          { role: 'agent', text: '在的亲,有什么可以帮您' },
        ],
        finds: [],
      },
    ],
  },
  check(context) {
    for (const turn of context.conversation.turns) {
      if (turn.role !== 'agent') continue;
      const question = answeredTurn(context, turn);
      if (question === null) continue;
      const sign = firstSign(context, turn, question);
      if (sign !== null) context.report({ turn, ...sign });
    }
  },
};

export default rule;
