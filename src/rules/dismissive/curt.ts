import type { Turn } from '../../model/index.js';
import {
  type Asking,
  answeredTurn,
  askingsIn,
  asks,
  asksForYesOrNo,
  asksOpenly,
  complains,
  lastAsked,
  protests,
  replyTo,
  statesTrouble,
  textOfTurn,
} from '../context/customer-turn.js';
import { mitigationsAfter } from '../context/mitigation.js';
import { essence, sharesWords, wordsOf } from '../context/substance.js';
import { cueJudge, cueMessages } from '../dismissive-rule.js';
import type { Rule, RuleContext } from '../rule.js';

/** Bare acknowledgements; what they may be dressed with is stripped before. 有的, 可以, 是的 answer, and are not here. */
const ACKNOWLEDGES = new Set(['嗯', '嗯嗯', '恩', '恩恩', '噢', '喔', '知道了', 'en', '。']);
/** Agrees; to a question that no yes can answer, that is no more than 嗯. */
const AGREES = new Set([
  '是',
  '对',
  '好',
  '可以',
  '有',
  '行',
  '没事',
  '好嘞',
  '没错',
  '收到',
  '明白',
  '了解',
  '看到',
]);
/** These do not even agree. */
const SHRUGS = new Set([
  '哦',
  '哦哦',
  '额',
  '呃',
  '等',
  '等等',
  '等着',
  '等通知',
  '已阅',
  '已读',
  '自己想',
  '自己看',
  '没辙',
  '不懂',
  '爱莫能助',
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
/** Gives no more, without a particle or a reason. */
const WITHHOLDS =
  /^不(?:能|会|可能)?(?:[多再]|另外|额外|单独|免费)*(?:送|给|赠|补|便宜|优惠|议价|讲价|还价|打折|少|降|留|抹零)的?[。.!！]*$/;
/** A favour is asked for, not a fact: 能多送一个吗, and not 送货上门吗. */
const FAVOUR = /[能可给帮让多再]|便宜|优惠|[点些]吧?$|[个包条件]呗/;
/** Longer texts are not curt. */
const CURT_LENGTH = 8;
/** Courtesy takes the edge off a short no. */
const SOFTENED = /亲|呢|哦|哈|抱歉|不好意思|对不起|[~～]|暂时|目前/;

/** Impatient or weary words, said of whatever. */
const judgeColdness = cueJudge([
  {
    cue: 'cue/curt',
    bareUpTo: 24,
    madeUpBy: ['next-step', 'offer', 'referral', 'answer', 'apology'],
    softenedBy: ['reason', 'alternative', 'question'],
  },
]);

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
  check(context) {
    judgeColdness(context);
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

type Kind = 'acknowledgement' | 'agreement' | 'shrug' | 'no' | 'word';

function kindOf(text: string): Kind | null {
  const bare = text.trim().toLowerCase().replace(PARTICLES, '');
  if (DENIES.has(bare) || BLUNT.test(text.trim()) || WITHHOLDS.test(text.trim())) return 'no';
  if (SHRUGS.has(bare) || SHRUGS.has(text.trim())) return 'shrug';
  if (ACKNOWLEDGES.has(bare) || MUMBLES.test(bare)) return 'acknowledgement';
  if (AGREES.has(bare) || (bare === '' && OKAY.test(text))) return 'agreement';
  return ONE_WORD.test(text.trim()) ? 'word' : null;
}

/** 退, 晒晒: a word, and not so much as a particle. */
const ONE_WORD = /^(?!稍等|马上|在的|来了|亲)\p{Script=Han}{1,2}[。.!！]?$/u;
/** What is asked in so many characters wants more than a word. */
const LONG_QUESTION = 8;
/** Asks what no agreement answers, though it looks like it: 我的钱就白花了？——是的. */
const RHETORICAL =
  /白[花等买跑交](?:了|一)|投诉[你您]|给[你您].{0,2}差评|不管了|就这[么样](?:算|完)了|认?倒霉|活该|没人管/;
/** Any number of 嗯, dressed with an emoji code. */
const MUMBLES = /^(?:\[[^\]]{1,6}\]|#E-s?\d*)?[嗯恩]+$/;
/** 好的, of which nothing is left without its particle. */
const OKAY = /好的|好[呢哒滴]/;

/**
 * True where a customer asked what no yes answers, and asks on: 在哪里申请？——是的——在哪里呢？ Words that cross in the
 * wire look the same, so that only the customer can tell.
 */
function misses(context: RuleContext, turn: Turn, said: string): boolean {
  const last = lastAsked(said);
  const reply = replyTo(context, turn);
  if (reply === null || !asksOpenly(last) || asksForYesOrNo(last) || !asks(last)) return false;
  const again = textOfTurn(context, reply);
  return asks(again) && sharesWords(essence(last), again);
}

/** True where a customer asks what to do or how, and tells of it. */
function asksForHelp(asked: ReadonlySet<Asking>, said: string): boolean {
  const last = lastAsked(said);
  if (asksForYesOrNo(last) || essence(said).length < LONG_QUESTION) return false;
  return asked.has('way-out') || (asked.has('how') && statesTrouble(said));
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
  if ((kind === 'agreement' || kind === 'acknowledgement') && RHETORICAL.test(said)) return true;
  if (kind === 'agreement') return misses(context, turn, said);
  if (kind === 'word') return asksForHelp(asked, said);
  if (kind === 'no') {
    if (BLUNT.test(text.trim())) return true;
    if (WITHHOLDS.test(text.trim())) return FAVOUR.test(said);
    const stranded = asked.has('way-out') || asked.has('why') || complains(context, question);
    if (asked.has('way-out') || (text.trim().length === 1 && asked.has('progress'))) return true;
    return !SOFTENED.test(text) && (protests(context, question) || (stranded && REFUSES.test(text)));
  }
  if (asked.has('way-out')) return true;
  if (kind === 'shrug' && complains(context, question)) return true;
  const open = asksOpenly(lastAsked(said)) && !asksForYesOrNo(lastAsked(said));
  if (asksForYesOrNo(said) && !open && !(asked.size > 0 && asksOpenly(said)))
    return protests(context, question) && !SOFTENED.test(text);
  if (open && asks(said)) return true;
  if (kind === 'shrug' && asks(said)) return true;
  // 嗯嗯 and 嗯亲 are warm, a single 嗯 after a complaint is not.
  if ((kind === 'shrug' || !WARM.test(text)) && complains(context, question)) return true;
  return asked.size > (asked.has('act') ? 1 : 0);
}
