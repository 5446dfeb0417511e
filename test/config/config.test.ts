import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ConfigError, findConfig, loadConfig } from '../../src/config/load.js';
import { resolveSettings } from '../../src/config/resolve.js';
import { configSchema } from '../../src/config/schema.js';
import { DEFAULTS, RUN_ONLY } from '../../src/config/settings.js';
import { kefuAudit } from '../support/cli.js';

let root = '';

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'kefu-audit-config-'));
});

afterEach(() => rmSync(root, { recursive: true }));

function write(path: string, content: string | object): string {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content, null, 2));
  return file;
}

async function problemsOf(path: string): Promise<string[]> {
  const error = await loadConfig(join(root, path), root).then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof ConfigError)) throw new Error(`no problems: ${String(error)}`);
  return error.problems.map((one) =>
    [`${one.file}:${one.line ?? ''}`, one.code, one.key, one.detail, ...one.suggestions]
      .filter(Boolean)
      .join(' '),
  );
}

describe('the search', () => {
  it('goes upward, to the root of the repository and no further', async () => {
    write('kefu-audit.config.json', {});
    mkdirSync(join(root, 'shop/.git'), { recursive: true });
    mkdirSync(join(root, 'shop/exports/march'), { recursive: true });
    expect(await findConfig(join(root, 'shop/exports/march'))).toBeNull();
    const yaml = write('shop/kefu-audit.config.yaml', '');
    expect(await findConfig(join(root, 'shop/exports/march'))).toBe(yaml);
    const json = write('shop/exports/kefu-audit.config.json', {});
    write('shop/exports/kefu-audit.config.yaml', '');
    expect(await findConfig(join(root, 'shop/exports/march'))).toBe(json);
  });

  it('stops at the home folder', async () => {
    write('kefu-audit.config.json', {});
    mkdirSync(join(root, 'home/work'), { recursive: true });
    expect(await findConfig(join(root, 'home/work'), join(root, 'home'))).toBeNull();
  });

  it('takes package.json only where it has the key', async () => {
    mkdirSync(join(root, '.git'));
    write('package.json', { name: 'x', keywords: ['kefu-audit'] });
    expect(await findConfig(root)).toBeNull();
    const file = write('package.json', { name: 'x', 'kefu-audit': { minScore: 80 } });
    expect(await findConfig(root)).toBe(file);
    expect((await loadConfig(file, root)).values).toEqual({ minScore: 80 });
  });
});

describe('a config file', () => {
  it('extends presets and files; later ones win, rules and columns merge, lists replace', async () => {
    write(
      'base/base.yaml',
      'minScore: 60\nagent: [甲]\nlexicon: [words.yaml]\nrules:\n  abuse/insult: { severity: warning, reach: 2 }\n  latency/*: "off"\n',
    );
    write('kefu-audit.config.json', {
      extends: ['preset:strict', './base/base.yaml'],
      agent: ['乙'],
      rules: { 'abuse/insult': { reach: 5 }, 'latency/*': 'info' },
      columns: { time: '时间' },
    });
    const { values, origins } = await loadConfig('kefu-audit.config.json', root);
    expect(values).toEqual({
      preset: 'strict',
      minScore: 60,
      agent: ['乙'],
      lexicon: [join('base', 'words.yaml')],
      rules: {
        'abuse/insult': { severity: 'warning', options: { reach: 5 } },
        'latency/*': { severity: 'info' },
      },
      columns: { time: '时间' },
    });
    expect(Object.fromEntries(origins)).toEqual({
      preset: 'kefu-audit.config.json',
      minScore: join('base', 'base.yaml'),
      agent: 'kefu-audit.config.json',
      lexicon: join('base', 'base.yaml'),
      'rules.abuse/insult': 'kefu-audit.config.json',
      'rules.latency/*': 'kefu-audit.config.json',
      'columns.time': 'kefu-audit.config.json',
    });
  });

  it('with mistakes has all of them told, with line and suggestion', async () => {
    write('other.yaml', 'failOn: fatal\n');
    write(
      'kefu-audit.config.json',
      '{\n\t"extends": "./other.yaml",\n\t"timezoen": "Asia/Shanghai",\n\t"min_score": 80,\n\t"maxSkipped": 5,\n\t"columns": { "zeit": "时间" },\n\t"rules": {\n\t\t"abuse/insult": "fatal"\n\t},\n\t"quiet": true\n}\n',
    );
    expect(await problemsOf('kefu-audit.config.json')).toEqual([
      'kefu-audit.config.json:3 unknown-key timezoen timezone',
      'kefu-audit.config.json:4 unknown-key min_score minScore',
      'kefu-audit.config.json:5 bad-value maxSkipped max 1',
      'kefu-audit.config.json:6 unknown-key columns.zeit',
      'kefu-audit.config.json:8 bad-value rules.abuse/insult one-of error|warning|info|off or type object',
      'kefu-audit.config.json:10 unknown-key quiet',
      'other.yaml:1 bad-value failOn one-of error|warning|info|none',
    ]);
  });

  it('that is no config is refused', async () => {
    write('a.yaml', 'extends: ./b.yaml\n');
    write('b.yaml', 'extends: ./a.yaml\n');
    expect(await problemsOf('a.yaml')).toEqual(['a.yaml: cycle a.yaml → b.yaml → a.yaml']);
    write('c.yaml', 'agent: [甲\nminScore: {');
    expect((await problemsOf('c.yaml'))[0]).toMatch(/^c\.yaml:\d+ syntax/);
    write('d.yaml', '- minScore\n');
    expect(await problemsOf('d.yaml')).toEqual(['d.yaml: bad-value type object']);
    expect(await problemsOf('none.yaml')).toEqual(['none.yaml: unreadable ENOENT']);
    write('e.json', '{"minScore": 1, "minScore": 2}');
    expect((await problemsOf('e.json'))[0]).toContain('syntax');
  });

  it('has a place for every setting that is not of one run only', () => {
    const { $schema: _, extends: __, ...keys } = configSchema.shape;
    const runOnly = new Set<string>(RUN_ONLY);
    expect(Object.keys(keys).sort()).toEqual(
      Object.keys(DEFAULTS)
        .filter((key) => !runOnly.has(key))
        .sort(),
    );
  });
});

