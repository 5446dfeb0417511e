import type { LexiconMatch } from '../../language/lexicon.js';
import type { Turn } from '../../model/index.js';
import { replyTo } from '../context/customer-turn.js';
import { engages } from '../context/mitigation.js';
import { remainder } from '../context/substance.js';
import type { Rule, RuleContext } from '../rule.js';

const HOLD = 'cue/hold';
const CHASE = 'cue/chase';

interface Empty {
  turn: Turn;
  words: { index: number; match: LexiconMatch }[];
}

/** 稍等, 催一下 again and again, and nothing in between. One 稍等 is an opener and no fault. */
const rule: Rule = {
  meta: {
    id: 'dismissive/stalling',
    category: 'dismissive',
    severity: 'warning',
    stability: 'stable',
    options: {
      /** So many empty promises in a row are stalling. */
      repeats: 3,
    },
    docs: {
      what: {
        zh: '反复“稍等”“帮您催一下”，中间没有任何进展。',
        en: 'Says “one moment” or “I will chase it” again and again with no progress in between.',
      },
      why: {
        zh: '第一次是礼貌，第三次就是拖延，顾客也看得出来。',
        en: 'The first time it is polite, the third time it is stalling, and customers can tell.',
      },
      remedy: {
        zh: '说清楚催了谁、结果如何、下次什么时候回复。',
        en: 'Say whom you chased, what they said, and when you will be back.',
      },
    },
    messages: {
      repeated: {
        zh: '第{count}次只说“{quote}”，没有进展',
        en: '“{quote}” for the {count}. time, with no progress',
      },
    },
    examples: [
      {
        title: { zh: '三次稍等', en: 'Three times “one moment”' },
        turns: [
          { role: 'customer', text: '退款到底怎么处理' },
          { role: 'agent', text: '稍等' },
          { role: 'customer', text: '还要多久' },
          { role: 'agent', text: '稍等哦' },
          { role: 'customer', text: '人呢' },
          { role: 'agent', text: '请稍等' },
        ],
        finds: [{ turn: 5, quote: '稍等' }],
      },
      {
        title: { zh: '稍等之后有结果', en: 'One moment, then the answer' },
        turns: [
          { role: 'customer', text: '退款到底怎么处理' },
          { role: 'agent', text: '稍等,我查一下' },
          { role: 'customer', text: '好的' },
          { role: 'agent', text: '查到了,退款已经提交,预计三天内原路退回您的账户' },
        ],
        finds: [],
      },
    ],
  },
  triggers: [HOLD, CHASE],
  check(context) {
    const repeats = Number(context.options.repeats);
    if (turnsWithHolds(context) < repeats) return;
    let row: Empty[] = [];
    for (const turn of context.conversation.turns) {
      if (turn.role !== 'agent') continue;
      const words = holdsIn(context, turn);
      if (words.length === 0 || !isEmpty(context, turn, words)) {
        if (engages(context, turn)) row = [];
        continue;
      }
      row.push({ turn, words });
      if (row.length < repeats || replyTo(context, row[row.length - 2]!.turn) === null) continue;
      const match = words[0]!.match;
      context.report({
        turn,
        messageId: 'repeated',
        confidence: Math.min(0.95, match.confidence * (0.7 + 0.1 * (row.length - repeats))),
        evidence: words.map(({ index, match: one }) => ({ message: index, span: one.span, text: one.text })),
        data: { count: row.length, turns: row.map((one) => String(one.turn.index)) },
      });
    }
  },
};

export default rule;

/** A glance that spares most conversations the rest: one 稍等 is everywhere, three are rare. */
function turnsWithHolds(context: RuleContext): number {
  let count = 0;
  for (const turn of context.conversation.turns) {
    if (turn.role === 'agent' && holdsIn(context, turn).length > 0) count++;
  }
  return count;
}

function holdsIn(context: RuleContext, turn: Turn): Empty['words'] {
  return turn.messageIndexes.flatMap((index) =>
    [HOLD, CHASE].flatMap((category) => context.matches(index, category).map((match) => ({ index, match }))),
  );
}

/** A turn with hardly anything besides the promise. */
function isEmpty(context: RuleContext, turn: Turn, words: Empty['words']): boolean {
  let rest = 0;
  for (const index of turn.messageIndexes) {
    const message = context.conversation.messages[index]!;
    if (message.kind !== 'text') return false;
    const spans = words.filter((one) => one.index === index).map((one) => one.match.span);
    rest += remainder(message.text, spans).length;
  }
  return rest <= 6;
}
