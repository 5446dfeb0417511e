import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { Engine } from '../../src/rules/engine.js';
import { RULES } from '../../src/rules/registry.js';
import { type ChatLine, chat } from '../support/chat.js';
import { bundledLexicon, type ExpectedFinding, engineWith, inWordsOf, judgeBy } from '../support/rules.js';

/**
 * Sample chats that anybody can add: test/cases/rules/<category>/<rule>/*.yaml, each with `title`, `turns` and what the
 * rule must find. README.md there says how.
 */
interface RuleCase {
  title: string;
  turns: ({ agent: string } | { customer: string } | { bot: string } | { system: string })[];
  finds: ExpectedFinding[];
}

const ROOT = fileURLToPath(new URL('../cases/rules', import.meta.url));
const files = readdirSync(ROOT, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => name.replaceAll('\\', '/'))
  .sort();

let engine: Engine;
beforeAll(async () => {
  engine = engineWith(await bundledLexicon());
});

it('has cases for rules that exist', () => {
  const ids = RULES.map(({ meta }) => meta.id);
  for (const file of files) expect(ids).toContain(ruleOf(file));
});

describe.each(files)('%s', (file) => {
  const cases = [parse(readFileSync(join(ROOT, file), 'utf8'))].flat() as RuleCase[];
  it.each(cases.map((one) => [one.title, one] as const))('%s', (_, { turns, finds }) => {
    const findings = judgeBy(engine, ruleOf(file), chat(turns.map(lineOf)));
    expect(inWordsOf(finds, findings)).toEqual(finds);
  });
});

function ruleOf(file: string): string {
  return relative('.', dirname(file)).replaceAll('\\', '/');
}

/** `{ agent: 稍等, at: 20, by: 小陈 }`: the key is the role, its value the words. */
function lineOf(turn: RuleCase['turns'][number]): ChatLine {
  const { at, by, kind, ...said } = turn as Record<string, unknown>;
  const [role, text] = Object.entries(said)[0] as [ChatLine['role'], string];
  return {
    role,
    text,
    ...(at === undefined ? {} : { at: at as number }),
    ...(by === undefined ? {} : { speaker: by as string }),
    ...(kind === undefined ? {} : { kind: kind as NonNullable<ChatLine['kind']> }),
  };
}
