import type { LexiconMatch } from '../../language/lexicon.js';
import { CategorySet, type Turn } from '../../model/index.js';
import { dueAt, isSameDay, promisesIn, timeTerms, workingTime } from '../../promises/index.js';
import { blindHandOversIn, TRANSFER } from '../context/blind-hand-over.js';
import { slowness } from '../context/ramp.js';
import { remainderLength } from '../context/substance.js';
import type { Quote, Rule, RuleContext } from '../rule.js';

const HOLD = 'cue/hold';
const ANSWER_BY = 'cue/answer-by';
const LETS_WAIT = 'cue/lets-wait';
const BEGINS = CategorySet.of([HOLD, ANSWER_BY]);
const REQUESTS = [
  'cue/question',
  'cue/ask-problem',
  'cue/ask-order',
  'cue/ask-photo',
  'cue/ask-phone',
  'cue/ask-address',
  'cue/ask-size',
];

type Span = readonly [number, number];

/** A hold that is running: 稍等 or 下午给您回复 was the last thing said. */
interface Hold {
  turn: Turn;
  quote: Quote;
  atMs: number;
  dueMs: number;
  /** How often the customer was put off in a row. */
  count: number;
  /** Whether a time was named, or that of the option stands for it. */
  named: boolean;
  /** Since then the customer was passed on without anything having been done. */
  passedOn: boolean;
}

/**
 * 稍等, 两分钟, 下午给您回复, against how long it really took until something was said. Holds in a row are one, counted from
 * the first. A customer who need not have it now (不急, 我先去开会) ends it without blame.
 */
