import { describe, expect, it } from 'vitest';
import { type Addressee, addresseeOf, type Speaker } from '../../src/rules/context/directed.js';
import { isNegated } from '../../src/rules/context/negated.js';
import { inQuotationMarks, isQuotedFromCustomer } from '../../src/rules/context/quoted.js';
import { slowness } from '../../src/rules/context/ramp.js';
import { isReported } from '../../src/rules/context/reported.js';
import { type Scope, scopeOf } from '../../src/rules/context/scope.js';
import { essence, remainder, wordsOf } from '../../src/rules/context/substance.js';

/** `你〈有病〉吧`: the span under judgement is between the marks. */
function at(marked: string): Scope {
  const start = marked.indexOf('〈');
  const end = marked.indexOf('〉') - 1;
  return scopeOf(marked.replace('〈', '').replace('〉', ''), [start, end]);
}

describe('the scope of a span', () => {
  it('is cut at commas and spaces, its sentence at full stops', () => {
    expect(at('您好。这个,您 〈有病〉吧,真的。再见')).toEqual({
      words: '有病',
      before: '',
      after: '吧',
      sentenceBefore: '这个,您 ',
      sentenceAfter: ',真的',
    });
  });

  it('keeps spaces between Latin words and breaks inside the span', () => {
    expect(at('you are 〈so stupid〉 man').before).toBe('you are ');
    expect(at('傻 〈傻,逼〉 了').words).toBe('傻,逼');
  });
});

describe('the scope of a span in a text without end', () => {
  it('reaches 200 characters to either side', () => {
    const scope = at(`${'好'.repeat(5000)}〈有病〉${'好'.repeat(5000)}`);
    expect(scope).toEqual({
      words: '有病',
      before: '好'.repeat(200),
      after: '好'.repeat(200),
      sentenceBefore: '',
      sentenceAfter: '',
    });
  });

  it('shares the 200 characters between clause and sentence', () => {
    const scope = at(`${'好'.repeat(300)},${'的'.repeat(150)}〈有病〉`);
    expect([scope.before.length, scope.sentenceBefore.length]).toEqual([150, 50]);
  });
});

describe('the addressee', () => {
  it.each<[string, Addressee]>([
    ['你真〈蠢〉', 'partner'],
    ['您是不是〈有病〉', 'partner'],
    ['我看你〈有病〉', 'partner'],
    ['你他妈〈听不懂人话〉', 'partner'],
    ['你这个人,脑子〈有病〉', 'partner'],
    ['〈有病〉吧你', 'partner'],
    ['〈神经病〉', 'partner'],
    ['录啊 〈神经病〉', 'partner'],
    ['我真是〈笨〉', 'self'],
    ['小妹太〈笨〉了,刚看到', 'self'],
    ['快递员真是〈有病〉,我帮您催', 'third-party'],
    ['您那边的快递员真是〈有病〉', 'third-party'],
    ['仓库那帮人〈有病〉', 'third-party'],
    ['这个天气真是〈有病〉一样热得受不了', 'unknown'],
  ])('%s: %s', (text, addressee) => {
    expect(addresseeOf(at(text))).toBe(addressee);
  });

  it.each<[string, Addressee]>([
    ['你们客服都是〈傻逼〉吗', 'partner'],
    ['〈垃圾〉店铺', 'partner'],
    ['等了三天 〈傻逼公司〉', 'partner'],
    ['快递员是个〈傻逼〉', 'third-party'],
  ])('of a customer, %s: %s', (text, addressee) => {
    expect(addresseeOf(at(text), 'customer' satisfies Speaker)).toBe(addressee);
  });

  it('does not take 您好 for a person', () => {
    expect(addresseeOf(at('您好这款面料真是〈烂〉到家了我也觉得'))).toBe('unknown');
  });
});

const saidBy = (texts: readonly string[]) => (words: string) => texts.some((text) => text.includes(words));

