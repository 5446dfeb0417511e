import type { Turn } from '../../model/index.js';
import { blindHandOversIn } from '../context/blind-hand-over.js';
import { hasStatedProblem, replyTo, textOfTurn } from '../context/customer-turn.js';
import { type HandOverTurns, handOversBetween, handOversIn } from '../context/hand-over.js';
import type { Rule, RuleContext } from '../rule.js';

const ASKS = ['cue/ask-order', 'cue/ask-photo', 'cue/ask-phone', 'cue/ask-address'];
const BRIEFED = 'record/briefed';
/** The customer, asked again by the next agent. */
const PROTEST =
  /不是.{0,4}(?:了|退|换|要)|刚.{0,6}[发给说问]|已经|上面|前面|[发给说写]过|又要|还要|又问|没跟你说|你同事|看不到吗|没看|我没有|还没买|就想(?:问|知道)|我就/;

/**
 * A hand-over that carried nothing along: the next agent asks what the matter is, or for things that make no sense, and
 * the one who handed over had been told. It is about the one who hands over.
 */
const rule: Rule = {
  meta: {
    id: 'process/transfer-without-summary',
    category: 'process',
    severity: 'warning',
    stability: 'stable',
    docs: {
      what: {
        zh: '顾客已经说清问题，转接时没有交代情况，接手的客服从头问起。',
        en: 'The customer had told the problem; it was not handed on, and the next agent starts from nothing.',
      },
      why: {
        zh: '每转一次就要重说一遍，顾客会觉得没人在听。',
        en: 'Having to tell it anew at every hand-over tells customers that nobody listens.',
      },
      remedy: {
        zh: '转接备注写三件事：顾客要什么、已经给了什么、下一步做什么；并告诉顾客“情况已经写给同事”。',
        en: 'Note three things when handing over: what is wanted, what was given, what comes next; and tell the customer that you did.',
      },
    },
    messages: {
      asked: {
        zh: '转接时没有交代情况，接手的人从头问起：“{asked}”',
        en: 'Handed over without a word on the case; the next agent asks from the start: “{asked}”',
      },
      protested: {
        zh: '转接时没有交代情况，顾客只好再说一遍：“{asked}”',
        en: 'Handed over without a word on the case; the customer has to tell it again: “{asked}”',
      },
    },
    examples: [
      {
        title: { zh: '接手的人从头问', en: 'Starts from nothing' },
        turns: [
          { role: 'customer', text: '书架少了一块隔板', at: 0 },
          { role: 'agent', text: '好的，给您转接售后客服', at: 20, speaker: '甲' },
          { role: 'agent', text: '您好，请问您有什么问题', at: 60, speaker: '乙' },
          { role: 'customer', text: '刚说过了，少一块隔板', at: 90 },
        ],
        finds: [{ turn: 1, quote: '您有什么问题' }],
      },
      {
        title: { zh: '情况写过去了', en: 'Handed over with a note' },
        turns: [
          { role: 'customer', text: '书架少了一块隔板', at: 0 },
          { role: 'agent', text: '情况我写给售后了，给您转接售后客服', at: 20, speaker: '甲' },
          { role: 'agent', text: '您好，隔板今天给您补寄，地址还是下单的那个吗', at: 60, speaker: '乙' },
        ],
        finds: [],
      },
    ],
  },
  check(context) {
    if (context.conversation.handOvers.length === 0) return;
    // A blind hand-over is worse, and reported as that.
    const blind = new Set(blindHandOversIn(context).map(({ turn }) => turn));
    for (const handOver of handOversIn(context)) if (!blind.has(handOver.last)) judge(context, handOver);
  },
  checkCustomer({ customer: { contacts, handOvers, repeats }, report }) {
    for (const { handOver, contact, next } of handOversBetween(contacts, handOvers)) {
      if (!handOver.told || handOver.briefed) continue;
      const story = repeats.find((repeat) => repeat.contact === next && repeat.what.includes('story'));
      if (story === undefined) continue;
      report({
        contact,
        at: handOver,
        agentId: handOver.agentId,
        messageId: 'asked',
        confidence: 0.75,
        severity: 'info',
        evidence: [story.evidence, handOver.evidence],
        data: { to: story.agentId, asked: story.evidence.text },
      });
    }
  },
};

export default rule;

function judge(context: RuleContext, { handOver, last, next, words }: HandOverTurns): void {
  if (next === null || !hasStatedProblem(context, next)) return;
  if (isBriefed(context, last) || isBriefed(context, next)) return;
  const asked = firstOf(context, next, ['cue/ask-problem', ...ASKS]);
  if (asked === null) return;
  const reply = replyTo(context, next);
  const protested = reply !== null && PROTEST.test(textOfTurn(context, reply));
  // Papers are asked for by any agent; that it shows a lack of knowledge, the customer must say.
  if (!asked.problem && !protested) return;
  context.report({
    turn: last,
    messageId: protested ? 'protested' : 'asked',
    confidence: protested ? 0.8 : 0.65,
    severity: protested ? 'warning' : 'info',
    agentId: handOver.fromAgentId,
    evidence: words === null ? [asked.quote] : [asked.quote, { ...words }],
    data: { to: handOver.toAgentId, protested, asked: asked.quote.text },
  });
}

function isBriefed(context: RuleContext, turn: Turn): boolean {
  return turn.messageIndexes.some((index) => context.matches(index, BRIEFED).length > 0);
}

function firstOf(
  context: RuleContext,
  turn: Turn,
  categories: readonly string[],
): { quote: { message: number; span: readonly [number, number]; text: string }; problem: boolean } | null {
  for (const index of turn.messageIndexes) {
    for (const category of categories) {
      const match = context.matches(index, category)[0];
      if (match === undefined) continue;
      const quote = { message: index, span: match.span, text: match.text };
      return { quote, problem: category === 'cue/ask-problem' };
    }
  }
  return null;
}
