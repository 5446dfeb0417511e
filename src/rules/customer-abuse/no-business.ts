import type { Turn } from '../../model/index.js';
import { distinctQuotes } from '../quotes.js';
import type { Quote, Rule, RuleContext } from '../rule.js';

const NO_BUSINESS = 'cue/no-business';
const BUSINESS = 'cue/business';

/**
 * A chat that is no business at all: the customer says so, and no word of business stands in what the customer writes.
 * It is nobody's fault, takes an agent's time all the same, and is summed beside the abuse endured.
 */
const rule: Rule = {
  meta: {
    id: 'customer-abuse/no-business',
    category: 'customer-abuse',
    severity: 'info',
    stability: 'stable',
    docs: {
      what: {
        zh: '顾客明说没有业务、只想找人聊天，或纠缠客服的私事，整个会话没有一句业务。',
        en: 'The customer says that there is no business and only wants to chat, or pursues the agent’s private life; not one word of the chat is business.',
      },
      why: {
        zh: '这类会话占用客服的时间和精力，不该算进他的效率，也不是他的错。',
        en: 'Such chats take an agent’s time and patience; they say nothing about how well the agent works.',
      },
      remedy: {
        zh: '温和地说明这里是业务渠道，请对方有需要再来；纠缠不休的由主管接手。',
        en: 'Say kindly what the line is for and end the chat; let a supervisor take over when it goes on.',
      },
    },
    messages: {
      idle: {
        zh: '顾客没有业务，只是找人说话：“{quote}”',
        en: 'The customer has no business and only wants to talk: “{quote}”',
      },
    },
    examples: [
      {
        title: { zh: '只想聊天', en: 'Only wants to chat' },
        turns: [
          { role: 'customer', text: '在吗 也没什么事' },
          { role: 'agent', text: '您好，我是今天的值班客服，您请说' },
          { role: 'customer', text: '一个人在家 想找个人说说话' },
          { role: 'agent', text: '理解您，这里是业务热线，有需要您随时找我' },
        ],
        finds: [{ turn: 2, quote: '找个人说说话' }],
      },
      {
        title: { zh: '先闲聊，再办事', en: 'A chat, and then business' },
        turns: [
          { role: 'customer', text: '无聊 找你聊聊天' },
          { role: 'agent', text: '您好，我是今天的值班客服，您请说' },
          { role: 'customer', text: '顺便问下我的快递到哪了' },
        ],
        finds: [],
      },
    ],
  },
  triggers: [NO_BUSINESS],
  listensTo: 'customer',
  check(context) {
    const quotes: Quote[] = [];
    let first: Turn | null = null;
    for (const turn of context.conversation.turns) {
      if (turn.role !== 'customer') continue;
      for (const { index } of context.textOf(turn)) {
        if (context.matches(index, BUSINESS).length > 0) return;
        for (const { span, text } of context.matches(index, NO_BUSINESS)) {
          quotes.push({ message: index, span, text });
          first ??= turn;
        }
      }
    }
    const agentId = busiestAgent(context);
    if (first === null || agentId === '') return;
    context.report({
      turn: first,
      messageId: 'idle',
      confidence: 0.85,
      weight: 0,
      agentId,
      evidence: distinctQuotes(quotes),
      data: {},
    });
  },
};

export default rule;

/** Who bore most of the chat; '' where no human did. Of several as busy, the one who came first. */
function busiestAgent({ conversation }: RuleContext): string {
  const turns = new Map<string, number>();
  for (const { role, agentId } of conversation.turns)
    if (role === 'agent') turns.set(agentId, (turns.get(agentId) ?? 0) + 1);
  let busiest = '';
  for (const [agentId, count] of turns) if (count > (turns.get(busiest) ?? 0)) busiest = agentId;
  return busiest;
}