const rule: Rule = {
  meta: {
    id: 'latency/hold-overrun',
    category: 'latency',
    severity: 'warning',
    stability: 'stable',
    options: {
      /** What 稍等 promises where no time is named, in seconds. */
      holdSeconds: 300,
      /** Let pass on top of what was promised, in seconds. */
      graceSeconds: 60,
    },
    docs: {
      what: {
        zh: '客服说“稍等”“两分钟”“下午给您回复”，过了说好的时间很久才有下文，或者再也没有下文；连续的“稍等”从第一次算起。',
        en: 'Says “one moment”, “two minutes” or “this afternoon”, and it takes far longer, or nobody comes back; holds in a row count from the first.',
      },
      why: {
        zh: '“稍等”能满足平台的应答时钟，满足不了等着的顾客。',
        en: '“One moment” stops the platform’s clock, not the customer’s.',
      },
      remedy: {
        zh: '说一个做得到的时间；到点没有结果也先回来说一声。',
        en: 'Name a time you can keep, and come back when it is up even without a result.',
      },
    },
    messages: {
      overrun: {
        zh: '说“{quote}”，{gapMs}后才有下文（{limit}{promisedMs}）',
        en: '“{quote}”, then {gapMs} until anything followed ({limit} {promisedMs})',
      },
      chained: {
        zh: '连说{count}次“{quote}”之类的话，{gapMs}后才有下文（{limit}{promisedMs}）',
        en: '“{quote}” and the like {count} times in a row, {gapMs} until anything followed ({limit} {promisedMs})',
      },
      'passed-on': {
        zh: '说“{quote}”后没有处理就转走，{gapMs}后才有人接待（{limit}{promisedMs}）',
        en: '“{quote}”, passed on without anything done, {gapMs} until somebody attended ({limit} {promisedMs})',
      },
      never: {
        zh: '说“{quote}”后再没有回来，顾客{gapMs}后还在等（{limit}{promisedMs}）',
        en: '“{quote}”, and never came back; the customer was still waiting after {gapMs} ({limit} {promisedMs})',
      },
      vanished: {
        zh: '说“{hold}”后再没有人回来（应在{promisedMs}内）',
        en: '“{hold}”, and nobody ever came back (promised: {promisedMs})',
      },
      'another-chat': {
        zh: '说“{hold}”，{gapMs}后才在另一次会话里有下文（应在{promisedMs}内）',
        en: '“{hold}”, then {gapMs} until anything followed, in another chat (promised: {promisedMs})',
      },
    },
    examples: [
      {
        title: { zh: '稍等了半小时', en: 'A moment of half an hour' },
        turns: [
          { role: 'customer', text: '能查下物流吗', at: 0 },
          { role: 'agent', text: '稍等', at: 10 },
          { role: 'agent', text: '包裹在杭州中转,明天送到', at: 1810 },
        ],
        finds: [{ turn: 1, quote: '稍等' }],
      },
      {
        title: { zh: '五分钟变成四十分钟', en: 'Five minutes become forty' },
        turns: [
          { role: 'customer', text: '地址能改吗', at: 0 },
          { role: 'agent', text: '我问下仓库，五分钟给您答复', at: 20 },
          { role: 'customer', text: '好的', at: 40 },
          { role: 'agent', text: '仓库说可以改，新地址发我', at: 2420 },
        ],
        finds: [{ turn: 1, quote: '五分钟给您答复' }],
      },
      {
        title: { zh: '再没回来', en: 'Never back' },
        turns: [
          { role: 'customer', text: '能查下物流吗', at: 0 },
          { role: 'agent', text: '您稍等两分钟', at: 10 },
          { role: 'customer', text: '还在吗', at: 900 },
        ],
        finds: [{ turn: 1 }],
      },
      {
        title: { zh: '一分钟后回来', en: 'Back within a minute' },
        turns: [
          { role: 'customer', text: '能查下物流吗', at: 0 },
          { role: 'agent', text: '稍等', at: 10 },
          { role: 'agent', text: '包裹在杭州中转,明天送到', at: 60 },
        ],
        finds: [],
      },
      {
        title: { zh: '顾客说不急', en: 'The customer is in no hurry' },
        turns: [
          { role: 'customer', text: '能查下物流吗', at: 0 },
          { role: 'agent', text: '稍等', at: 10 },
          { role: 'customer', text: '不急的 我先去开会', at: 30 },
          { role: 'agent', text: '包裹在杭州中转,明天送到', at: 1810 },
        ],
        finds: [],
      },
      {
        title: { zh: '隔天顾客再来，才有下文', en: 'Nothing until the customer comes again the next day' },
        turns: [
          { role: 'customer', text: '地址能改吗', at: 0, contact: 0 },
          { role: 'agent', text: '我问下仓库，五分钟给您答复', at: 20, contact: 0 },
          { role: 'customer', text: '昨天问的改地址', at: 86_400, contact: 1 },
          { role: 'agent', text: '您好，已经发出了', at: 86_420, contact: 1 },
        ],
        finds: [{ turn: 1, quote: '五分钟给您答复', contact: 0 }],
      },
      {
        title: { zh: '记录到此为止，不知后来如何', en: 'The record ends: nobody knows what followed' },
        turns: [
          { role: 'customer', text: '地址能改吗', at: 0 },
          { role: 'agent', text: '我问下仓库，五分钟给您答复', at: 20 },
        ],
        finds: [],
      },
      {
        title: { zh: '等顾客给订单号', en: 'Waits for the customer’s order number' },
        turns: [
          { role: 'customer', text: '能查下物流吗', at: 0 },
          { role: 'agent', text: '稍等，麻烦提供下订单号', at: 10 },
          { role: 'customer', text: '110022003344', at: 1800 },
          { role: 'agent', text: '包裹在杭州中转,明天送到', at: 1830 },
        ],
        finds: [],
      },
    ],
  },
  triggers: [HOLD, ANSWER_BY],
  check(context) {
    const { messages, turns } = context.conversation;
    let open: Hold | null = null;
    let previousMs: number | null = null;
    let lastAsked = -1;
    const isBlind = blindHandOvers(context);
    for (const turn of turns) {
      if (turn.role !== 'agent' && turn.role !== 'customer') continue;
      for (const index of turn.messageIndexes) {
        const { atMs } = messages[index]!;
        if (atMs === null) continue;
        if (turn.role === 'customer') lastAsked = index;
        else open = afterAgent(context, open, turn, index, previousMs, isBlind);
        previousMs = atMs;
      }
    }
    // Where the customer went quiet as well, only the rest of the log can tell whether anybody came back.
    if (open !== null && lastAsked >= 0 && isLeftWaiting(context)) report(context, open, lastAsked, 'never');
  },
  checkCustomer({ customer: { contacts, promises }, options, report }) {
    for (const { promise, status, contact, keptMs, proof } of promises) {
      // What was answered in the same chat, or asked for again there, is judged there.
      if (!promise.hold || promise.answeredMs !== null || contacts[contact]!.ending === 'waiting') continue;
      if (status !== 'broken' && status !== 'late') continue;
      const promisedMs = promise.dueMs! - promise.atMs!;
      const gapMs = keptMs === null ? null : keptMs - promise.atMs!;
      if (gapMs !== null && gapMs <= promisedMs + Number(options.graceSeconds) * 1000) continue;
      report({
        contact,
        at: promise,
        agentId: promise.agentId,
        messageId: gapMs === null ? 'vanished' : 'another-chat',
        confidence: proof === null ? 0.7 : 0.85,
        evidence: proof === null ? [promise.evidence] : [promise.evidence, proof.evidence],
        data: { hold: promise.evidence.text, promisedMs, gapMs, complaint: proof?.evidence.text ?? null },
      });
    }
  },
};

