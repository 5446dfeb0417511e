import { CategorySet, type Conversation, LastOf, type Turn } from '../../model/index.js';
import type { RuleContext } from '../rule.js';
import { historyOf } from './history.js';
import { remainderLength, wordsOf } from './substance.js';
import { isIn } from './words.js';

const ASKS =
  /[?？]|吗|么$|呢$|吧$|不$|[了好到]没$|怎么|怎样|咋|什么|啥|多少|多[久大高长重宽厚远深粗快]|哪|谁|几[天点时个号]|何时|为何|是不是|有没有|能不能|可不可以|要不要|会不会|行不行|可以不|帮我|麻烦|需要|我要|我想|想要|请|(\p{Script=Han})不\1/u;
/** Asks for yes or no, whatever else it holds. */
const CLOSED =
  /[吗嘛]|吧|么[?？]?$|能不能|可不可以|行不行|是不是|有没有|会不会|可以不|好不好|(\p{Script=Han})不\1|能[^，。]{0,6}不[咯哦啊呢]?$/u;
const GREETING =
  /^(?:在|在吗|在不|在不在|有人|有人吗|人工|人工客服|客服|转人工|人呢|还在|店家|掌柜|妹子|吗|呢|亲|你好|您好|hi|hello|哈喽|嗨|喂|早|早上好|下午好|晚上好)*$/i;

/** Asks for more than yes or no. */
const OPEN = /什么|啥|怎么|怎样|咋|如何|多少|多[久大高长重宽]|哪|谁|几(?!乎)|何时|为何/;
/** 没什么事, 不管怎么说, 什么的, 怎么都行 ask nothing. */
const NO_QUESTION =
  /(?:没有?|不是?|不管|无论|管它?|随便|不论)(?:个|是)?(?:什么|啥|怎么|怎样|哪|谁|多少|如何)|(?:什么|怎么|哪|谁)[^，。？?!！\s]{0,3}(?:都|也)|什么的|有几[个天]/g;
const BARGAINS =
  /便宜|优惠|送[我点个包半一二两三几]|多送|赠|包邮|免邮|价|减|打折|折扣|\d ?[元块折毛]|券|红包|返现|亏本|少点|抹/;
const OBJECTS = /不(?:接受|要|想|行|能|可以|同意|愿意)/;
const CALLS = /在[吗嘛么不]|还在|人呢|有人|你好|您好|客服|人工|[妹亲]/;

/** What a customer turn asks for, each a cue list of the lexicon: `cue/asks-<name>`. */
export const ASKINGS = ['way-out', 'why', 'how', 'when', 'amount', 'act', 'progress'] as const;

export type Asking = (typeof ASKINGS)[number];

const CUE_OF: Readonly<Record<Asking, string>> = {
  'way-out': 'cue/asks-way-out',
  why: 'cue/asks-why',
  how: 'cue/asks-how',
  when: 'cue/asks-when',
  amount: 'cue/asks-amount',
  act: 'cue/asks-act',
  progress: 'cue/asks-progress',
};
/** Categories of everything that a customer turn may ask for. */
export const ASKING_CUES = CategorySet.of(Object.values(CUE_OF));
/** Categories of a protest and of a complaint. */
export const INSISTING_CUES = CategorySet.of(['cue/protest', 'cue/complaint']);
const NO_ASKINGS: ReadonlySet<Asking> = new Set();

/** The kinds of question in a customer turn. Whoever wants to know of one asks {@link asksFor}, which is cheaper. */
export function askingsIn(context: RuleContext, turn: Turn): ReadonlySet<Asking> {
  let found: Set<Asking> | null = null;
  for (const index of turn.messageIndexes) {
    if (!context.mayHold(index, ASKING_CUES)) continue;
    for (const kind of ASKINGS) {
      if (context.matches(index, CUE_OF[kind]).length === 0) continue;
      found ??= new Set();
      found.add(kind);
    }
  }
  return found ?? NO_ASKINGS;
}

/** True when a customer turn holds a question of a kind. */
export function asksFor(context: RuleContext, turn: Turn, kind: Asking): boolean {
  return isIn(context, turn, CUE_OF[kind]);
}

/** True when a customer turn presses on after an answer: 你刚才不是说可以吗, 我问的是运费. */
export function protests(context: RuleContext, turn: Turn): boolean {
  return isIn(context, turn, 'cue/protest');
}

/** True when a text says that its writer does not want what is offered: 不接受自取. */
export function objects(text: string): boolean {
  return OBJECTS.test(text);
}

/** Haggles in the answer. */
const HAGGLES = /最低|再低|亏本|不议价|不还价|[低少降惠宜]不了/;

/**
 * True when one of the last two customer turns, or the answer, is about the price or a gift: the second no is as good as
 * the first.
 */
