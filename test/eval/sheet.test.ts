import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Sample } from '../../src/eval/sample.js';
import { kefuAudit } from '../support/cli.js';

describe('a sample', () => {
  const draw = (keys: readonly string[], size: number) => {
    const sample = new Sample<string>(size);
    for (const key of keys) sample.add(key, key);
    return sample.items();
  };

  it('has the size asked for, the same items in any order, in the order they came', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string(), { maxLength: 120 }), fc.nat(30), (keys, size) => {
        const drawn = draw(keys, size);
        expect(drawn).toHaveLength(Math.min(size, keys.length));
        expect(drawn).toEqual(keys.filter((key) => drawn.includes(key)));
        expect(draw([...keys].reverse(), size).sort()).toEqual([...drawn].sort());
      }),
    );
  });

  it('is spread over what it is drawn from', () => {
    const keys = Array.from({ length: 2000 }, (_, at) => `conversation-${at}`);
    const early = draw(keys, 400).filter((key) => keys.indexOf(key) < 1000).length;
    expect(early).toBeGreaterThan(150);
    expect(early).toBeLessThan(250);
  });
});

describe('kefu-audit sheet', () => {
  const figures = async (path: string) => {
    const { stdout } = await kefuAudit([path, '-f', 'jsonl', '--fail-on', 'none']);
    const rows = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    const found = rows
      .filter(({ type, ruleId }) => type === 'finding' && /^(?:abuse|dismissive)\//.test(ruleId))
      .map(
        ({ ruleId, evidence }) => `${ruleId} ${evidence.map(({ text }: { text: string }) => text).join(' ')}`,
      );
    return { messages: rows.filter(({ type }) => type === 'conversation').length, found: found.sort() };
  };

  it('writes what an audit judges as it judges the export', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'kefu-audit-sheet-'));
    try {
      const sheet = join(folder, 'sheet.csv');
      const { code } = await kefuAudit(['sheet', 'fixtures/demo', '--bom', '--headers', 'zh', '-o', sheet]);
      expect(code).toBe(0);
      expect(readFileSync(sheet, 'utf8')).toMatch(/^\ufeff会话ID,.*,标注:辱骂,标注:敷衍,标注:备注\n/);
      const original = await figures('fixtures/demo');
      expect(original.found.length).toBeGreaterThan(5);
      expect(await figures(sheet)).toEqual(original);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('draws by lot', async () => {
    const { stdout } = await kefuAudit(['sheet', 'fixtures/demo/05-hotline.csv', '--sample', '1']);
    const ids = new Set(
      stdout
        .trimEnd()
        .split('\n')
        .slice(1)
        .map((line) => line.split(',')[0]),
    );
    expect(ids.size).toBe(1);
    const again = await kefuAudit(['sheet', 'fixtures/demo/05-hotline.csv', '--sample', '1']);
    expect(again.stdout).toBe(stdout);
  });
});
