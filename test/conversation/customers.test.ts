import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { identify, isAmbiguous, tiesPersons } from '../../src/conversation/identity.js';
import { orderNumbersIn, papersAskedIn, papersGivenIn } from '../../src/conversation/papers.js';
import { datesIn, joinPieces, Pieces, TermCollector } from '../../src/conversation/terms.js';
import { type Contact, type CustomerRecord, createMessage } from '../../src/model/index.js';
import { asked, contact, promised, recordsOf, said, word } from '../support/customer.js';

const LAN = '青禾家居:阿岚';
const MAN = '青禾家居:小満';

function only(records: CustomerRecord[]): CustomerRecord {
  expect(records).toHaveLength(1);
  return records[0]!;
}

describe('who a customer is', () => {
  it.each([
    ['tb_linxi', 'exact'],
    ['518820047', 'exact'],
    ['t***7', 'masked'],
    ['139****7705', 'masked'],
    ['顾客', 'thread'],
    ['买家1', 'thread'],
    ['customer', 'thread'],
    ['', 'thread'],
  ] as const)('“%s” is %s', (id, identity) => expect(identify(id, 'key').identity).toBe(identity));

  it('is the thread where nobody is named', () => {
    expect(identify(null, 'chat-7')).toEqual({ id: 'chat-7', identity: 'thread' });
  });

  it('is in doubt where little of a nick is shown', () => {
    expect(isAmbiguous('t***7')).toBe(true);
    expect(isAmbiguous('139****7705')).toBe(false);
  });

  it('needs proof where hardly anything of a nick is shown', () => {
    // Dozens of a large shop's customers are t***7, and any of them may ask about the same product.
    for (const reason of ['product', 'words', 'soon', 'date', 'promise'] as const) {
      expect(tiesPersons('t***7', reason)).toBe(false);
      expect(tiesPersons('m****9k', reason)).toBe(true);
    }
    for (const reason of ['order', 'hand-over'] as const) expect(tiesPersons('t***7', reason)).toBe(true);
  });
});

describe('papers', () => {
  it.each([
    ['麻烦您提供一下订单号、发票照片和故障视频', ['order-number', 'invoice', 'video']],
    ['请发一下订单号和新的地址、电话', ['order-number', 'address', 'phone']],
    ['您拍张照片看看', ['photo']],
    ['订单号发给我一下', ['order-number']],
    ['我给您发个安装视频', null],
    ['快递单号已经发给您了', null],
    ['不用再提供照片了', null],
    ['地址已经帮您改好', null],
  ])('asked for in “%s”', (text, papers) => {
    const found = papersAskedIn(text);
    expect(found?.papers ?? null).toEqual(papers);
    if (found !== null) expect(text.slice(...found.span)).not.toBe('');
  });

  it('given in messages', () => {
    const given = (text: string, kind: 'text' | 'image' | 'file' | 'card' = 'text') =>
      papersGivenIn(createMessage({ conversationKey: 'k', text, kind, source: { file: 'f', line: 1 } }));
    expect(given('[图片]', 'image')).toEqual(['photo']);
    expect(given('[视频]', 'file')).toEqual(['video']);
    expect(given('订单号 298811007345')).toEqual(['order-number']);
    expect(given('13912345678')).toEqual(['phone']);
    expect(given('青山市云水区长桥路 8 号')).toEqual(['address']);
    expect(given('什么时候发货')).toEqual([]);
  });

  it('are no dates, telephones or prices', () => {
    expect(orderNumbersIn('20260304 13912345678 899 2026-03-04 12:00')).toEqual([]);
    expect(orderNumbersIn('PD20260407118 和 298811007345')).toEqual(['PD20260407118', '298811007345']);
    expect(orderNumbersIn('您选择了一个订单（订单号：298811007345；商品编号：100045123778）')).toEqual([
      '298811007345',
    ]);
  });
});

