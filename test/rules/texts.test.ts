import { describe, expect, it } from 'vitest';
import { type Finding, renderMessage } from '../../src/model/index.js';
import { CATALOGUE, PRESETS, RULES } from '../../src/rules/registry.js';

/** Half-width marks beside a Chinese character, a Chinese mark or a placeholder. */
const HALF_WIDTH = /[\p{Script=Han}\u3000-\u303f\uff00-\uffef“”}][,:;?!()]|[,:;?!()][\p{Script=Han}“{]/u;

const texts = RULES.flatMap(({ meta }) => [
  ...Object.values(meta.docs).map((text) => [meta.id, text] as const),
  ...Object.values(meta.messages).map((text) => [meta.id, text] as const),
  ...(meta.examples ?? []).map(({ title }) => [meta.id, title] as const),
]);

describe('texts of rules', () => {
  it('use Chinese punctuation in Chinese, as the rest of the program does', () => {
    const all = [...texts, ...Object.entries(PRESETS).map(([name, { title }]) => [name, title] as const)];
    expect(all.filter(([, { zh }]) => HALF_WIDTH.test(zh)).map(([id, { zh }]) => `${id} ${zh}`)).toEqual([]);
  });

  it('are there in both languages', () => {
    for (const [id, { zh, en }] of texts) {
      expect(zh, id).toMatch(/\p{Script=Han}/u);
      expect(en, id).toMatch(/[a-z]{2}/i);
    }
  });
});

it('speaks of one turn, and of several turns', () => {
  const told = (turns: number) => {
    const finding = {
      ruleId: 'abuse/insult',
      messageId: 'provoked',
      data: { provokedTurnsBefore: turns },
      evidence: [{ messageId: 'm1', span: [0, 1], text: '滚' }],
    };
    return renderMessage(CATALOGUE, finding as unknown as Finding, 'en');
  };
  expect(told(1)).toContain('first; 1 turn later');
  expect(told(3)).toContain('first; 3 turns later');
});
