import { readdirSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildRuleDocs } from '../../scripts/build-rule-docs.js';
import { OPTION_TERMS } from '../../src/rules/option-terms.js';
import { RULES } from '../../src/rules/registry.js';

const ROOT = new URL('../../', import.meta.url);

let built: Awaited<ReturnType<typeof buildRuleDocs>>;
beforeAll(async () => {
  built = await buildRuleDocs();
});

describe('docs/rules', () => {
  it('has the pages of all rules and no others', () => {
    const committed = readdirSync(new URL('docs/rules/', ROOT), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.md'))
      .map((name) => `docs/rules/${name.replaceAll('\\', '/')}`);
    expect(committed.sort()).toEqual([...built.pages.keys()].sort());
  });

  it('is what the rules say today: npm run docs writes it', () => {
    for (const [path, text] of built.pages) {
      expect(readFileSync(new URL(path, ROOT), 'utf8'), path).toBe(text);
    }
  });

  it('has only examples that give what they promise', () => {
    const broken = [...built.runs].flatMap(([id, runs]) =>
      runs.filter(({ isAsPromised }) => !isAsPromised).map(({ example }) => `${id}: ${example.title.en}`),
    );
    expect(broken).toEqual([]);
  });

  it('explains every option', () => {
    const names = new Set(RULES.flatMap(({ meta }) => Object.keys(meta.options ?? {})));
    expect([...names].sort()).toEqual(Object.keys(OPTION_TERMS).sort());
  });
});
