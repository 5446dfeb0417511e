import { describe, expect, it } from 'vitest';
import {
  createRoleResolver,
  ROLE_REASONS,
  type RolePatterns,
  type SpeakerFacts,
} from '../../src/ingest/roles.js';
import { ROLE_REASON_TERMS } from '../../src/report/messages/terms.js';

const nobody: RolePatterns = { agent: [], customer: [], bot: [] };

function decide(facts: Partial<SpeakerFacts>, patterns: Partial<RolePatterns> = {}) {
  const resolver = createRoleResolver({ ...nobody, ...patterns });
  const all = { id: facts.name ?? '', name: facts.id ?? '', ...facts };
  const first = resolver.resolve(all);
  expect(resolver.resolve(all)).toEqual(first);
  return `${first.role} ${first.reason}`;
}

describe('names', () => {
  it.each([
    ['云朵家居旗舰店:小满', 'agent sub-account'],
    ['云朵家居旗舰店：小满', 'agent sub-account'],
    ['mtshop88:小满', 'agent sub-account'],
    ['云朵家居旗舰店:服务助手', 'bot robot-name'],
    ['云朵家居旗舰店:机器人', 'bot robot-name'],
    ['云朵家居旗舰店:店小蜜', 'bot robot-name'],
    ['jimi_vender_10235', 'bot robot-name'],
    ['JIMI智能助理', 'bot robot-name'],
    ['wbA1b2C3d4E5f6G7h8I9j0K1l2M3n4P5', 'bot robot-name'],
    ['骰子机器人', 'bot robot-name'],
    ['机器人-小智', 'bot robot-name'],
    ['机器人2号', 'bot robot-name'],
    ['智能客服小智', 'bot robot-name'],
    ['chatbot', 'bot robot-name'],
    ['系统消息', 'system system-name'],
    ['系统提示', 'system system-name'],
    ['SYSTEM', 'system system-name'],
    ['客服小满', 'agent name-says-service'],
    ['客服', 'agent name-says-service'],
    ['客服01', 'agent name-says-service'],
    ['售后-小王', 'agent name-says-service'],
    ['小王（售后）', 'agent name-says-service'],
    ['【客服】小王', 'agent name-says-service'],
    ['小王-客服', 'agent name-says-service'],
    ['暖阳团购客服3号', 'agent name-says-service'],
    ['在线客服小满', 'agent name-says-service'],
    ['云朵家居旗舰店-小满', 'agent name-says-service'],
    ['云朵家居专营店', 'agent name-says-service'],
    ['山岚自营--小丙', 'agent name-says-service'],
    ['客户', 'customer name-says-customer'],
    ['买家1', 'customer name-says-customer'],
    ['客户A', 'customer name-says-customer'],
    ['Customer', 'customer name-says-customer'],
    ['uid:1001', 'unknown none'],
    ['用户:1001', 'customer name-says-customer'],
    ['爱客服的猫', 'unknown none'],
    ['客服的克星', 'unknown none'],
    ['投诉客服', 'unknown none'],
    ['小蜜蜂', 'unknown none'],
    ['爱机器人的猫', 'unknown none'],
    ['abbot', 'unknown none'],
    ['wbcat', 'unknown none'],
    ['系统工程师老王', 'unknown none'],
    ['阿明:)', 'unknown none'],
    ['http://shop.example', 'unknown none'],
    ['自营业者', 'unknown none'],
    ['10000', 'unknown none'],
    ['t****7', 'unknown none'],
    ['', 'unknown none'],
  ])('%s is %s', (name, expected) => {
    expect(decide({ id: name, name })).toBe(expected);
  });

  it('takes the number of QQ notices only without a name of its own', () => {
    expect(decide({ id: '10000', name: '' })).toBe('system system-name');
    expect(decide({ id: '1000000', name: '' })).toBe('system system-name');
    expect(decide({ id: '1000000', name: '系统消息' })).toBe('system system-name');
    expect(decide({ id: '10000', name: '一万' })).toBe('unknown none');
  });
});

describe('what the format knows', () => {
  const agent = { role: 'agent', reason: 'flag' } as const;
  const customer = { role: 'customer', reason: 'flag' } as const;

  it('believes a stated role against any name', () => {
    expect(decide({ id: '系统消息', name: '系统消息', stated: customer })).toBe('customer flag');
    expect(decide({ id: '机器人', name: '机器人', stated: agent })).toBe('agent flag');
  });

  it('tells robots from people on the side of the agents only', () => {
    expect(decide({ id: 'jimi_vender_1', name: 'jimi_vender_1', side: agent })).toBe('bot robot-name');
    expect(decide({ id: '小满', name: '小满', side: agent })).toBe('agent flag');
    expect(decide({ id: '变形机器人', name: '变形机器人', side: customer })).toBe('customer flag');
    expect(decide({ id: '旗舰店常客', name: '旗舰店常客', side: customer })).toBe('customer flag');
  });

  it('takes the peer of a two-party export for the customer and everyone else for agents', () => {
    const chat = { peer: '青柠', twoParty: true };
    expect(decide({ id: '青柠', name: '青柠', ...chat })).toBe('customer peer');
    expect(decide({ id: '12345', name: '青柠', ...chat })).toBe('customer peer');
    expect(decide({ id: '67890', name: '山岚', ...chat })).toBe('agent not-peer');
    expect(decide({ id: '系统消息', name: '系统消息', ...chat })).toBe('system system-name');
    expect(decide({ id: '67890', name: '山岚', peer: '青柠' })).toBe('unknown none');
    expect(decide({ id: '67890', name: '山岚', twoParty: true })).toBe('unknown none');
  });

  it('turns the sides round where the peer is the shop', () => {
    const chat = { peer: '暖阳团购客服', twoParty: true };
    expect(decide({ id: '暖阳团购客服', name: '暖阳团购客服', ...chat })).toBe('agent name-says-service');
    expect(decide({ id: '青柠', name: '青柠', ...chat })).toBe('customer not-peer');
  });
});