describe('what contacts share', () => {
  it('are pieces of telling words', () => {
    const terms = new TermCollector(new Pieces());
    terms.add('我的除湿机不知道为什么自己停了，订单号是多少');
    const found = terms.take();
    expect(found).toContain('除湿');
    expect(found).toContain('湿机');
    expect(found).not.toContain('订单');
    expect(terms.take()).toEqual([]);
    expect(joinPieces(['除湿', '湿机', '漏水'])).toEqual(['除湿机', '漏水']);
  });

  it('are dates as they are written', () => {
    expect(datesIn('从去年11月6号到 12月3日')).toEqual(['11-06', '12-03']);
    expect(datesIn('2.5 元 3.8斤 11:30')).toEqual([]);
  });
});

describe('a customer over many chats', () => {
  const order = { orders: ['330012345678'], given: ['order-number' as const] };

  it('is one person to one shop', () => {
    const records = recordsOf([
      contact('a', '2026-03-01 10:00'),
      contact('b', '2026-03-02 10:00'),
      contact('c', '2026-03-02 10:00', { shop: '云朵猫宠物' }),
      contact('d', '2026-03-02 10:00', { platform: 'jd' }),
    ]);
    expect(records.map(({ contacts }) => contacts.map((one) => one.conversationId))).toEqual([
      ['a', 'b'],
      ['d'],
      ['c'],
    ]);
  });

  it('has one matter where contacts share an order, and two where they do not', () => {
    const { links, issues } = only(
      recordsOf([
        contact('a', '2026-03-01 10:00', order),
        contact('b', '2026-03-05 10:00', order),
        contact('c', '2026-03-06 10:00', { orders: ['330087654321'] }),
      ]),
    );
    expect(links).toEqual([{ from: 0, to: 1, reason: 'order', shared: ['330012345678'] }]);
    expect(issues.map(({ contacts }) => contacts)).toEqual([[0, 1], [2]]);
  });

  it('is tied together by rare words, named dates, or coming straight back', () => {
    const others = ['x', 'y', 'z'].map((customerId) =>
      contact(customerId, '2026-03-01 09:00', { customerId, terms: ['颜色', '色差'] }),
    );
    const record = recordsOf([
      ...others,
      contact('a', '2026-03-01 10:00', { terms: ['除湿', '湿机', '颜色'] }),
      contact('b', '2026-03-08 10:00', { terms: ['湿机', '除湿'] }),
      contact('c', '2026-03-15 10:00', { dates: ['03-08'] }),
      contact('d', '2026-03-15 10:25'),
      contact('e', '2026-03-20 10:00', { terms: ['颜色', '色差'] }),
    ])[0]!;
    expect(record.links.map(({ from, to, reason, shared }) => [from, to, reason, ...shared])).toEqual([
      [0, 1, 'words', '除湿机'],
      [1, 2, 'date', '03-08'],
      [2, 3, 'soon'],
    ]);
  });

  it('is not taken for another of the same masked nick', () => {
    const masked = { customerId: 't***7', identity: 'masked' as const };
    const records = recordsOf([
      contact('a', '2026-03-01 10:00', { ...masked, ...order }),
      contact('b', '2026-03-05 10:00', { ...masked, ...order }),
      contact('c', '2026-03-09 10:00', masked),
    ]);
    expect(
      records.map(({ contacts, namesakeCount, ties }) => [contacts.length, namesakeCount, ties]),
    ).toEqual([
      [2, 1, ['order']],
      [1, 1, []],
    ]);
    // So much of this one is shown that it hardly stands for two.
    const telling = { customerId: '139****7705', identity: 'masked' as const };
    const same = recordsOf([
      contact('a', '2026-03-01 10:00', telling),
      contact('b', '2026-03-09 10:00', telling),
    ]);
    expect(only(same)).toMatchObject({ namesakeCount: 0, ties: null });
  });

  it('is asked again for what was given in an earlier contact of the same matter', () => {
    const { repeats } = only(
      recordsOf([
        contact('a', '2026-03-01 10:00', {
          ...order,
          given: ['order-number', 'photo'],
          asked: [asked(['order-number', 'photo'], '麻烦发一下订单号和照片', '2026-03-01 10:01', LAN)],
        }),
        contact('b', '2026-03-05 10:00', {
          ...order,
          askedStory: said('请问是什么问题', '2026-03-05 10:01', { agentId: MAN }),
          asked: [asked(['order-number', 'video'], '麻烦发一下订单号和视频', '2026-03-05 10:02', MAN)],
        }),
        contact('c', '2026-03-08 10:00', {
          orders: ['330087654321'],
          asked: [asked(['order-number'], '订单号发我', '2026-03-08 10:01', MAN)],
        }),
      ]),
    );
    expect(
      repeats.map(({ contact: place, what, agentId, givenIn }) => [place, what, agentId, givenIn]),
    ).toEqual([
      [1, ['story'], MAN, 0],
      [1, ['order-number'], MAN, 0],
    ]);
  });

  it('goes on in the session that a hand-over leads to', () => {
    const handOver = {
      ...said('给您转接售后专员', '2026-03-01 10:05', { agentId: LAN }),
      by: 'words' as const,
      told: true,
      engaged: true,
      briefed: false,
    };
    const { links, returns, handOvers } = only(
      recordsOf([
        contact('a', '2026-03-01 10:00', { handOver }),
        contact('b', '2026-03-01 10:15', { agents: [MAN] }),
        contact('c', '2026-03-02 10:00', { agents: [LAN], orders: ['330012345678'] }),
      ]),
    );
    expect(links).toEqual([{ from: 0, to: 1, reason: 'hand-over', shared: [] }]);
    expect(handOvers).toEqual([{ contacts: [0, 1], agents: [LAN, MAN] }]);
    expect(returns).toEqual([]);
  });

  it('knows no order without times, and says so', () => {
    const record = only(recordsOf([contact('b', null, order), contact('a', null, order)]));
    expect(record.contacts.map(({ conversationId }) => conversationId)).toEqual(['a', 'b']);
    expect(record.issues[0]).toMatchObject({ status: 'unknown', reason: 'no-times' });
    expect(record.returns[0]?.afterMs ?? null).toBeNull();
  });

  it('is the same in whatever order contacts come', () => {
    const contacts: Contact[] = [
      contact('a', '2026-03-01 10:00', {
        ...order,
        promises: [promised('call', 48, '48小时回电', '2026-03-01 10:05', LAN)],
      }),
      contact('b', '2026-03-05 10:00', {
        ...order,
        words: [word('no-call', '没人打电话', '2026-03-05 10:00')],
      }),
      contact('c', '2026-03-06 10:00', { customerId: 't***7', identity: 'masked', terms: ['除湿', '湿机'] }),
      contact('d', '2026-03-09 10:00', { customerId: 't***7', identity: 'masked', terms: ['除湿', '湿机'] }),
      contact('e', null, { customerId: 'ydm' }),
    ];
    const whole = recordsOf(contacts, '2026-04-01 00:00');
    fc.assert(
      fc.property(fc.shuffledSubarray(contacts, { minLength: contacts.length }), (shuffled) => {
        expect(recordsOf(shuffled, '2026-04-01 00:00')).toEqual(whole);
      }),
    );
  });
});

