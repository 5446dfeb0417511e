import { describe, expect, it } from 'vitest';
import { loadProfile, profileIds } from '../../src/config/profiles.js';
import { joinTurns } from '../../src/conversation/turns.js';
import { measureWaits } from '../../src/conversation/waits.js';
import {
  createMessage,
  type Message,
  type Profile,
  type Role,
  type Wait,
  Zone,
} from '../../src/model/index.js';

const zone = new Zone('Asia/Shanghai');

const profiles = new Map<string, Profile>(
  await Promise.all((await profileIds()).map(async (id) => [id, await loadProfile(id)] as const)),
);

/** A chat written as `C 10:10:15 问`, `A 10:18:10 答`, `A:小二 …` for a named agent, `B` for the robot. */
function chat(...lines: string[]): Message[] {
  return lines.map((line, index) => {
    const [, who, name, time, text] = /^([ACBS])(?::(\S+))? (\S+) (.*)$/.exec(line)!;
    const role = ({ A: 'agent', C: 'customer', B: 'bot', S: 'system' } as Record<string, Role>)[who!]!;
    const [hour, minute, second] = time!.split(':').map(Number);
    return createMessage({
      conversationKey: 'k',
      role,
      speakerId: name ?? role,
      text: text!,
      atMs: time === '-' ? null : zone.toMs(2026, 3, 1, hour!, minute!, second!),
      source: { file: 'x', line: index + 1 },
    });
  });
}

function waitsOf(messages: Message[], id = 'generic'): Wait[] {
  return measureWaits(messages, joinTurns(messages), profiles.get(id)!, zone);
}

const answeredIn3Minutes = (waits: Wait[]): string =>
  `${waits.filter((wait) => wait.waitMs !== null && wait.waitMs <= 180_000).length}/${waits.length}`;

describe('waits, as Taobao counts them', () => {
  it('runs one clock for two questions in a row, from the first', () => {
    const waits = waitsOf(chat('C 10:10:15 在吗?', 'C 10:15:20 有货吗?', 'A 10:18:10 有的'));
    expect(waits.map((wait) => wait.waitMs)).toEqual([475_000]);
    expect(answeredIn3Minutes(waits)).toBe('0/1');
  });

  it('opens a second wait with the next question', () => {
    const waits = waitsOf(
      chat(
        'C 10:10:15 在吗?',
        'C 10:15:20 有货吗?',
        'A 10:18:10 有的',
        'C 10:18:30 几天到?',
        'A 10:19:00 三天',
      ),
    );
    expect(answeredIn3Minutes(waits)).toBe('1/2');
  });

  it('counts ten unanswered questions as one open wait', () => {
    const questions = Array.from({ length: 10 }, (_, i) => `C 10:10:${String(10 + i)} 第${i}个问题?`);
    const waits = waitsOf(chat(...questions));
    expect(answeredIn3Minutes(waits)).toBe('0/1');
    expect(waits[0]).toMatchObject({ waitMs: null, agentTurn: null, agentId: '' });
  });
});

describe('waits', () => {
  it('are not ended by a robot', () => {
    const waits = waitsOf(chat('C 10:00:00 怎么退货?', 'B 10:00:00 您好,欢迎光临', 'A 10:06:00 可以退的'));
    expect(waits.map((wait) => [wait.waitMs, wait.agentTurn])).toEqual([[360_000, 2]]);
  });

  it('measure two agent messages in a row once', () => {
    const waits = waitsOf(chat('C 10:00:00 怎么退货?', 'A 10:01:00 可以退的', 'A 10:09:00 已为您登记'));
    expect(waits.map((wait) => wait.waitMs)).toEqual([60_000]);
  });

  it('start afresh when the customer comes back after days', () => {
    const messages = chat(
      'C 10:00:00 怎么退货?',
      'A 10:01:00 可以退的',
      'C 11:00:00 快递来了吗?',
      'A 11:10:00 来了',
    );
    for (const late of messages.slice(2)) late.atMs! += 5 * 86_400_000;
    expect(waitsOf(messages).map((wait) => wait.waitMs)).toEqual([60_000, 600_000]);
  });

  it.each(['好的谢谢', '嗯嗯', 'OK~', '谢谢亲[微笑]', '好的,知道了,辛苦了!', '/:^_^'])(
    'are not opened by %s',
    (text) => {
      expect(waitsOf(chat('C 10:00:00 有货吗?', 'A 10:00:10 有的', `C 10:01:00 ${text}`))).toHaveLength(1);
    },
  );

  it.each(['好的,那什么时候发货', '可以便宜点吗', '不好', '没收到', '好的?'])('are opened by %s', (text) => {
    expect(waitsOf(chat('C 10:00:00 有货吗?', 'A 10:00:10 有的', `C 10:01:00 ${text}`))).toHaveLength(2);
  });

  it('charge an open wait to the agent who spoke last', () => {
    const waits = waitsOf(
      chat('C 10:00:00 有货吗?', 'A:小甲 10:00:10 有的', 'A:小乙 10:00:20 您好', 'C 10:02:00 能发今天吗?'),
    );
    expect(waits.at(-1)).toMatchObject({ agentId: '小乙', waitMs: null });
  });

  it('have no length without times', () => {
    expect(waitsOf(chat('C - 有货吗?', 'A - 有的'))[0]).toMatchObject({
      waitMs: null,
      agentTurn: 1,
      startMs: null,
    });
  });

  it('outside the hours of the profile count for nobody', () => {
    expect(waitsOf(chat('C 07:59:59 有货吗?', 'A 09:00:00 有的'), 'tmall-2025')[0]!.excluded).toBe(
      'outside-window',
    );
    expect(waitsOf(chat('C 08:00:00 有货吗?', 'A 09:00:00 有的'), 'tmall-2025')[0]!.excluded).toBeNull();
    expect(waitsOf(chat('C 23:30:00 有货吗?', 'A 23:59:00 有的'), 'tmall-2025')[0]!.excluded).toBe(
      'outside-window',
    );
    expect(waitsOf(chat('C 23:30:00 有货吗?', 'A 23:59:00 有的'), 'tmall-2023')[0]!.excluded).toBeNull();
  });
});

describe('turns', () => {
  it('are runs of one role; a colleague who takes over begins a new one', () => {
    const turns = joinTurns(
      chat(
        'C 10:00:00 一',
        'C 10:00:01 二',
        'A:甲 10:00:02 三',
        'A:乙 10:00:03 四',
        'S 10:00:04 转接',
        'A:乙 10:00:05 五',
      ),
    );
    expect(turns.map((turn) => [turn.role, turn.agentId, turn.messageIndexes])).toEqual([
      ['customer', '', [0, 1]],
      ['agent', '甲', [2]],
      ['agent', '乙', [3, 5]],
    ]);
  });
});
