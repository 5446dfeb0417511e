import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readLabelLines } from '../../src/eval/label-lines.js';
import { readBundledSource } from '../../src/language/load.js';
import { RULES } from '../../src/rules/registry.js';
import { PROFILE, ZONE } from '../support/chat.js';

const FOLDER = new URL('../../fixtures/eval/', import.meta.url);
const FILES = readdirSync(FOLDER).filter((name) => name.endsWith('.jsonl'));
const IDS = new Set(RULES.map(({ meta }) => meta.id));

const turns = FILES.flatMap((name) =>
  [
    ...readLabelLines(
      readFileSync(new URL(name, FOLDER), 'utf8'),
      name,
      { profile: PROFILE, zone: ZONE },
      IDS,
      (problem) => expect.unreachable(JSON.stringify(problem)),
    ),
  ].map((turn) => ({ name, ...turn })),
);

describe('fixtures/eval', () => {
  it('has as many lines as its README says', () => {
    const readme = readFileSync(new URL('README.md', FOLDER), 'utf8');
    const said = new Map<string, number>();
    for (const line of readme.split('\n')) {
      const [, names = '', counts = ''] = line.split('|');
      const numbers = counts.split(',').map(Number);
      for (const [at, match] of [...names.matchAll(/`([\w-]+\.jsonl)`/g)].entries())
        said.set(match[1]!, numbers[at]!);
    }
    const counted = FILES.map((name) => [name, turns.filter((turn) => turn.name === name).length]);
    expect(Object.fromEntries(said)).toEqual(Object.fromEntries(counted));
  });

  it('has no line twice', () => {
    const seen = turns.map(({ conversation }) => conversation.messages.map(({ text }) => text).join('\n'));
    expect(seen.filter((text, at) => seen.indexOf(text) !== at)).toEqual([]);
  });

  it('is apart from the examples of lexicons and rules', async () => {
    const { entries } = await readBundledSource();
    const examples = new Set([
      ...entries.flatMap(({ hit, miss }) => [...(hit ?? []), ...(miss ?? [])]),
      ...RULES.flatMap(({ meta }) =>
        meta.examples.flatMap((example) =>
          example.turns.filter(({ role }) => role === 'agent').map(({ text }) => text),
        ),
      ),
    ]);
    const long = turns.map(({ conversation, targets }) => conversation.messages[targets[0]!]!.text);
    // Two or three characters (不知道) are what everybody says.
    expect(long.filter((text) => text.length > 6 && examples.has(text))).toEqual([]);
  });
});
