import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/model/index.js';
import { type ChatLine, chat } from '../support/chat.js';
import { bundledLexicon, engineWith } from '../support/rules.js';

const engine = engineWith(await bundledLexicon());

const SAID = {
  customer: [
    '有货吗',
    '什么时候发货',
    '收到的杯子碎了怎么办',
    '好的谢谢',
    '?',
    '为什么不能退',
    '我问的是运费',
    '订单号2026031100045812',
    '175,140斤,穿什么码',
    '不是刚发过了吗',
    '帮我催一下快递',
  ],
  agent: [
    '您好，有货的',
    '这个不清楚',
    '非常抱歉，给您补发一个',
    '稍等',
    '您联系快递吧',
    '嗯',
    '[微笑]',
    '没办法的',
    '麻烦提供一下订单号',
    '您的身高体重是多少',
    '给您转到售后客服',
    '感谢您的咨询，祝您生活愉快，再见',
    '亲，我们会尽快为您安排的，请您耐心等待哦',
    '自己看详情页',
    '刚才不是跟您说过了吗',
  ],
};
const ABUSE = ['傻逼', '你们都是傻逼', '操你妈', '去死吧', '垃圾客服', '真是傻逼！！'];

const lines: fc.Arbitrary<ChatLine[]> = fc.array(
  fc.oneof(
    fc.constantFrom(...SAID.customer).map((text): ChatLine => ({ role: 'customer', text })),
    fc
      .tuple(fc.constantFrom(...SAID.agent), fc.constantFrom('甲', '乙'))
      .map(([text, speaker]): ChatLine => ({ role: 'agent', text, speaker })),
  ),
  { minLength: 1, maxLength: 14 },
);

/** What was held against whom, without the places that further messages move. */
function heldAgainst(findings: readonly Finding[]) {
  return findings
    .filter(({ category }) => category === 'dismissive')
    .map(({ ruleId, messageId, agentId, weight, evidence }) =>
      [ruleId, messageId, agentId, weight, ...evidence.map(({ text }) => text)].join(' '),
    )
    .sort();
}

describe('a customer who does nothing but swear', () => {
  it('makes no answer better or worse, wherever they do', () => {
    fc.assert(
      fc.property(lines, fc.nat(), fc.constantFrom(...ABUSE), (said, place, abuse) => {
        const sworn = said.toSpliced(place % (said.length + 1), 0, { role: 'customer', text: abuse });
        expect(heldAgainst(engine.judge(chat(sworn)))).toEqual(heldAgainst(engine.judge(chat(said))));
      }),
      { numRuns: 400 },
    );
  });

  it('but who asks something as well is heard', () => {
    const asked = (text: string): ChatLine[] => [
      { role: 'customer', text },
      { role: 'agent', text: '嗯' },
    ];
    expect(heldAgainst(engine.judge(chat(asked('傻逼'))))).toEqual([]);
    expect(heldAgainst(engine.judge(chat(asked('傻逼，坏了怎么办'))))).toHaveLength(1);
  });
});

it('judges one chat of 20,000 turns as it judges a short one', () => {
  const round: ChatLine[] = [
    { role: 'customer', text: '什么时候发货' },
    { role: 'agent', text: '这款是纯棉的面料哦亲，夏天穿很凉快的' },
    { role: 'customer', text: '那不发货可以退款吗' },
    { role: 'agent', text: '这款是纯棉的面料哦亲，夏天穿很凉快的' },
  ];
  const long = Array.from({ length: 5000 }, () => round).flat();
  const repeated = engine.judge(chat(long)).filter(({ messageId }) => messageId === 'repeated');
  expect(repeated).toHaveLength(9999);
});
