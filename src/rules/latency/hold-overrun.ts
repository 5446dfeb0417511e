import type { LexiconMatch } from '../../language/lexicon.js';
import type { Message, Turn } from '../../model/index.js';
import { dueAt, isSameDay, promisesIn, timeTerms, workingTime } from '../../promises/index.js';
import { blindnessOf } from '../context/blind-hand-over.js';
import { slowness } from '../context/ramp.js';
import { remainder } from '../context/substance.js';
import type { Quote, Rule, RuleContext } from '../rule.js';

const HOLD = 'cue/hold';
const ANSWER_BY = 'record/answer-by';
const TRANSFER = 'cue/transfer';

/** A hold that is running: 稍等 or 下午给您回复 was the last thing said. */
interface Hold {
  turn: Turn;
  quote: Quote;
  atMs: number;
  dueMs: number;
  count: number;
}

/**
 * 稍等, 两分钟, 下午给您回复, against how long it really took until something was said. Holds in a row are one. Where the
 * chat ends with the hold, the rest of the log tells whether anybody came back.
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
        zh: '客服说“稍等”“两分钟”“下午给您回复”，实际过了很久才有下文，或者再也没有下文；连续的“稍等”合并计算。',
        en: 'Says “one moment”, “two minutes” or “this afternoon”, and it takes far longer, or nobody ever comes back; holds in a row count as one.',
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
        zh: '说“{quote}”后{gapMs}才有下文（应在{promisedMs}内）',
        en: '“{quote}”, then {gapMs} until anything followed (promised: {promisedMs})',
      },
      chained: {
        zh: '连说{count}次“{quote}”，{gapMs}后才有下文（应在{promisedMs}内）',
        en: '“{quote}” and {count} holds in a row, {gapMs} until anything followed (promised: {promisedMs})',
      },
      never: {
        zh: '说“{hold}”后再也没有人回来（应在{promisedMs}内）',
        en: '“{hold}”, and nobody ever came back (promised: {promisedMs})',
      },
      later: {
        zh: '说“{hold}”后{gapMs}才回来（应在{promisedMs}内）',
        en: '“{hold}”, and back only after {gapMs} (promised: {promisedMs})',
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
        title: { zh: '说了五分钟，再没回来', en: 'Five minutes, and never back' },
        turns: [
          { role: 'customer', text: '地址能改吗', at: 0, contact: 0 },
          { role: 'agent', text: '我问下仓库，五分钟给您答复', at: 20, contact: 0 },
          { role: 'customer', text: '昨天问的改地址', at: 86_400, contact: 1 },
          { role: 'agent', text: '您好，已经发出了', at: 86_420, contact: 1 },
        ],
        finds: [{ turn: 1, quote: '五分钟给您答复', contact: 0 }],
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
    ],
  },
  triggers: [HOLD, ANSWER_BY],
  check(context) {
    let open: Hold | null = null;
    let previousMs: number | null = null;
    for (const turn of context.conversation.turns) {
      for (const index of turn.messageIndexes) {
        const message = context.conversation.messages[index]!;
        const { atMs } = message;
        if (atMs === null) continue;
        if (turn.role === 'agent') {
          const hold = holdIn(context, turn, index, message, atMs);
          if (open !== null && hold?.bare) {
            open.count++;
            open.dueMs = Math.max(open.dueMs, open.atMs + (hold.dueMs - hold.atMs));
          } else {
            if (open !== null && endsHold(open, atMs, previousMs) && !isBlindHandOver(context, turn, index)) {
              close(context, open, atMs);
              open = null;
            }
            open ??= hold;
          }
        }
        previousMs = atMs;
      }
    }
  },
  checkCustomer(context) {
    const { contacts, promises } = context.customer;
    for (const { promise, status, contact, keptMs, proof } of promises) {
      // What was answered in the same chat, late or not, is judged there; a question left open is `unanswered`.
      if (!promise.hold || promise.answeredMs !== null || contacts[contact]!.ending === 'waiting') continue;
      if (status !== 'broken' && status !== 'late') continue;
      const promisedMs = promise.dueMs! - promise.atMs!;
      const gapMs = keptMs === null ? null : keptMs - promise.atMs!;
      if (gapMs !== null && gapMs <= promisedMs + Number(context.options.graceSeconds) * 1000) continue;
      context.report({
        contact,
        at: promise,
        agentId: promise.agentId,
        messageId: status === 'broken' ? 'never' : 'later',
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

/** Working hours play no part in what is due on the same day. */
const ANY_TIME = workingTime(null, null);

function holdIn(
  context: RuleContext,
  turn: Turn,
  index: number,
  { text }: Message,
  atMs: number,
): (Hold & { bare: boolean }) | null {
  if (context.matches(index, ANSWER_BY).length > 0) {
    for (const { act, due, span } of promisesIn(text)) {
      const dueMs = dueAt(due, atMs, context.zone, ANY_TIME);
      if (act !== 'reply' || !isSameDay(dueMs, atMs, context.zone)) continue;
      const bare = remainder(text, [span]).length <= BARE_LENGTH;
      return { turn, quote: { message: index, span }, atMs, dueMs, count: 1, bare };
    }
  }
  const holds = context.matches(index, HOLD);
  const last = holds[holds.length - 1];
  if (last === undefined || remainder(text.slice(last.span[1]), []).length > TAIL_LENGTH) return null;
  const spans = holds.map(({ span }) => span);
  return {
    turn,
    quote: { message: index, span: last.span, text: last.text },
    atMs,
    dueMs: atMs + promisedBy(context, text, last),
    count: 1,
    bare: remainder(text, spans).length <= BARE_LENGTH,
  };
}

/** Milliseconds that a hold asks for: the time named beside it, else the option's. */
function promisedBy(context: RuleContext, text: string, { span }: LexiconMatch): number {
  for (const { start, end, due } of timeTerms(text)) {
    if (due.kind === 'within' && start < span[1] + 8 && end > span[0] - 8) return due.ms;
  }
  return Number(context.options.holdSeconds) * 1000;
}

function endsHold({ atMs, dueMs }: Hold, nowMs: number, previousMs: number | null): boolean {
  return dueMs - atMs <= LONG_MS || nowMs - (previousMs ?? nowMs) >= SILENCE_MS;
}

/** 稍等, and then to somebody else unasked: nothing has been done for the customer yet. */
function isBlindHandOver(context: RuleContext, turn: Turn, index: number): boolean {
  const match = context.matches(index, TRANSFER)[0];
  return match !== undefined && blindnessOf(context, turn, index, match) !== null;
}

function close(context: RuleContext, hold: Hold, untilMs: number): void {
  const gapMs = untilMs - hold.atMs;
  const promisedMs = hold.dueMs - hold.atMs;
  const allowedMs = promisedMs + Number(context.options.graceSeconds) * 1000;
  if (gapMs <= allowedMs) return;
  context.report({
    turn: hold.turn,
    messageId: hold.count > 1 ? 'chained' : 'overrun',
    confidence: 0.9,
    weight: slowness(gapMs, allowedMs / 1000, context.profile.slowestSeconds.value),
    evidence: [hold.quote],
    data: { gapMs, promisedMs, count: hold.count },
  });
}
