import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { READERS } from '../src/ingest/readers/index.js';
import { kefuAudit, ROOT } from './support/cli.js';

/** `<!-- run in 80 columns: kefu-audit … -->` and the fenced output below it. */
const EXAMPLE = /<!-- run in (\d+) columns: kefu-audit (.*?) -->\n```\n([\s\S]*?)```\n/g;

describe.each(['README.md', 'README.zh-CN.md'])('%s', (name) => {
  const path = join(ROOT, name);
  const text = readFileSync(path, 'utf8');
  const examples = [...text.matchAll(EXAMPLE)].map((match) => ({
    whole: match[0],
    columns: Number(match[1]),
    args: match[2]!.split(' '),
    output: match[3]!,
  }));

  it('shows output', () => {
    expect(examples.length).toBeGreaterThan(0);
  });

  it.each(examples)('shows what kefu-audit $args prints today', async ({ whole, columns, args, output }) => {
    const { stdout } = await kefuAudit([...args, '--no-color', '--no-progress'], { columns });
    if (process.env.UPDATE_README) {
      const current = readFileSync(path, 'utf8');
      writeFileSync(
        path,
        current.replace(whole, () => whole.replace(/```\n[\s\S]*```\n$/, () => `\`\`\`\n${stdout}\`\`\`\n`)),
      );
      return;
    }
    expect(steady(output)).toBe(steady(stdout));
  });

  it('names every reader', () => {
    const missing = READERS.map((reader) => reader.id).filter((id) => !text.includes(`\`${id}\``));
    expect(missing).toEqual([]);
  });

  it('names no option that does not exist', async () => {
    const { stdout } = await kefuAudit(['--help', '--locale', 'en']);
    const named = new Set([...text.matchAll(/(?<![\w-])--[a-z][a-z-]+/g)].map((match) => match[0]));
    named.delete('--help');
    expect([...named].filter((option) => !stdout.includes(option))).toEqual([]);
  });

  it('links to nothing that is not there', () => {
    for (const [, target] of text.matchAll(/\]\((?!https?:)([^)#]+)\)/g)) {
      expect(() => readFileSync(join(ROOT, target!))).not.toThrow(/ENOENT/);
    }
  });
});

/** Without what differs from machine to machine or with every new word: segmenter, size of the lexicon. */
function steady(output: string): string {
  return output
    .replace(/nodejieba [\d.]+|@?[\w/-]*jieba[\w-]* [\d.]+/g, 'segmenter')
    .replace(/(词库|lexicon|words) ?\d+/gi, '$1');
}