describe('quoting', () => {
  it.each([
    ['您刚才说〈垃圾〉我们很难过', []],
    ['您说的〈垃圾〉是指面料吗', []],
    ['您评价里写〈骗子〉,能说说是哪里不满意吗', []],
    ['看到“〈骗子〉”这个词很难过', []],
    ['“〈骗子〉”两个字我们担不起', ['你们就是骗子']],
  ])('%s', (text, customer) => {
    expect(isQuotedFromCustomer(at(text), saidBy(customer))).toBe(true);
  });

  it.each([
    ['你才〈傻逼〉', ['你是不是傻逼']],
    ['你说你是不是〈有病〉', []],
    ['你说话注意点〈傻逼〉', ['傻逼']],
    ['您〈有病〉吧', []],
    ['你叫什么名字 〈狗东西〉', []],
  ])('not %s', (text, customer) => {
    expect(isQuotedFromCustomer(at(text), saidBy(customer))).toBe(false);
  });

  it('knows an open pair of marks', () => {
    expect(inQuotationMarks(at('他说“你〈有病〉”'))).toBe(true);
    expect(inQuotationMarks(at('他说“好”,你〈有病〉'))).toBe(false);
    expect(inQuotationMarks(at('这款"可爱"风,你〈有病〉'))).toBe(false);
  });
});

describe('negation', () => {
  it.each([
    '不是说您〈有病〉',
    '没有骂您〈有病〉',
    '绝对没有说您〈笨〉的意思',
    '请不要说〈傻逼〉',
    '麻烦别骂〈傻逼〉',
  ])('%s', (text) => {
    expect(isNegated(at(text))).toBe(true);
  });

  it.each(['你是不是〈有病〉', '你不是〈有病〉吗', '你别跟我〈装傻〉', '你要不要〈脸〉', '不发货你〈骂〉谁'])(
    'not %s',
    (text) => {
      expect(isNegated(at(text))).toBe(false);
    },
  );
});

describe('reporting', () => {
  it.each(['快递员说您〈有病〉?', '他刚才骂了〈傻逼〉', '您被人骂〈傻逼〉了?', '有客户投诉说〈垃圾〉'])(
    '%s',
    (text) => {
      expect(isReported(at(text))).toBe(true);
    },
  );

  it.each(['你〈有病〉', '我说你〈有病〉', '快递到了,你〈有病〉'])('not %s', (text) => {
    expect(isReported(at(text))).toBe(false);
  });
});

describe('what a text says', () => {
  it.each([
    ['#E-s[数字x]#E-s12', ''],
    ['[微笑]/:^_^', ''],
    ['好的呢亲', '好的呢亲'],
    ['[ORDERID_100]', 'ORDERID100'],
  ])('without emoji, %s: %s', (text, words) => {
    expect(wordsOf(text)).toBe(words);
  });

  it('without courtesy', () => {
    expect(essence('亲亲,您好,这个不好意思哦~')).toBe('');
    expect(essence('亲,今天发货哦')).toBe('今天发货');
  });

  it('without what is under judgement', () => {
    expect(remainder('这个没办法哦亲', [[2, 5]])).toBe('');
    expect(remainder('没办法,因为出库了', [[0, 3]])).toBe('因为出库');
  });
});

describe('slowness', () => {
  it('shows every breach, and grows by the same with every doubling', () => {
    expect(slowness(180_000, 180, 1800)).toBeCloseTo(0.5);
    expect(slowness(1_799_999, 180, 1800)).toBeCloseTo(1);
    const doubled = (seconds: number) =>
      slowness(2000 * seconds, 180, 1800) - slowness(1000 * seconds, 180, 1800);
    expect(doubled(200)).toBeCloseTo(doubled(400));
  });

  it('is whole from the slowest on', () => {
    expect(slowness(9_000_000, 180, 1800)).toBe(1);
    expect(slowness(200_000, 180, 180)).toBe(1);
    expect(slowness(200_000, 300, 180)).toBe(1);
  });

  it('knows a threshold of nothing', () => {
    expect(slowness(1_000_000, 0, 2000)).toBeGreaterThan(0.9);
    expect(slowness(500, 0, 2000)).toBeCloseTo(0.5);
  });
});
