import type { Severity } from '../../model/index.js';
import { answeredTurn, asks, asksOpenly, complains, textOfTurn } from '../context/customer-turn.js';
import { mitigationsAfter } from '../context/mitigation.js';
import { remainder, wordsOf } from '../context/substance.js';
import type { Rule } from '../rule.js';

const ACKNOWLEDGES = 'cue/curt-acknowledgement';
const DENIES = 'cue/curt-no';
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
        zh: '顾客在投诉或追问,整句回复只有“哦”“嗯”“不行”。',
        en: 'The customer complains or asks, and the whole reply is “oh”, “mm”, “no”.',
      },
      why: {
        zh: '冷淡比拒绝更让人觉得不被当回事。',
        en: 'Coldness tells customers that they do not matter.',
      },
      remedy: {
        zh: '先回应顾客说的那件事,再说接下来怎么做。',
        en: 'Take up what the customer said, then say what happens next.',
      },
    },
    messages: {
      acknowledgement: {
        zh: '顾客需要答复,整句只回了“{quote}”',
        en: 'The customer needed an answer; the whole reply was “{quote}”',
      },
      no: { zh: '只回了一个“{quote}”,没有说明', en: 'A bare “{quote}” with nothing to explain it' },
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
  triggers: [ACKNOWLEDGES, DENIES],
  check(context) {
    for (const turn of context.conversation.turns) {
      if (turn.role !== 'agent') continue;
      const texts = context.textOf(turn);
      if (texts.length !== 1 || turn.messageIndexes.length !== 1) continue;
      const { index, message } = texts[0]!;
      const no = context.matches(index, DENIES);
      const matches = no.length > 0 ? no : context.matches(index, ACKNOWLEDGES);
      if (matches.length === 0) continue;
      if (
        remainder(
          message.text,
          matches.map(({ span }) => span),
        ) !== ''
      )
        continue;
      const question = answeredTurn(context, turn);
      if (question === null) continue;
      const severity = coldness(
        no.length > 0,
        SOFTENED.test(message.text),
        textOfTurn(context, question),
        complains(context, question),
      );
      if (severity === null) continue;
      const mended = mitigationsAfter(context, turn, 2).size > 0;
      const first = matches[0]!;
      context.report({
        turn,
        messageId: no.length > 0 ? 'no' : 'acknowledgement',
        confidence: first.confidence * (mended ? 0.7 : 1),
        severity: mended ? 'info' : severity,
        evidence: [{ message: index, span: first.span, text: first.text }],
        data: { entries: [first.entryId], followedUp: mended },
      });
    }
  },
};

export default rule;

/** How cold a minimal answer is to what was asked; null where it will do. */
function coldness(no: boolean, softened: boolean, question: string, complaint: boolean): Severity | null {
  if (complaint) return softened && no ? 'info' : 'warning';
  if (wordsOf(question).length < 2) return null;
  if (no) return softened ? null : asksOpenly(question) ? 'warning' : 'info';
  return asksOpenly(question) ? 'warning' : asks(question) && !softened ? 'info' : null;
}
