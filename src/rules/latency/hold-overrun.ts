import type { LexiconMatch } from '../../language/lexicon.js';
import type { Turn } from '../../model/index.js';
import { slowness } from '../context/ramp.js';
import { remainder } from '../context/substance.js';
import type { Rule, RuleContext } from '../rule.js';

const HOLD = 'cue/hold';
const DIGITS: Readonly<Record<string, number>> = {
  一: 1,
  两: 2,
  二: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
  十: 10,
};
const PROMISED =
  /(半|[一两二三四五六七八九十]|\d{1,3})\s*(?:到|-|~)?\s*([一两二三四五六七八九十]|\d{1,3})?\s*(个?小时|个?钟头|分钟|分|秒)/;

/** A hold that is running: 稍等 was the last thing said. */
interface Hold {
  turn: Turn;
  index: number;
  match: LexiconMatch;
  atMs: number;
  promisedMs: number;
  count: number;
}

/** 稍等, 两分钟, against how long it really took until something was said. Holds in a row are one. */
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
        zh: '客服说“稍等”“两分钟”，实际过了很久才有下文；连续的“稍等”合并计算。',
        en: 'Says “one moment” or “two minutes”, and it takes far longer; holds in a row count as one.',
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
  triggers: [HOLD],
  check(context) {
    let open: Hold | null = null;
    for (const turn of context.conversation.turns) {
      if (turn.role !== 'agent') continue;
      for (const index of turn.messageIndexes) {
        const message = context.conversation.messages[index]!;
        if (message.atMs === null) continue;
        const holds = context.matches(index, HOLD);
        const last = holds[holds.length - 1];
        const bare =
          last !== undefined &&
          remainder(
            message.text,
            holds.map(({ span }) => span),
          ).length <= BARE_LENGTH;
        if (open !== null && bare) {
          open.count++;
          open.promisedMs = Math.max(open.promisedMs, promiseOf(context, message.text, last));
          continue;
        }
        if (open !== null) {
          close(context, open, message.atMs);
          open = null;
        }
        if (last !== undefined && endsWith(message.text, last)) {
          open = {
            turn,
            index,
            match: last,
            atMs: message.atMs,
            promisedMs: promiseOf(context, message.text, last),
            count: 1,
          };
        }
      }
    }
  },
};

export default rule;

/** With no more than this besides, a message only puts the customer off. */
const BARE_LENGTH = 8;
/** So much may follow the hold in its message: 稍等,我帮您查一下物流信息. */
const TAIL_LENGTH = 14;

function endsWith(text: string, match: LexiconMatch): boolean {
  return remainder(text.slice(match.span[1]), []).length <= TAIL_LENGTH;
}

function promiseOf(context: RuleContext, text: string, match: LexiconMatch): number {
  const named = PROMISED.exec(text.slice(Math.max(0, match.span[0] - 8), match.span[1] + 12));
  const seconds = named ? secondsOf(named) : Number(context.options.holdSeconds);
  return seconds * 1000;
}

/** The later end of the time that was named: 三到五分钟 is five minutes. */
function secondsOf([, first = '', second, unit = '']: RegExpExecArray): number {
  const word = second ?? first;
  const amount = word === '半' ? 0.5 : (DIGITS[word] ?? Number(word));
  return amount * (unit.startsWith('秒') ? 1 : unit.includes('分') ? 60 : 3600);
}

function close(context: RuleContext, hold: Hold, untilMs: number): void {
  const gapMs = untilMs - hold.atMs;
  const allowedMs = hold.promisedMs + Number(context.options.graceSeconds) * 1000;
  if (gapMs <= allowedMs) return;
  context.report({
    turn: hold.turn,
    messageId: hold.count > 1 ? 'chained' : 'overrun',
    confidence: 0.9,
    weight: slowness(gapMs, allowedMs / 1000, context.profile.slowestSeconds.value),
    evidence: [{ message: hold.index, span: hold.match.span, text: hold.match.text }],
    data: { gapMs, promisedMs: hold.promisedMs, count: hold.count },
  });
}