export default rule;

/** With no more than this besides, a message only puts the customer off. */
const BARE_LENGTH = 8;
/** So much may follow the hold in its message: 稍等,我帮您查一下物流信息. */
const TAIL_LENGTH = 14;
/** A hold with more time than this ends with what is said after a silence, not with the talk that goes on. */
const LONG_MS = 30 * 60_000;
const SILENCE_MS = 10 * 60_000;

/** Working days play no part in what is due on the same day. */
const ANY_TIME = workingTime(null, null);

/** What a message of an agent does to the hold that is running: begins one, goes on with it, or ends it. */
function afterAgent(
  context: RuleContext,
  open: Hold | null,
  turn: Turn,
  index: number,
  previousMs: number | null,
  isBlind: (index: number) => boolean,
): Hold | null {
  if (open === null && !context.mayHold(index, BEGINS)) return null;
  const atMs = context.conversation.messages[index]!.atMs!;
  const namesTime = context.matches(index, ANSWER_BY).length > 0;
  const mayHold = namesTime || context.matches(index, HOLD).length > 0;
  if (open === null)
    return namesTime || (mayHold && mayOverrun(context, turn, index)) ? holdIn(context, turn, index) : null;
  const hold = mayHold ? holdIn(context, turn, index) : null;
  if (hold !== null && isBare(context, index, hold.quote)) {
    const dueMs = Math.max(open.dueMs, open.atMs + hold.dueMs - hold.atMs);
    return { ...open, dueMs, count: open.count + 1 };
  }
  // 稍等, and then to somebody else unasked: nothing has been done for the customer yet.
  if (isBlind(index)) return { ...open, passedOn: true };
  const goesOn = open.dueMs - open.atMs > LONG_MS && atMs - (previousMs ?? atMs) < SILENCE_MS;
  if (goesOn) return open;
  report(context, open, index, open.passedOn ? 'passed-on' : open.count > 1 ? 'chained' : 'overrun');
  return hold;
}

/** A glance that spares most holds the rest: whoever goes on speaking within the grace has broken no word. */
function mayOverrun(context: RuleContext, turn: Turn, index: number): boolean {
  const { messages } = context.conversation;
  const untilMs = messages[index]!.atMs! + Number(context.options.graceSeconds) * 1000;
  for (let at = index + 1; at < messages.length; at++) {
    const { role, speakerId, atMs } = messages[at]!;
    if (role !== 'agent' || atMs === null) continue;
    if (atMs > untilMs || speakerId !== turn.agentId) return true;
    return context.matches(at, HOLD).length > 0 || context.matches(at, TRANSFER).length > 0;
  }
  return true;
}

