import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadProfile } from '../../src/config/profiles.js';
import { Assembler } from '../../src/conversation/assemble.js';
import {
  type Conversation,
  createMessage,
  type Message,
  type MessageInit,
  Zone,
} from '../../src/model/index.js';

const zone = new Zone('Asia/Shanghai');
const generic = await loadProfile('generic');
const start = zone.toMs(2026, 3, 1, 10, 0, 0);

function message(text: string, minutes: number | null, more: Partial<MessageInit> = {}): Message {
  return createMessage({
    conversationKey: 'buyer',
    role: 'customer',
    speakerId: 'buyer',
    atMs: minutes === null ? null : start + minutes * 60_000,
    text,
    source: { file: 'a.txt', line: 1 },
    ...more,
  });
}

function assemble(
  messages: Message[],
  window?: number,
): { conversations: Conversation[]; duplicates: number } {
  const assembler = new Assembler({ profileFor: () => generic, zone, ...(window ? { window } : {}) });
  const conversations = [...assembler.push(messages), ...assembler.flush()];
  return { conversations, duplicates: assembler.duplicateCount };
}

const texts = (conversations: Conversation[]): string[][] =>
  conversations.map((c) => c.messages.map((m) => m.text));

describe('conversations', () => {
  it('end with a long silence', () => {
    const { conversations } = assemble([message('早', 0), message('在吗', 1), message('又来了', 300)]);
    expect(texts(conversations)).toEqual([['早', '在吗'], ['又来了']]);
    expect(conversations[1]!.id).toBe('buyer@2026-03-01T15:00:00+08:00');
  });

  it('keep a late answer with its question', () => {
    const late = message('在的', 600, { role: 'agent', speakerId: '店:小二' });
    const { conversations } = assemble([message('有人吗?', 0), late]);
    expect(conversations).toHaveLength(1);
    expect(conversations[0]!.waits[0]!.waitMs).toBe(600 * 60_000);
  });

  it('are not split where the input marks its sessions', () => {
    const { conversations } = assemble([
      message('早', 0, { session: 's1' }),
      message('晚', 900, { session: 's1' }),
    ]);
    expect(conversations.map((c) => c.id)).toEqual(['s1']);
  });

  it('are put in order of time', () => {
    expect(texts(assemble([message('三', 3), message('一', 1), message('二', 2)]).conversations)).toEqual([
      ['一', '二', '三'],
    ]);
  });
});

describe('overlapping exports', () => {
  it('are merged once, whatever repeats inside one of them', () => {
    const first = [message('在吗', 0), message('在吗', 0), message('人呢', 1)];
    const second = [message('在吗', 0), message('人呢', 1), message('唉', 2)].map((m) => ({
      ...m,
      block: 1,
    }));
    const { conversations, duplicates } = assemble([...first, ...second]);
    expect(texts(conversations)).toEqual([['在吗', '在吗', '人呢', '唉']]);
    expect(duplicates).toBe(2);
  });

  it('are known by message id where there is one', () => {
    const { conversations, duplicates } = assemble([
      message('改前', 0, { id: 'm1' }),
      message('改后', 0, { id: 'm1', block: 1 }),
    ]);
    expect(texts(conversations)).toEqual([['改前']]);
    expect(duplicates).toBe(1);
  });

  it('without times are merged only when a whole block repeats', () => {
    const block = (n: number, ...words: string[]) => words.map((word) => message(word, null, { block: n }));
    expect(assemble([...block(0, '你好', '有货吗'), ...block(1, '你好', '有货吗')]).duplicates).toBe(2);
    expect(assemble([...block(0, '你好', '有货吗'), ...block(1, '你好', '能退吗')]).duplicates).toBe(0);
  });

  it('with the same session number in two files stay two chats unless they share something', () => {
    const other = { session: '1', block: 1, source: { file: 'b.txt', line: 1 } };
    const apart = assemble([message('甲店问题', 0, { session: '1' }), message('乙店问题', 9000, other)]);
    expect(apart.conversations.map((c) => c.id)).toEqual(['1', '1~2']);
    const together = assemble([
      message('问题', 0, { session: '1' }),
      message('问题', 0, other),
      message('后续', 9000, other),
    ]);
    expect(together.conversations.map((c) => c.id)).toEqual(['1']);
  });
});

