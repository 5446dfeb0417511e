import type { Turn } from '../../model/index.js';
import {
  answeredTurn,
  askingsIn,
  asks,
  asksForYesOrNo,
  complains,
  protests,
  textOfTurn,
} from '../context/customer-turn.js';
import { mitigationsAfter } from '../context/mitigation.js';
import { wordsOf } from '../context/substance.js';
import { type CueJudgement, cueMessages, judgeCues } from '../dismissive-rule.js';
import type { Rule, RuleContext } from '../rule.js';

/** Bare acknowledgements; what they may be dressed with is stripped before. 有的, 可以, 是的 answer, and are not here. */
const ACKNOWLEDGES = new Set(['嗯', '嗯嗯', '恩', '恩恩', '噢', '喔', '知道了', 'en', '。']);
/** These do not even agree. */
const SHRUGS = new Set([
  '哦',
  '哦哦',
  '额',
  '呃',
  '等着',
  '等通知',
  '慢慢等',
  '随便',
  '随你',
  '随便你',
  '然后呢',
  '所以呢',
  '呵呵',
  'o',
  'oh',
  '?',
  '？',
  '??',
  '？？',
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
  '不管',
  '不能退',
  '不能换',
  '退不了',
  '换不了',
  '不支持',
]);
/** Refuses, where 没有 and 不会 may be plain facts. */
const REFUSES = /不行|不能|不可|不退|不换|不给|没空|不管|不了|不支持/;
const WARM = /嗯嗯|恩恩|亲/;
const PARTICLES = /[呢哦哈呀啊噢喔的了吧嘛哒滴亲~～。.!！,，\s]+$|^亲+[,，\s]*/g;
/** No particle, no reason: shuts the customer down. */
const BLUNT =
  /^(?:不行|不能|不可以|不退|不换|不给|没空|不可能|(?:改|退|换|补|取消|查|修|办|发|赔)不了)[。.!！]*$/;
/** Asks for more than yes or no, whatever else it asks. */
const OPEN = /什么|多少|怎么|为啥|哪[里个种款]|几[天号点]/;
/** Longer texts are not curt. */
const CURT_LENGTH = 8;
/** Courtesy takes the edge off a short no. */
const SOFTENED = /亲|呢|哦|哈|抱歉|不好意思|对不起|[~～]|暂时|目前/;

/** Impatient or weary words, said of whatever. */
const COLD: CueJudgement = {
  cue: 'cue/curt',
  bareUpTo: 24,
  madeUpBy: ['next-step', 'offer', 'referral', 'answer', 'apology'],
  softenedBy: ['reason', 'alternative', 'question'],
};

/**
 * Cold words (急什么, 有完没完), or the whole turn is a bare 嗯, 哦 or 不行 where the customer needed more. A short answer that answers is none: 有的, 可以,
 * 是的 are not in the cue lists.
 */
const rule: Rule = {
  meta: {
    id: 'dismissive/curt',
    category: 'dismissive',
    severity: 'error',
    options: { reach: 3 },
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
      ...cueMessages(
        { zh: '态度冷淡：“{quote}”', en: 'Cold: “{quote}”' },
        { zh: '态度生硬、不耐烦：“{quote}”', en: 'Cold or impatient: “{quote}”' },
      ),
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
  reads: [COLD.cue],
  check(context) {
    judgeCues(context, COLD);
    const { turns, messages } = context.conversation;
    for (const turn of turns) {
      // The cheap questions first: this rule is shown every conversation.
      if (turn.role !== 'agent' || turn.messageIndexes.length !== 1) continue;
      const index = turn.messageIndexes[0]!;
      const message = messages[index]!;
      const { text } = message;
      if (text.length > CURT_LENGTH || message.kind !== 'text') continue;
      const kind = kindOf(text);
      if (kind === null || !isCold(context, turn, kind, text)) continue;
      const mended = mitigationsAfter(context, turn, 2).size > 0;
      context.report({
        turn,
        messageId: kind === 'no' ? 'no' : 'acknowledgement',
        confidence: mended ? 0.6 : 0.8,
        severity: 'warning',
        evidence: [{ message: index, span: [0, text.length] }],
        data: { followedUp: mended },
      });
    }
  },
};

export default rule;

type Kind = 'acknowledgement' | 'shrug' | 'no';

function kindOf(text: string): Kind | null {
  const bare = text.trim().toLowerCase().replace(PARTICLES, '');
  if (DENIES.has(bare) || BLUNT.test(text.trim())) return 'no';
  if (SHRUGS.has(bare) || SHRUGS.has(text.trim())) return 'shrug';
  return ACKNOWLEDGES.has(bare) ? 'acknowledgement' : null;
}

/** True where so little is cold: the customer needed a reason, a time, a way out, or protests. */
function isCold(context: RuleContext, turn: Turn, kind: Kind, text: string): boolean {
  const question = answeredTurn(context, turn);
  // A refusal or a shrug out of nowhere is one; what else it might answer nobody can tell.
  if (question === null)
    return kind === 'shrug' || (kind === 'no' && REFUSES.test(text) && !SOFTENED.test(text));
  const said = textOfTurn(context, question);
  if (wordsOf(said).length < 2) return false;
  const asked = askingsIn(context, question);
  if (kind === 'no') {
    if (BLUNT.test(text.trim())) return true;
    const stranded = asked.has('way-out') || asked.has('why') || complains(context, question);
    if (asked.has('way-out') || (text.trim().length === 1 && asked.has('progress'))) return true;
    return !SOFTENED.test(text) && (protests(context, question) || (stranded && REFUSES.test(text)));
  }
  if (asked.has('way-out')) return true;
  if (asksForYesOrNo(said) && !(asked.size > 0 && OPEN.test(said)))
    return protests(context, question) && !SOFTENED.test(text);
  if (kind === 'shrug' && asks(said)) return true;
  // 嗯嗯 and 嗯亲 are warm, a single 嗯 after a complaint is not.
  if ((kind === 'shrug' || !WARM.test(text)) && complains(context, question)) return true;
  return asked.size > (asked.has('act') ? 1 : 0);
}
