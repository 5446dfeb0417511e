import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
// @ts-expect-error a script without types
import { staleFixtures } from '../../scripts/build-fixtures.mjs';
import { ROOT } from '../support/cli.js';
import { roleCounts, run } from './run.js';

it('every built fixture is what its source says', async () => {
  expect(await staleFixtures()).toEqual([]);
});

describe('fixtures/README.md', () => {
  const readme = readFileSync(join(ROOT, 'fixtures/README.md'), 'utf8');
  const rows = [...readme.matchAll(/^\| `([^`]+)` \|[^|]+\|((?: \d[^|]*\|){6})$/gm)].map((match) => ({
    file: match[1]!,
    counts: match[2]!
      .split('|')
      .slice(0, 6)
      .map((cell) => Number.parseInt(cell, 10)),
  }));

  it('lists every file of the demo', () => {
    expect(rows).toHaveLength(7);
  });

  it.each(rows)('counts $file rightly', async ({ file, counts }) => {
    const { report } = await run([`fixtures/demo/${file}`]);
    const { agent = 0, customer = 0, bot = 0, system = 0, unknown = 0 } = roleCounts(report);
    const { messageCount } = report.coverage;
    const { conversationCount } = report.summary;
    expect([messageCount, agent, customer, bot, system, conversationCount]).toEqual(counts);
    expect(unknown).toBe(0);
  });
});

it('the demo as a whole is the sum of its stories', async () => {
  const { report } = await run(['fixtures/demo']);
  expect(report.coverage).toMatchObject({
    fileCount: 13,
    messageCount: 421,
    duplicateCount: 11,
    skipCount: 0,
  });
  expect(report.summary).toMatchObject({ conversationCount: 44, agentCount: 20 });
});
