import { beforeAll, describe, expect, it } from 'vitest';
import { runExamples } from '../../src/eval/rule-examples.js';
import { renderMessage } from '../../src/model/index.js';
import type { Engine } from '../../src/rules/engine.js';
import { CATALOGUE, RULES } from '../../src/rules/registry.js';
import { PROFILE, ZONE } from '../support/chat.js';
import { bundledLexicon, engineWith, inWordsOf } from '../support/rules.js';

let engine: Engine;
beforeAll(async () => {
  engine = engineWith(await bundledLexicon());
});

describe.each(RULES.map((rule) => [rule.meta.id, rule] as const))('%s', (id, { meta }) => {
  it('is named after its category', () => {
    expect(id).toMatch(/^[a-z-]+\/[a-z]+(-[a-z]+)*$/);
    expect(id.split('/')[0]).toBe(meta.category);
  });

  it('has an example of a finding and one of a near miss', () => {
    expect(meta.examples.some(({ finds }) => finds.length > 0)).toBe(true);
    expect(meta.examples.some(({ finds }) => finds.length === 0)).toBe(true);
  });

  it.each(meta.examples.map((example) => [example.title.en, example] as const))(
    'example: %s',
    (_, example) => {
      const [run] = runExamples({ id, examples: [example] }, engine, { profile: PROFILE, zone: ZONE });
      const findings = run!.findings.map(({ finding }) => finding);
      const places = run!.findings.map(({ contact }) => contact);
      expect(places).toEqual(example.finds.map(({ contact }) => contact ?? 0));
      const expected = example.finds.map(({ contact: _, ...find }) => find);
      expect(inWordsOf(expected, findings)).toEqual(expected);
      for (const finding of findings) {
        for (const locale of ['zh', 'en'] as const) {
          const message = renderMessage(CATALOGUE, finding, locale);
          expect(message).not.toContain(id);
          expect(message).not.toMatch(/[{}]|undefined|（缺少）|missing: \)/);
        }
      }
    },
  );

  it('speaks both languages', () => {
    const texts = [
      ...Object.values(meta.messages),
      ...Object.values(meta.docs),
      ...meta.examples.map((one) => one.title),
    ];
    for (const { zh, en } of texts) {
      expect(zh).toMatch(/\p{Script=Han}/u);
      expect(en).toMatch(/[A-Za-z]{2}/);
    }
  });
});