function holdIn(context: RuleContext, turn: Turn, index: number): Hold | null {
  const { text, atMs: saidMs } = context.conversation.messages[index]!;
  const atMs = saidMs!;
  if (context.matches(index, ANSWER_BY).length > 0) {
    for (const { act, due, span } of promisesIn(text)) {
      const dueMs = dueAt(due, atMs, context.zone, ANY_TIME);
      if (act === 'reply' && isSameDay(dueMs, atMs, context.zone))
        return heldBy(turn, { message: index, span }, atMs, dueMs, true);
    }
  }
  const span = lastHold(context.matches(index, HOLD));
  if (span === null || remainderLength(text.slice(span[1]), [], TAIL_LENGTH + 1) > TAIL_LENGTH) return null;
  // 稍等，请提供订单号: now the agent waits for the customer.
  if (REQUESTS.some((category) => context.matches(index, category).length > 0)) return null;
  const namedMs = timeBeside(text, span);
  const promisedMs = namedMs ?? Number(context.options.holdSeconds) * 1000;
  return heldBy(turn, { message: index, span }, atMs, atMs + promisedMs, namedMs !== null);
}

function heldBy(turn: Turn, quote: Quote, atMs: number, dueMs: number, named: boolean): Hold {
  return { turn, quote, atMs, dueMs, count: 1, named, passedOn: false };
}

/** Where the last hold of a message stands; holds that touch (稍等 + 两分钟) are one. */
function lastHold(holds: readonly LexiconMatch[]): Span | null {
  let last: Span | null = null;
  for (const { span } of holds) last = last !== null && last[1] === span[0] ? [last[0], span[1]] : span;
  return last;
}

/** Milliseconds that are named beside a hold, or null. */
function timeBeside(text: string, [from, to]: Span): number | null {
  for (const { start, end, due } of timeTerms(text)) {
    if (due.kind === 'within' && start < to + 8 && end > from - 8) return due.ms;
  }
  return null;
}

/** True when hardly anything stands in a message besides its holds. */
function isBare(context: RuleContext, index: number, { span }: Quote): boolean {
  const spans = context.matches(index, HOLD).map((match) => match.span);
  return remainderLength(context.conversation.messages[index]!.text, [...spans, span]) <= BARE_LENGTH;
}

/** True when the customer wrote something after the last words of an agent that asks for an answer. */
function isLeftWaiting({ conversation: { waits } }: RuleContext): boolean {
  const last = waits.at(-1);
  return last !== undefined && last.agentTurn === null && last.excluded === null;
}

/** Tells the messages that pass the customer on blindly; they are looked for when the first that may is met. */
function blindHandOvers(context: RuleContext): (index: number) => boolean {
  let blind: Set<number> | null = null;
  return (index) => {
    if (context.matches(index, TRANSFER).length === 0) return false;
    blind ??= new Set(blindHandOversIn(context).map(({ message }) => message));
    return blind.has(index);
  };
}

function report(
  context: RuleContext,
  hold: Hold,
  until: number,
  messageId: 'overrun' | 'chained' | 'passed-on' | 'never',
): void {
  const gapMs = context.conversation.messages[until]!.atMs! - hold.atMs;
  const promisedMs = hold.dueMs - hold.atMs;
  const allowedMs = promisedMs + Number(context.options.graceSeconds) * 1000;
  if (gapMs <= allowedMs || isLetOff(context, hold.quote.message, until)) return;
  // The time after a hand-over is that of the colleague; a question left open is weighed as that. The word is broken.
  const isTheirs = messageId === 'overrun' || messageId === 'chained';
  context.report({
    turn: hold.turn,
    messageId,
    confidence: 0.9,
    weight: slowness(isTheirs ? gapMs : allowedMs, allowedMs / 1000, context.profile.slowestSeconds.value),
    evidence: [hold.quote],
    data: { gapMs, promisedMs, limit: hold.named ? 'time-named' : 'time-assumed', count: hold.count },
  });
}

/** True when the customer says in between that there is no hurry, or no need any more. */
function isLetOff(context: RuleContext, from: number, until: number): boolean {
  const { messages } = context.conversation;
  for (let at = from + 1; at <= until; at++)
    if (messages[at]!.role === 'customer' && context.matches(at, LETS_WAIT).length > 0) return true;
  return false;
}
