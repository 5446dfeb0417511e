import type { Contact, CustomerRecord, Departure } from '../../model/index.js';
import type { Rule } from '../rule.js';

/**
 * A customer who left without an answer: said so, was left waiting, or had gone when the answer came. Told with how long
 * they had waited and whether they came back, which only the rest of the log shows.
 */
const rule: Rule = {
  meta: {
    id: 'latency/abandoned-after-wait',
    category: 'latency',
    severity: 'warning',
    stability: 'stable',
    options: {
      waitSeconds: 180,
    },
    docs: {
      what: {
        zh: '顾客没等到答复就走了：明说“算了、不买了”，追问无果后不再说话，或很久才来的回复已无人回应。写明等了多久、后来有没有再来。',
        en: 'The customer left without an answer: said so, asked on in vain and fell silent, or was gone when a late answer came. With how long they waited and whether they came back.',
      },
      why: {
        zh: '走掉的顾客不会投诉，只会不再来；平均响应时间里看不到他们。',
        en: 'Customers who leave do not complain, they stay away; no mean response time shows them.',
      },
      remedy: {
        zh: '超过三分钟先回一句还要多久；走掉的当天主动联系一次。',
        en: 'After three minutes say how much longer it takes; get in touch on the same day with those who left.',
      },
    },
    messages: {
      'gave-up': {
        zh: '顾客等了{waitMs}没有答复，放弃离开：“{quote}”（整段会话共等{totalWaitMs}{cameBack}）',
        en: 'The customer waited {waitMs} for an answer and gave up: “{quote}” ({totalWaitMs} in the whole chat{cameBack})',
      },
      waiting: {
        zh: '顾客追问了{waitMs}没有人理，不再说话：“{quote}”（整段会话共等{totalWaitMs}{cameBack}）',
        en: 'The customer asked on for {waitMs}, was not answered, and fell silent: “{quote}” ({totalWaitMs} in the whole chat{cameBack})',
      },
      'late-answer': {
        zh: '{waitMs}后才有答复，顾客没有再回应：“{quote}”（整段会话共等{totalWaitMs}{cameBack}）',
        en: 'The answer took {waitMs}, and the customer did not write again: “{quote}” ({totalWaitMs} in the whole chat{cameBack})',
      },
    },
    examples: [
      {
        title: { zh: '等不到就走了', en: 'Could not wait' },
        turns: [
          { role: 'customer', text: '这款窗帘能遮光吗', at: 0 },
          { role: 'agent', text: '您好', at: 20 },
          { role: 'customer', text: '能不能遮光', at: 60 },
          { role: 'customer', text: '算了 不买了', at: 960 },
        ],
        finds: [{ turn: 2, quote: '算了 不买了' }],
      },
      {
        title: { zh: '放弃以后才有回复', en: 'The answer comes when the customer has given up' },
        turns: [
          { role: 'customer', text: '这款窗帘能遮光吗', at: 0 },
          { role: 'customer', text: '算了 不买了', at: 960 },
          { role: 'agent', text: '您好，能遮光的', at: 1500 },
        ],
        finds: [{ turn: 0, quote: '算了 不买了' }],
      },
      {
        title: { zh: '马上有答复', en: 'Answered at once' },
        turns: [
          { role: 'customer', text: '这款窗帘能遮光吗', at: 0 },
          { role: 'agent', text: '能的，遮光率九成', at: 20 },
          { role: 'customer', text: '算了 不买了 太贵', at: 60 },
          { role: 'agent', text: '好的，有需要再来', at: 70 },
        ],
        finds: [],
      },
    ],
  },
  checkCustomer(context) {
    const { contacts } = context.customer;
    const limitMs = Number(context.options.waitSeconds) * 1000;
    contacts.forEach((contact, place) => {
      const { departure } = contact;
      if (departure === null || departure.waitMs < limitMs) return;
      const returnedMs = returnAfter(context.customer, place);
      context.report({
        contact: place,
        at: departure,
        agentId: departure.waitedFor,
        messageId: departure.how,
        confidence: CONFIDENCE[departure.how],
        // Whoever asked in vain is reported as unanswered; who read a late answer may have been content with it.
        severity: departure.how === 'gave-up' ? 'warning' : 'info',
        evidence: [departure.evidence],
        data: {
          waitMs: departure.waitMs,
          totalWaitMs: departure.totalWaitMs,
          cameBack: cameBack(context.customer, contact, returnedMs),
          returnedAfterMs: returnedMs,
        },
      });
    });
  },
};

export default rule;

/** So long the log must go on before silence means that the customer stayed away. */
const OBSERVED_MS = 24 * 3_600_000;

/** Milliseconds until the customer's next contact, or null. */
function returnAfter({ contacts }: CustomerRecord, place: number): number | null {
  const startMs = contacts[place + 1]?.startMs ?? null;
  const { endMs } = contacts[place]!;
  return startMs === null || endMs === null ? null : startMs - endMs;
}

/** A term: a customer known by nothing but the thread may come back in another, and a log that ends tells nothing. */
function cameBack(customer: CustomerRecord, { endMs }: Contact, returnedMs: number | null): string {
  if (returnedMs !== null) return 'came-back';
  const { identity, logEndMs } = customer;
  const observed = endMs !== null && logEndMs !== null && logEndMs - endMs >= OBSERVED_MS;
  return observed && identity !== 'thread' ? 'did-not-come-back' : 'unknown-whether-back';
}

const CONFIDENCE: Record<Departure['how'], number> = { 'gave-up': 0.9, waiting: 0.8, 'late-answer': 0.5 };