describe('precedence', () => {
  it('is command line, environment, config, defaults', async () => {
    mkdirSync(join(root, '.git'));
    write('kefu-audit.config.json', { locale: 'en', color: 'always', minScore: 70, failOn: 'info' });
    const { settings, origins } = await resolveSettings({
      flags: { minScore: 90, rules: { 'abuse/insult': { severity: 'off' } } },
      env: { KEFU_AUDIT_LOCALE: 'zh', KEFU_AUDIT_MIN_SCORE: '10' },
      cwd: root,
    });
    expect(settings).toMatchObject({
      minScore: 90,
      locale: 'zh',
      color: 'always',
      failOn: 'info',
      bom: false,
    });
    expect(
      ['minScore', 'locale', 'color', 'bom', 'rules.abuse/insult'].map((key) => origins.get(key)),
    ).toEqual(['command line', 'KEFU_AUDIT_LOCALE', 'kefu-audit.config.json', 'default', 'command line']);
  });

  it('lets KEFU_AUDIT_CONFIG name the file, --config another, and --no-config none', async () => {
    write('a.yaml', 'minScore: 1\n');
    write('b.yaml', 'minScore: 2\n');
    const minScore = async (flags: { config?: string | false }) =>
      (await resolveSettings({ flags, env: { KEFU_AUDIT_CONFIG: 'a.yaml' }, cwd: root })).settings.minScore;
    expect(await minScore({})).toBe(1);
    expect(await minScore({ config: 'b.yaml' })).toBe(2);
    expect(await minScore({ config: false })).toBeNull();
  });
});

describe('config commands', () => {
  it('print shows values with their origin, in YAML that can be read back', async () => {
    mkdirSync(join(root, '.git'));
    write('kefu-audit.config.yaml', 'minScore: 70\nrules:\n  abuse/insult: "off"\n');
    const { code, stdout } = await kefuAudit(['config', 'print', '--locale', 'en', '--fail-on', 'info'], {
      cwd: root,
    });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^minScore: 70 +# kefu-audit\.config\.yaml$/m);
    expect(stdout).toMatch(/^failOn: "info" +# command line$/m);
    expect(stdout).toMatch(/^timezone: "Asia\/Shanghai" +# default$/m);
    expect(stdout).toMatch(/^ {2}abuse\/insult: "off" +# kefu-audit\.config\.yaml$/m);
    const { parse } = await import('yaml');
    expect(parse(stdout)).toMatchObject({ minScore: 70, failOn: 'info', rules: { 'abuse/insult': 'off' } });
  });

  it('mistakes are told in the language of the user, all at once', async () => {
    write('bad.yaml', 'minSore: 70\nfailOn: fatal\n');
    const { code, stderr } = await kefuAudit(['x.csv', '-c', 'bad.yaml'], { cwd: root });
    expect(code).toBe(2);
    expect(stderr).toContain('bad.yaml:1  没有 minSore 这项设置，是不是 minScore？');
    expect(stderr).toContain('bad.yaml:2  failOn：应为 error、warning、info、none');
  });

  it('init writes a config that changes nothing, and never overwrites', async () => {
    mkdirSync(join(root, '.git'));
    for (const locale of ['zh', 'en']) {
      const name = `${locale}.yaml`;
      expect((await kefuAudit(['init', name, '--locale', locale], { cwd: root })).code).toBe(0);
      expect((await loadConfig(name, root)).values).toEqual({});
      const again = await kefuAudit(['init', name, '--locale', locale], { cwd: root });
      expect(again.code).toBe(2);
      expect(again.stderr).toContain(name);
    }
  });
});
