import type { Severity } from '../../model/index.js';
import { answeredTurn, asks, asksOpenly, complains, textOfTurn } from '../context/customer-turn.js';
import { mitigationsAfter } from '../context/mitigation.js';
import { wordsOf } from '../context/substance.js';
import type { Rule } from '../rule.js';

/** Bare acknowledgements; what they may be dressed with is stripped before. 有的, 可以, 是的 answer, and are not here. */
const ACKNOWLEDGES = new Set([
  '嗯',
  '嗯嗯',
  '恩',
  '恩恩',
  '哦',
  '哦哦',
  '噢',
  '喔',
  '额',
  '呃',
  '知道了',
  '随便',
  '随你',
  '随便你',
  '然后呢',
  '所以呢',
  '呵呵',
  'en',
  'o',
  'oh',
  '。',
  '?',
  '？',
]);
const DENIES = new Set([
  '不行',
  '不能',
  '不可以',
  '不会',
  '没有',
  '没',
  '不',
  '没空',
  '不可能',
  '不退',
  '不换',
  '没货',
  '不给',
]);
/** Refuses, where 没有 and 不会 may be plain facts. */
const REFUSES = /不行|不能|不可以|不退|不换|不给|没空/;
const PARTICLES = /[呢哦哈呀啊噢喔的了吧嘛哒滴亲~～。.!！,，\s]+$|^亲+[,，\s]*/g;
/** Longer texts are not curt. */
const CURT_LENGTH = 8;
/** Courtesy takes the edge off a short no. */
const SOFTENED = /亲|呢|哦|哈|抱歉|不好意思|对不起|[~～]|暂时|目前/;

/**
 * The whole turn is a bare 嗯, 哦 or 不行 where the customer needed more. A short answer that answers is none: 有的, 可以,
 * 是的 are not in the cue lists.
 */
const rule: Rule = {
  meta: {
    id: 'dismissive/curt',
    category: 'dismissive',
    severity: 'warning',
    stability: 'stable',
    docs: {
      what: {
        zh: '顾客在投诉或追问，整句回复只有“哦”“嗯”“不行”。',
        en: 'The customer complains or asks, and the whole reply is “oh”, “mm”, “no”.',
      },
      why: {
        zh: '冷淡比拒绝更让人觉得不被当回事。',
        en: 'Coldness tells customers that they do not matter.',
      },
      remedy: {
        zh: '先回应顾客说的那件事，再说接下来怎么做。',
        en: 'Take up what the customer said, then say what happens next.',
      },
    },
    messages: {
      acknowledgement: {
        zh: '顾客需要答复，整句只回了“{quote}”',
        en: 'The customer needed an answer; the whole reply was “{quote}”',
      },
      no: { zh: '只回了一个“{quote}”，没有说明', en: 'A bare “{quote}” with nothing to explain it' },
    },
    examples: [
      {
        title: { zh: '对投诉只回一个哦', en: 'Answers a complaint with “oh”' },
        turns: [
          { role: 'customer', text: '收到的碗全碎了,你们怎么包装的' },
          { role: 'agent', text: '哦' },
        ],
        finds: [{ turn: 1, quote: '哦' }],
      },
      {
        title: { zh: '是非问题答“有的”', en: 'Yes is an answer' },
        turns: [
          { role: 'customer', text: '有运费险吗' },
          { role: 'agent', text: '有的' },
        ],
        finds: [],
      },
    ],
  },
  check(context) {
    const { turns, messages } = context.conversation;
    for (const turn of turns) {
      // The cheap questions first: this rule is shown every conversation.
      if (turn.role !== 'agent' || turn.messageIndexes.length !== 1) continue;
      const index = turn.messageIndexes[0]!;
      const { text, kind } = messages[index]!;
      if (text.length > CURT_LENGTH || kind !== 'text') continue;
      const no = DENIES.has(bare(text));
      if (!no && !ACKNOWLEDGES.has(text.trim()) && !ACKNOWLEDGES.has(bare(text))) continue;
      const question = answeredTurn(context, turn);
      if (question === null) continue;
      const severity = coldness(
        no,
        REFUSES.test(text),
        SOFTENED.test(text),
        textOfTurn(context, question),
        complains(context, question),
      );
      if (severity === null) continue;
      const mended = mitigationsAfter(context, turn, 2).size > 0;
      context.report({
        turn,
        messageId: no ? 'no' : 'acknowledgement',
        confidence: mended ? 0.6 : 0.8,
        severity: mended ? 'info' : severity,
        evidence: [{ message: index, span: [0, text.length] }],
        data: { followedUp: mended },
      });
    }
  },
};

export default rule;

/** How cold a minimal answer is to what was asked; null where it will do. */
function coldness(
  no: boolean,
  refuses: boolean,
  softened: boolean,
  question: string,
  complaint: boolean,
): Severity | null {
  if (complaint) return softened && no ? 'info' : 'warning';
  if (wordsOf(question).length < 2) return null;
  if (no) return softened ? null : refuses && asksOpenly(question) ? 'warning' : 'info';
  return asksOpenly(question) ? 'warning' : asks(question) && !softened ? 'info' : null;
}

function bare(text: string): string {
  return text.trim().toLowerCase().replace(PARTICLES, '');
}
