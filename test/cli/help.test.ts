import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { buildCliDocs } from '../../scripts/build-cli-docs.js';
import { COMMANDS } from '../../src/cli/commands.js';
import { renderHelp, topicOf } from '../../src/cli/help.js';
import { columnsOf, wrap } from '../../src/cli/layout.js';
import { OPTIONS } from '../../src/cli/options.js';
import { kefuAudit, ROOT } from '../support/cli.js';

const LOCALES = ['zh', 'en'] as const;

describe('help', () => {
  it.each(LOCALES)('in %s names every option and example of every command, in 80 columns', (locale) => {
    for (const command of COMMANDS) {
      const help = renderHelp(command, locale, 80);
      for (const id of command.options) expect(help).toContain(OPTIONS[id].flags);
      for (const { line, text } of command.examples) expect(help).toContain(`# ${text[locale]}\n  $ ${line}`);
      const wide = help.split('\n').filter((line) => columnsOf(line) > 80 && !line.startsWith('  $'));
      expect(wide).toEqual([]);
    }
  });

  it('speaks Chinese unless told otherwise, and never asks LANG', async () => {
    const zh = await kefuAudit(['--help'], { env: { LANG: 'en_US.UTF-8', LC_ALL: 'en_US.UTF-8' } });
    expect(zh.stdout).toContain('用法：');
    expect((await kefuAudit(['--help', '--locale', 'en'])).stdout).toContain('Usage:');
    expect((await kefuAudit(['--locale=en', '--help'])).stdout).toContain('Usage:');
    expect((await kefuAudit(['--help'], { env: { KEFU_AUDIT_LOCALE: 'en' } })).stdout).toContain('Usage:');
  });

  it('goes to standard output when asked for', async () => {
    for (const args of [['--help'], ['-h'], ['help'], ['audit', '--help'], ['x.csv', '-h']]) {
      expect(await kefuAudit(args)).toMatchObject({
        code: 0,
        stderr: '',
        stdout: renderHelp(null, 'zh', 80),
      });
    }
    const detect = renderHelp(topicOf(['detect']), 'zh', 80);
    for (const args of [
      ['detect', '--help'],
      ['help', 'detect'],
      ['detect', 'x.csv', '-h'],
    ]) {
      expect(await kefuAudit(args)).toMatchObject({ code: 0, stderr: '', stdout: detect });
    }
    expect((await kefuAudit(['help', 'lexicon', 'test'])).stdout).toContain(
      'kefu-audit lexicon test [options] <text>',
    );
  });

  it('goes to standard error when it is all that can be said', async () => {
    const alone = await kefuAudit([], { stdinIsTerminal: true });
    expect(alone).toEqual({ code: 2, stdout: '', stderr: renderHelp(null, 'zh', 80) });
    const half = await kefuAudit(['baseline']);
    expect(half).toEqual({ code: 2, stdout: '', stderr: renderHelp('baseline', 'zh', 80) });
  });

  it('is not asked for by a path after --', async () => {
    const { code, stderr } = await kefuAudit(['--', '--help']);
    expect(code).toBe(2);
    expect(stderr).toContain('找不到 --help');
  });
});

describe('generated documents', () => {
  it.each([...buildCliDocs()])('%s is current (npx tsx scripts/build-cli-docs.ts)', (path, text) => {
    expect(readFileSync(join(ROOT, path), 'utf8')).toBe(text);
  });
});

describe('wrap', () => {
  it('breaks Chinese anywhere but before closing marks, and never inside a word', () => {
    expect(wrap('甲乙丙，丁', 6)).toBe('甲乙\n丙，丁');
    expect(wrap('see kefu-audit detect', 12)).toBe('see\nkefu-audit\ndetect');
    expect(wrap('见 kefu-audit detect 的说明', 14)).toBe('见 kefu-audit\ndetect 的说明');
    expect(wrap('a\nb', null)).toBe('a\nb');
  });

  it('keeps what is to be typed in one piece, and indents what is broken off', () => {
    expect(wrap('用 --columns text=说了啥,time=啥时候 指明', 20)).toBe(
      '用 --columns\ntext=说了啥,time=啥时候\n指明',
    );
    expect(wrap('第一行\n  原因：甲乙丙丁', 12)).toBe('第一行\n  原因：甲乙\n    丙丁');
  });
});
