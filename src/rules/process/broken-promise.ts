import type { PromiseRecord } from '../../model/index.js';
import type { CustomerContext, Rule } from '../rule.js';

/**
 * Promised by a time, and nothing came: told by the customer's later complaint, or by the log itself where the promise was
 * to be back in the chat. Promises to be back the same day are holds and judged by `latency/hold-overrun`.
 */
const rule: Rule = {
  meta: {
    id: 'process/broken-promise',
    category: 'process',
    severity: 'warning',
    stability: 'stable',
    options: {
      /** Let pass on top of what was promised, in hours, before being late is told. */
      graceHours: 2,
    },
    docs: {
      what: {
        zh: '客服答应在某个时间前回电、退款、发货或处理，顾客后来说没有等到，或记录显示没有下文。证据同时列出承诺和顾客后来的话。',
        en: 'An agent promised a call, a refund, a parcel or a solution by a time, and the customer later says that it did not come, or the log shows that nothing followed. The promise and the customer’s later words are both quoted.',
      },
      why: {
        zh: '没有兑现的承诺是顾客反复来找的第一原因，也让下一个客服说什么都没人信。',
        en: 'Promises that are not kept are the first reason why customers come back, and nobody believes the next agent.',
      },
      remedy: {
        zh: '只承诺自己管得到的事；到点没有结果也要主动说明；承诺写进工单，由专人跟到底。',
        en: 'Promise only what is yours to do; report when the time is up even without a result; put promises into a ticket that somebody owns.',
      },
    },
    messages: {
      denied: {
        zh: '承诺{act}（“{promise}”），顾客后来说没有等到：“{complaint}”',
        en: 'Promised {act} (“{promise}”); the customer later says it did not come: “{complaint}”',
      },
      silence: {
        zh: '承诺{act}（“{promise}”），到点没有下文，顾客自己又来问',
        en: 'Promised {act} (“{promise}”); nothing followed, and the customer had to ask again',
      },
      late: {
        zh: '承诺{act}（“{promise}”），晚了{lateMs}',
        en: 'Promised {act} (“{promise}”), and was {lateMs} late',
      },
    },
    examples: [
      {
        title: { zh: '说好48小时回电', en: 'A call within 48 hours' },
        turns: [
          { role: 'customer', text: '洗碗机不进水 订单 550012345678', at: 0, contact: 0 },
          { role: 'agent', text: '已经登记，工程师48小时内给您回电', at: 60, contact: 0 },
          { role: 'customer', text: '洗碗机的事，没人给我打电话', at: 400_000, contact: 1 },
          { role: 'agent', text: '您好，我马上核实', at: 400_030, contact: 1 },
        ],
        finds: [{ turn: 1, quote: '48小时内给您回电', contact: 0 }],
      },
      {
        title: { zh: '钱按时到了', en: 'The refund came in time' },
        turns: [
          { role: 'customer', text: '杯子碎了 订单 550012345678', at: 0, contact: 0 },
          { role: 'agent', text: '非常抱歉，今天给您退款', at: 60, contact: 0 },
          { role: 'customer', text: '钱到了 谢谢', at: 40_000, contact: 1 },
          { role: 'agent', text: '不客气', at: 40_030, contact: 1 },
        ],
        finds: [],
      },
    ],
  },
  checkCustomer(context) {
    for (const record of context.customer.promises) {
      if (record.promise.hold) continue;
      if (record.status === 'broken') reportBroken(context, record);
      else if (record.status === 'late') reportLate(context, record);
    }
  },
};

export default rule;

function reportBroken(context: CustomerContext, record: PromiseRecord): void {
  const { promise, proof, proofContact, claim, contact } = record;
  const later = proofContact === null ? null : context.customer.contacts[proofContact]!;
  context.report({
    contact,
    at: promise,
    agentId: promise.agentId,
    messageId: proof === null ? 'silence' : 'denied',
    confidence: proof === null ? 0.7 : 0.85,
    // The shop says that it called: word against word.
    severity: claim === null ? 'warning' : 'info',
    evidence: proof === null ? [promise.evidence] : [promise.evidence, proof.evidence],
    data: {
      act: `act-${promise.act}`,
      promise: promise.evidence.text,
      complaint: proof?.evidence.text ?? null,
      dueAt: promise.dueMs === null ? null : context.zone.iso(promise.dueMs),
      basis: record.basis,
      laterConversationId: later?.conversationId ?? null,
      shopSaysItCalled: claim !== null,
    },
  });
}

function reportLate(context: CustomerContext, record: PromiseRecord): void {
  const { promise, keptMs, contact } = record;
  if (keptMs === null || promise.dueMs === null) return;
  const lateMs = keptMs - promise.dueMs;
  if (lateMs <= Number(context.options.graceHours) * 3_600_000) return;
  context.report({
    contact,
    at: promise,
    agentId: promise.agentId,
    messageId: 'late',
    confidence: 0.75,
    severity: 'info',
    evidence: [promise.evidence],
    data: {
      act: `act-${promise.act}`,
      promise: promise.evidence.text,
      dueAt: context.zone.iso(promise.dueMs),
      lateMs,
      basis: record.basis,
    },
  });
}