export function bargains(context: RuleContext, turn: Turn): boolean {
  if (HAGGLES.test(textOfTurn(context, turn))) return true;
  const history = historyOf(context.conversation);
  let asked = history.customerBefore(turn);
  for (let seen = 0; seen < 2 && asked !== null; seen++) {
    if (BARGAINS.test(textOfTurn(context, asked))) return true;
    asked = history.customerBefore(asked);
  }
  return false;
}

/** True when a text asks for yes or no, whatever else it holds. */
export function asksForYesOrNo(text: string): boolean {
  return CLOSED.test(text);
}

/** True when a text asks for more than yes or no: when, where, why, how, which. */
export function asksOpenly(text: string): boolean {
  return OPEN.test(text.replace(NO_QUESTION, ''));
}

/** The last clause of a customer's words in which something is asked, or the last one. */
export function lastAsked(text: string): string {
  const clauses = text.split(CLAUSES).filter((clause) => clause.trim() !== '');
  return clauses.findLast((clause) => asks(clause)) ?? clauses.at(-1) ?? '';
}

const CLAUSES = /(?<=[?？])|[，。；,;!！\n\s]+/;

/** True when a text asks for something. */
export function asks(text: string): boolean {
  return ASKS.test(text);
}

/** True when a text only calls: 在吗, 人呢. */
export function isGreeting(text: string): boolean {
  return GREETING.test(wordsOf(text));
}

/** True when a text calls for somebody, whatever else it says: 人呢, 在吗. */
export function calls(text: string): boolean {
  return isGreeting(text) || CALLS.test(text);
}

/** The customer turn that an agent turn answers: the one right before it, robots aside; null when there is none. */
export function answeredTurn(context: RuleContext, turn: Turn): Turn | null {
  const history = historyOf(context.conversation);
  const question = history.customerBefore(turn);
  if (question === null) return null;
  const own = history.ownBefore(turn);
  return own !== null && own.index > question.index ? null : question;
}

/** The next customer turn before any agent speaks again. */
export function replyTo(context: RuleContext, turn: Turn): Turn | null {
  const next = historyOf(context.conversation).nextAfter(turn);
  return next?.role === 'customer' ? next : null;
}

/** All words of a turn, a line a message. */
export function textOfTurn({ conversation: { messages } }: RuleContext, turn: Turn): string {
  let all: string | null = null;
  for (const index of turn.messageIndexes) {
    const { kind, text } = messages[index]!;
    if (kind === 'text') all = all === null ? text : `${all}\n${text}`;
  }
  return all ?? '';
}

/** True when a customer turn complains. Swearing is no complaint: it says nothing about the answer it follows. */
export function complains(context: RuleContext, turn: Turn): boolean {
  return isIn(context, turn, 'cue/complaint');
}

/** True when a text says that something is wrong, without a word of complaint: 房间没热水, APP闪退. */
export function statesTrouble(text: string): boolean {
  return TROUBLE.test(text.replace(NO_TROUBLE, ''));
}

const TROUBLE =
  /[没不](?!了$)|坏|错|漏|少[了送发给装]|多[收扣]|骂|丢|破|碎|裂|烂|脏|臭|烫|霉|锈|闪退|死机|卡住|失败|异常|故障|滴水|掉色|断了|报错|黑屏|有问题/;
const NO_TROUBLE =
  /[不没](?:客气|用谢|用了|急|错|好意思|要紧|要了|事|关系|问题|知道|过|然|是吗?|管)|不$|没$|(\p{Script=Han})不\1|有没有|能不能|可不可以|要不要|会不会|行不行|是不是/gu;

/** True when a customer turn wants an answer: it asks, complains, objects, protests. */
export function wantsAnswer(context: RuleContext, turn: Turn): boolean {
  const said = textOfTurn(context, turn);
  return asks(said) || objects(said) || complains(context, turn) || protests(context, turn);
}

/** True when the customer has said before a turn what they came for: more than a greeting. */
export function hasStatedProblem(context: RuleContext, before: Turn): boolean {
  return problems.of(context.conversation) < before.index;
}

/** Where the customer first said what they came for. */
const problems = new LastOf(firstProblem);

function firstProblem({ turns, messages }: Conversation): number {
  for (const { role, index, messageIndexes } of turns) {
    if (role !== 'customer') continue;
    for (const message of messageIndexes) if (statesProblem(messages[message]!.text)) return index;
  }
  return Number.POSITIVE_INFINITY;
}

function statesProblem(text: string): boolean {
  return remainderLength(text, [], PROBLEM_LENGTH) >= PROBLEM_LENGTH && !isGreeting(text);
}

/** Fewer characters than this state no problem. */
const PROBLEM_LENGTH = 4;