describe('patterns of the user', () => {
  it('match id and name, whatever the width and case', () => {
    expect(decide({ id: 'U7', name: '小美MAY' }, { agent: ['小美may'] })).toBe('agent user-pattern');
    expect(decide({ id: 'u7', name: '小美' }, { customer: ['U*'] })).toBe('customer user-pattern');
    expect(decide({ id: '云朵：小满', name: '' }, { bot: ['云朵:*'] })).toBe('bot user-pattern');
    expect(decide({ id: '小美', name: '小美' }, { agent: ['小'] })).toBe('unknown none');
  });

  it('are literal but for the star', () => {
    expect(decide({ id: 'a.b', name: '' }, { agent: ['a.b'] })).toBe('agent user-pattern');
    expect(decide({ id: 'axb', name: '' }, { agent: ['a.b'] })).toBe('unknown none');
    expect(decide({ id: '[客](1)', name: '' }, { agent: ['[客](*)'] })).toBe('agent user-pattern');
    expect(decide({ id: 'a\nb', name: '' }, { agent: ['a*b'] })).toBe('agent user-pattern');
  });

  it('match as their stars say, in the order of their pieces', () => {
    const says = (pattern: string, name: string) =>
      decide({ name }, { agent: [pattern] }) === 'agent user-pattern';
    expect(
      ['*', '小*', '*满', '小*满', '*云*小满*', '云*小*满'].map((one) => says(one, '云朵:小满')),
    ).toEqual([true, false, true, false, true, true]);
    expect(says('ab*ba', 'aba')).toBe(false);
    expect(says('a*b*a', 'aba')).toBe(true);
    expect(says('a**', 'a')).toBe(true);
  });

  it('and names cost no more than they are long', () => {
    const before = performance.now();
    decide({ name: `${'a'.repeat(200)}!` }, { agent: ['*a'.repeat(40)] });
    for (const name of [
      `ab:${'a'.repeat(200_000)}:`,
      `${'客服'.repeat(100_000)}x`,
      `${'-'.repeat(200_000)}`,
    ]) {
      decide({ name });
    }
    expect(performance.now() - before).toBeLessThan(2000);
  });

  it('come before all else', () => {
    const stated = { role: 'customer', reason: 'flag' } as const;
    expect(decide({ id: '小美', name: '小美', stated }, { agent: ['小美'] })).toBe('agent user-pattern');
    expect(decide({ id: '小美', name: '小美', peer: '小美', twoParty: true }, { agent: ['小*'] })).toBe(
      'agent user-pattern',
    );
  });

  it('prefer the most specific', () => {
    const patterns = { agent: ['云朵*', '云朵常客'], customer: ['云朵常*'], bot: ['*'] };
    expect(decide({ id: '云朵小满', name: '' }, patterns)).toBe('agent user-pattern');
    expect(decide({ id: '云朵常来', name: '' }, patterns)).toBe('customer user-pattern');
    expect(decide({ id: '云朵常客', name: '' }, patterns)).toBe('agent user-pattern');
    expect(decide({ id: '别人', name: '' }, patterns)).toBe('bot user-pattern');
  });

  it('leave robots robots unless named in full', () => {
    const robot = { id: '云朵:服务助手', name: '云朵:服务助手' };
    expect(decide(robot, { agent: ['云朵:*'] })).toBe('bot robot-name');
    expect(decide(robot, { agent: ['云朵:服务助手'] })).toBe('agent user-pattern');
    expect(decide({ id: 'x', name: 'x', stated: { role: 'system', reason: 'flag' } }, { agent: ['*'] })).toBe(
      'system flag',
    );
  });
});

it('decides the same for a speaker who comes back among a hundred thousand', () => {
  const resolver = createRoleResolver(nobody);
  for (let index = 0; index < 100_000; index++) resolver.resolve({ id: `u${index}`, name: '' });
  expect(resolver.resolve({ id: '云朵:小满', name: '小满' })).toEqual({
    role: 'agent',
    reason: 'sub-account',
  });
  expect(resolver.resolve({ id: '云朵:小满', name: '服务助手' })).toEqual({
    role: 'bot',
    reason: 'robot-name',
  });
});

it('decides by rules that reports have words for', () => {
  for (const reason of ROLE_REASONS) {
    expect(ROLE_REASON_TERMS[reason]?.zh).toMatch(/\p{Script=Han}/u);
    expect(ROLE_REASON_TERMS[reason]?.en).toMatch(/[a-z]/);
  }
});