describe('promises', () => {
  const call = promised('call', 48, '48小时内给您回电', '2026-03-01 10:05', LAN);
  const made = contact('a', '2026-03-01 10:00', { orders: ['1'], promises: [call] });
  const later = (start: string, more: Partial<Contact>) => contact('b', start, { orders: ['1'], ...more });
  const judged = (contacts: Contact[], end: string | null = null) => {
    const [record] = recordsOf(contacts, end)[0]!.promises;
    return { status: record!.status, basis: record!.basis, proof: record!.proof?.evidence.text ?? null };
  };

  it('are broken when the customer says so after the time was up', () => {
    const complaint = { words: [word('no-call', '没人打电话', '2026-03-05 10:00')] };
    expect(judged([made, later('2026-03-05 10:00', complaint)])).toEqual({
      status: 'broken',
      basis: 'customer-complains',
      proof: '没人打电话',
    });
  });

  it('are not broken by a complaint that comes before, or is about something else', () => {
    const early = { words: [word('no-call', '没人打电话', '2026-03-02 10:00')] };
    expect(judged([made, later('2026-03-02 10:00', early)]).status).toBe('unknown');
    const other = { words: [word('no-refund', '退款没到', '2026-03-05 10:00')] };
    expect(judged([made, later('2026-03-05 10:00', other)]).status).toBe('unknown');
  });

  it('are not broken by a vague complaint beside one that names something else', () => {
    const about = (...words: ReturnType<typeof word>[]) =>
      judged([made, later('2026-03-05 10:00', { words })]).status;
    const vague = word('no-progress', '等了三天了', '2026-03-05 10:00');
    expect(about(vague)).toBe('broken');
    expect(about(vague, word('no-shipping', '还没发货', '2026-03-05 10:00'))).toBe('unknown');
  });

  it('are quoted with the plainest complaint of the contact', () => {
    const words = [
      word('no-progress', '半个月了', '2026-03-20 10:00'),
      word('no-call', '一个电话都没有', '2026-03-20 10:01', 2),
    ];
    expect(judged([made, later('2026-03-20 10:00', { words })]).proof).toBe('一个电话都没有');
  });

  it('are kept when the customer confirms it, and late when they complained before', () => {
    const got = word('got-call', '接到电话了', '2026-03-02 10:00');
    expect(judged([made, later('2026-03-02 10:00', { words: [got] })])).toMatchObject({
      status: 'kept',
      basis: 'customer-confirms',
    });
    const words = [
      word('no-call', '前两天没人打电话', '2026-03-08 10:00'),
      word('got-call', '刚接到电话了', '2026-03-08 10:01', 2),
    ];
    expect(judged([made, later('2026-03-08 10:00', { words })]).status).toBe('late');
  });

  it('are kept by the shop that writes of its own accord, in time or late', () => {
    const ship = promised('ship', 24, '明天给您补发', '2026-03-01 10:05', LAN);
    const first = contact('a', '2026-03-01 10:00', { promises: [ship] });
    const news = (start: string) =>
      contact('b', start, { openedBy: 'agent', news: said('已经发出了', start, { agentId: LAN }) });
    expect(judged([first, news('2026-03-02 09:00')])).toMatchObject({ status: 'kept', basis: 'shop-says' });
    expect(judged([first, news('2026-03-04 09:00')])).toMatchObject({ status: 'late', basis: 'shop-says' });
  });

  it('to be back in the chat are held against the chat', () => {
    const hold = promised('reply', 0.1, '五分钟给您答复', '2026-03-01 10:05', LAN, { hold: true });
    const with_ = (more: object) => contact('a', '2026-03-01 10:00', { promises: [{ ...hold, ...more }] });
    expect(judged([with_({ answeredMs: hold.atMs! + 60_000 })])).toMatchObject({
      status: 'kept',
      basis: 'came-back',
    });
    expect(judged([with_({ answeredMs: hold.atMs! + 3_600_000 })]).status).toBe('late');
    expect(judged([with_({})], '2026-03-05 00:00')).toMatchObject({ status: 'broken', basis: 'silence' });
    expect(judged([with_({})])).toMatchObject({ status: 'unknown', basis: 'log-ends' });
  });

  it('are unknown where the log ends, sees nothing, or has no times', () => {
    expect(judged([made])).toMatchObject({ status: 'unknown', basis: 'log-ends' });
    expect(judged([made], '2026-04-01 00:00')).toMatchObject({ status: 'unknown', basis: 'not-in-log' });
    const untimed = contact('a', null, { promises: [{ ...call, atMs: null, dueMs: null }] });
    expect(judged([untimed])).toMatchObject({ status: 'unknown', basis: 'no-times' });
  });

  it('are held against what the shop says of having called', () => {
    const claim = {
      ...said('给您打了三次电话没人接', '2026-03-05 10:02', { agentId: MAN, turnIndex: 1 }),
      count: 3,
    };
    const record = recordsOf([
      made,
      later('2026-03-05 10:00', {
        words: [
          word('no-call', '没人打电话', '2026-03-05 10:00'),
          word('no-call', '没有接到过电话', '2026-03-05 10:04', 2),
        ],
        claims: [claim],
      }),
    ])[0]!;
    expect(record.promises[0]).toMatchObject({ status: 'broken', claim: { count: 3 } });
    expect(record.claims).toMatchObject([
      { contact: 1, loggedCount: 0, denial: { evidence: { text: '没有接到过电话' } } },
    ]);
  });
});