describe('the open window', () => {
  /** A day of many customers who come and go. */
  const day = fc.array(
    fc.record({ who: fc.integer({ min: 0, max: 8 }), minutes: fc.integer({ min: 0, max: 90 }) }),
    {
      // Below the patience of the smallest window, which closes a key whatever its times say.
      maxLength: 60,
    },
  );

  it('does not change what conversations come out of an input in order of time', () => {
    fc.assert(
      fc.property(day, (steps) => {
        let at = 0;
        const messages = steps.map(({ who, minutes }, n) => {
          at += minutes;
          return message(`第${n}句`, at, { conversationKey: `k${who}` });
        });
        const shown = (window: number): string[] =>
          texts(
            assemble(
              messages.map((m) => ({ ...m })),
              window,
            ).conversations,
          )
            .map((c) => c.join())
            .sort();
        // 240 minutes of silence end a conversation; eviction waits for that, too.
        expect(shown(4)).toEqual(shown(1_000_000));
      }),
    );
  });

  it('loses no message, in whatever order they come', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: 2, max: 50 }), (steps, window) => {
        const messages = steps.map(({ who, minutes }, n) =>
          message(`第${n}句`, minutes * 37, { conversationKey: `k${who}` }),
        );
        const { conversations } = assemble(messages, window);
        expect(conversations.flatMap((c) => c.messages.map((m) => m.text)).sort()).toEqual(
          messages.map((m) => m.text).sort(),
        );
      }),
    );
  });
});

describe('conversations of more messages than are waited for', () => {
  const long = (count: number, more: Partial<MessageInit> = {}) =>
    Array.from({ length: count }, (_, n) => message(`第${n}句`, n / 60, { session: 's', ...more }));

  it('are cut into pieces with ids of their own', () => {
    const { conversations } = assemble(long(45_000));
    expect(conversations.map(({ id, messages }) => [id, messages.length])).toEqual([
      ['s', 20_001],
      ['s~2', 20_001],
      ['s~3', 4998],
    ]);
    const untimed = assemble(long(21_000).map((one) => ({ ...one, session: null, atMs: null })));
    expect(untimed.conversations.map(({ id }) => id)).toEqual(['buyer', 'buyer~2']);
  });

  it('are merged all the same where exports overlap', () => {
    const assembler = new Assembler({ profileFor: () => generic, zone });
    assembler.expectOverlaps();
    const conversations = [
      ...assembler.push(long(25_000, { block: 0 })),
      ...assembler.push(long(26_000, { block: 1 })),
      ...assembler.flush(),
    ];
    expect(conversations.map(({ id, messages }) => [id, messages.length])).toEqual([['s', 26_000]]);
    expect(assembler.duplicateCount).toBe(25_000);
  });
});

describe('batches', () => {
  it('change nothing, wherever an input is cut into them', () => {
    // Forty chats at a time, each for some minutes, in a small window, so that chats end while others go on.
    const messages = Array.from({ length: 3000 }, (_, n) => {
      const chat = `chat-${Math.floor(n / 200) * 40 + (n % 40)}`;
      return message(`第${n}句`, n / 4, { conversationKey: chat, session: n % 3 === 0 ? null : chat });
    });
    const told = ({ id, messages: own }: Conversation) => [id, own.map(({ text }) => text)];
    const whole = assemble(messages, 64).conversations.map(told);
    expect(whole.length).toBeGreaterThan(100);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 700 }), { minLength: 1, maxLength: 40 }), (sizes) => {
        const assembler = new Assembler({ profileFor: () => generic, zone, window: 64 });
        const conversations: Conversation[] = [];
        for (let from = 0, n = 0; from < messages.length; from += sizes[n++ % sizes.length]!)
          conversations.push(...assembler.push(messages.slice(from, from + sizes[n % sizes.length]!)));
        conversations.push(...assembler.flush());
        expect(conversations.map(told)).toEqual(whole);
      }),
      { numRuns: 30 },
    );
  });
});

describe('one nickname at two shops', () => {
  const at = (shop: string, minutes: number, block: number) => [
    message(`找${shop}`, minutes, { block }),
    message(`${shop}在的`, minutes + 1, { role: 'agent', speakerId: `${shop}:小二`, shop, block }),
  ];

  it('has two conversations, even in the same hour', () => {
    const { conversations } = assemble([...at('甲店', 0, 0), ...at('乙店', 10, 1)]);
    expect(texts(conversations)).toEqual([
      ['找甲店', '甲店在的'],
      ['找乙店', '乙店在的'],
    ]);
    expect(new Set(conversations.map(({ id }) => id)).size).toBe(2);
  });

  it('has two where a table says the shop of every message', () => {
    const rows = [...at('甲店', 0, 0), ...at('乙店', 10, 0)].map((one, n) => ({
      ...one,
      shop: n < 2 ? '甲店' : '乙店',
    }));
    expect(texts(assemble(rows).conversations)).toHaveLength(2);
  });

  it('still has one where two exports of one shop overlap', () => {
    const { conversations, duplicates } = assemble([
      ...at('甲店', 0, 0),
      ...at('甲店', 0, 1),
      ...at('甲店', 5, 1),
    ]);
    expect(texts(conversations)).toEqual([['找甲店', '甲店在的', '找甲店', '甲店在的']]);
    expect(duplicates).toBe(2);
  });
});
