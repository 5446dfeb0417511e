import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { kefuAudit } from '../support/cli.js';

let cwd = '';
const before = process.cwd();

const CHAT =
  '会话ID,发送时间,角色,发送人,内容\na1,2026-03-02 10:00:00,客户,小雨,请问有货吗\na1,2026-03-02 10:00:20,客服,阿棠,有的，今天发\n';

beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), 'kefu-audit-data-'));
  writeFileSync(join(cwd, 'chat.csv'), CHAT);
  process.chdir(cwd);
});

afterAll(() => {
  process.chdir(before);
  rmSync(cwd, { recursive: true });
});

/** A profile as people write it: anything may stand in it. */
// biome-ignore lint/suspicious/noExplicitAny: the point is what no type allows
type AnyProfile = Record<string, any>;

/** A profile that is right, and what one may get wrong in it. */
async function profileWith(change: (profile: AnyProfile) => void): Promise<string> {
  const { stdout } = await kefuAudit(['profiles', 'jd-2021-12', '-f', 'json']);
  const profile = JSON.parse(stdout);
  change(profile);
  writeFileSync(join(cwd, 'mine.json'), JSON.stringify(profile));
  return 'mine.json';
}

async function told(args: string[], locale: 'zh' | 'en'): Promise<string> {
  const { code, stdout, stderr } = await kefuAudit([...args, '--locale', locale], { cwd });
  expect(code).not.toBe(0);
  return stdout + stderr;
}

describe('a profile with mistakes', () => {
  it('is told of in either language', async () => {
    const file = await profileWith((profile) => {
      profile.window.value.start = '8:00';
      profile.unit = 'persons';
      profile.responseSeconds.value = 0;
      profile.id = 5;
      profile.metric = {};
      delete profile.title.en;
      profile.metrics['my-rate'] = { source: '', confidence: 'convention' };
    });
    const zh = await told(['chat.csv', '--profile', file], 'zh');
    expect(zh).toContain('平台口径文件有误');
    expect(zh).toContain('id：应为 文字');
    expect(zh).toContain('title.en：缺少这一项');
    expect(zh).toContain('unit：应为 turns、sessions、people、people-per-day');
    expect(zh).toContain('window.value.start：应为 08:00 这样的写法');
    expect(zh.replace(/kefu-audit.*/, '')).not.toMatch(/[a-z]{2,} [a-z]{2,} [a-z]{2,}/);
    const en = await told(['chat.csv', '--profile', file], 'en');
    expect(en).toContain('window.value.start: it should be written like 08:00');
    expect(en).toContain('title.en: it is missing');
  });

  it('is told of where it contradicts itself', async () => {
    const file = await profileWith((profile) => {
      profile.metrics['my-rate'] = { source: '内部', confidence: 'convention', unit: 'people' };
    });
    const zh = await told(['chat.csv', '--profile', file], 'zh');
    expect(zh).toContain('metrics.my-rate：缺少 figure');
    expect(await told(['chat.csv', '--profile', file], 'en')).toContain('metrics.my-rate: figure is missing');
    const window = await profileWith((profile) => {
      profile.window.value.end = '08:00';
    });
    expect(await told(['chat.csv', '--profile', window], 'zh')).toContain('window.value：结束不晚于开始');
  });

  it('that is no JSON is told of', async () => {
    writeFileSync(join(cwd, 'broken.json'), '{"id": ');
    const zh = await told(['chat.csv', '--profile', 'broken.json'], 'zh');
    expect(zh).toContain('broken.json');
    expect(zh).toMatch(/不是.*JSON/);
  });
});

it('tells of mistakes in a calendar in either language', async () => {
  writeFileSync(
    join(cwd, 'calendar.yaml'),
    'hours: { mon: "9:00-18:00" }\nholidays: [10月1日]\nworkday: {}\n',
  );
  const zh = await told(['chat.csv', '--calendar', 'calendar.yaml'], 'zh');
  expect(zh).toContain('hours.mon：应为 09:00-18:00 这样的写法');
  expect(zh).toContain('holidays.0：应为 2026-10-01..2026-10-07 这样的写法');
  expect(zh).toContain('workday：没有这一项');
  writeFileSync(
    join(cwd, 'calendar.yaml'),
    'hours: { mon: ["09:00-12:00", "11:00-18:00"], tue: "18:00-09:00" }\nholidays: [2026-02-30, 2026-05-03..2026-05-01]\n',
  );
  const days = await told(['chat.csv', '--calendar', 'calendar.yaml'], 'zh');
  expect(days).toContain('hours.mon：时段有重叠');
  expect(days).toContain('hours.tue：结束不晚于开始 18:00-09:00');
  expect(days).toContain('没有 2026-02-30 这一天');
  expect(days).toContain('2026-05-03..2026-05-01 不是一段日期');
  expect(await told(['chat.csv', '--calendar', 'calendar.yaml'], 'en')).toContain(
    'hours.mon: the hours overlap',
  );
});

it('refuses YAML that stands for a billion values, wherever it is read', async () => {
  const names = [...'abcdefghi'];
  const bomb = names
    .map(
      (name, at) =>
        `${name}: &${name} [${Array(10)
          .fill(at === 0 ? 'x' : `*${names[at - 1]}`)
          .join()}]`,
    )
    .join('\n');
  writeFileSync(join(cwd, 'bomb.yaml'), bomb);
  for (const args of [
    ['chat.csv', '--config', 'bomb.yaml'],
    ['chat.csv', '--calendar', 'bomb.yaml'],
    ['chat.csv', '--lexicon', 'bomb.yaml'],
    ['lexicon', 'check', 'bomb.yaml'],
  ]) {
    const text = await told(args, 'zh');
    expect(text).toContain('bomb.yaml');
    expect(text).not.toContain('程序内部出错');
  }
});

it('tells of mistakes in a lexicon in either language', async () => {
  writeFileSync(
    join(cwd, 'words.yaml'),
    'entries:\n  - id: Bad Id\n    category: abuse\n    forms: []\n    seveirty: error\n',
  );
  for (const args of [
    ['lexicon', 'check', 'words.yaml'],
    ['chat.csv', '--lexicon', 'words.yaml'],
  ]) {
    const zh = await told(args, 'zh');
    expect(zh).toContain('entries.0.id：应为 cold-words-2 这样的写法');
    expect(zh).toContain('entries.0.forms：应为 不能为空');
    expect(zh).toContain('entries.0.seveirty：没有这一项');
    expect(await told(args, 'en')).toContain('entries.0.seveirty: there is no such field');
  }
  writeFileSync(
    join(cwd, 'forms.yaml'),
    'entries:\n  - id: cold-words\n    category: abuse/insult\n    forms: ["[买|付", "买?"]\n',
  );
  const forms = await told(['lexicon', 'check', 'forms.yaml'], 'zh');
  expect(forms).toContain('缺少 ]');
  expect(forms).toContain('没有一个必须出现的字');
});