describe('coming back', () => {
  const order = { orders: ['330012345678'] };

  it('is laid to whoever broke the promise, else to whoever ended the contact before', () => {
    const promise = promised('call', 96, '四天内给您回电', '2026-03-01 10:05', LAN);
    const { returns } = only(
      recordsOf([
        contact('a', '2026-03-01 10:00', { ...order, agents: [LAN], promises: [promise] }),
        contact('b', '2026-03-03 10:00', { ...order, agents: [MAN] }),
        contact('c', '2026-03-09 10:00', {
          ...order,
          agents: ['青禾家居:知夏'],
          words: [word('no-call', '还是没人打电话', '2026-03-09 10:00')],
        }),
      ]),
    );
    expect(returns.map(({ contact: place, causedBy, because }) => [place, causedBy, because])).toEqual([
      [1, LAN, 'unsolved'],
      [2, LAN, 'broken-promise'],
    ]);
  });

  it('is none when the matter was settled and something new is asked about the same order', () => {
    const returned = (first: Partial<Contact>, start: string, second: Partial<Contact> = {}) =>
      only(
        recordsOf([
          contact('a', '2026-03-01 10:00', { ...order, ...first }),
          contact('b', start, { ...order, ...second }),
        ]),
      ).returns.length;
    expect(returned({ ending: 'thanks' }, '2026-03-05 10:00')).toBe(0);
    expect(returned({ ending: 'agent' }, '2026-03-05 10:00')).toBe(1);
    expect(returned({ ending: 'agent' }, '2026-06-05 10:00')).toBe(0);
    // Who complains has not forgotten, however politely the chat ended and however long ago.
    const words = [word('no-progress', '还没解决', '2026-06-05 10:00')];
    expect(returned({ ending: 'thanks' }, '2026-06-05 10:00', { words })).toBe(1);
  });

  it('is none when the customer only says that it came, or the shop writes', () => {
    const refund = promised('refund', 24, '明天到账', '2026-03-01 10:05', LAN);
    const { returns, issues } = only(
      recordsOf([
        contact('a', '2026-03-01 10:00', { promises: [refund] }),
        contact('b', '2026-03-02 09:00', { words: [word('got-refund', '钱到了', '2026-03-02 09:00')] }),
        contact('c', '2026-03-03 09:00', { openedBy: 'agent' }),
      ]),
    );
    expect(returns).toEqual([]);
    expect(issues[0]).toMatchObject({ contacts: [0, 1, 2] });
  });

  it('tells how matters ended, and how we know', () => {
    const ship = promised('ship', 24, '明天给您补发', '2026-03-01 10:05', LAN);
    const hold = promised('reply', 0.1, '五分钟给您答复', '2026-03-01 10:05', LAN, { hold: true });
    const goods = [word('got-goods', '收到了 袖子有点长', '2026-03-01 10:08')];
    const ended = (more: Partial<Contact>, end: string | null = null) => {
      const { status, reason } = only(recordsOf([contact('a', '2026-03-01 10:00', more)], end)).issues[0]!;
      return `${status} ${reason}`;
    };
    expect(ended({ words: [word('solved', '修好了', '2026-03-01 10:05')] })).toBe(
      'resolved customer-confirmed',
    );
    expect(ended({ ending: 'waiting' })).toBe('unresolved left-waiting');
    expect(ended({ ending: 'thanks' })).toBe('resolved customer-thanked');
    expect(ended({ ending: 'agent' })).toBe('unknown log-ends');
    // Whoever stays away was helped, or gave up.
    expect(ended({ ending: 'agent' }, '2026-03-20 00:00')).toBe('unknown no-return');
    // Thanks for a promise are no proof that it was kept.
    expect(ended({ ending: 'thanks', promises: [ship] })).toBe('unknown promise-open');
    expect(ended({ ending: 'thanks', promises: [hold] }, '2026-03-20 00:00')).toBe(
      'unresolved promise-broken',
    );
    // That the parcel came settles a matter of parcels.
    expect(ended({ ending: 'thanks', promises: [ship], words: goods })).toBe('resolved customer-confirmed');
    expect(ended({ ending: 'agent', words: goods })).toBe('unknown log-ends');
  });
});
