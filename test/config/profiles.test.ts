import { readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { profileSchema } from '../../src/config/profile-schema.js';
import { loadProfile, loadProfileChooser, profileIds } from '../../src/config/profiles.js';
import { OUR_CONVENTION } from '../../src/config/resolve-profile.js';
import { KefuError } from '../../src/model/errors.js';
import { kefuAudit } from '../support/cli.js';

const ids = await profileIds();
const fileOf = (id: string) => JSON.parse(readFileSync(`profiles/${id}.json`, 'utf8'));

async function profileFile(
  change: (profile: Record<string, never>) => void,
  base = 'tmall-2025',
): Promise<string> {
  const profile = fileOf(base);
  change(profile);
  const path = join(await mkdtemp(join(tmpdir(), 'kefu-audit-')), 'mine.json');
  writeFileSync(path, JSON.stringify(profile));
  return path;
}

describe('shipped profiles', () => {
  it('are those of the platforms, and generic', () => {
    expect(ids).toEqual([
      'douyin',
      'generic',
      'jd-2021-12',
      'kuaishou',
      'pdd',
      'tmall-2023',
      'tmall-2025',
      'wecom',
    ]);
  });

  const validate = new Ajv2020().compile(JSON.parse(readFileSync('schema/profile.schema.json', 'utf8')));

  it.each(ids)('%s is valid, by our schema and by the published one', (id) => {
    const file = fileOf(id);
    expect(file.id).toBe(id);
    expect(profileSchema.safeParse(file).error?.issues ?? []).toEqual([]);
    expect(validate(file), JSON.stringify(validate.errors)).toBe(true);
  });

  it.each(ids)('%s says where each number is from', (id) => {
    const check = (value: unknown, place: string): void => {
      if (typeof value !== 'object' || value === null) return;
      const fields = value as Record<string, unknown>;
      if (place !== '' && ('value' in fields || place.startsWith('metrics.'))) {
        if (fields.source !== OUR_CONVENTION) {
          const { zh, en } = fields.source as { zh: string; en: string };
          expect(zh, place).toMatch(/\p{Script=Han}/u);
          expect(zh, place).not.toMatch(/[a-z]+ [a-z]+ [a-z]+/);
          expect(en, place).toMatch(/[a-z]/);
        }
        expect(fields.confidence, place).toMatch(/^(?:official|repost|secondary|convention)$/);
      }
      for (const [name, one] of Object.entries(fields)) {
        if (place === '' && ['title', 'notes'].includes(name)) continue;
        if (name === 'metrics') {
          for (const [metric, rule] of Object.entries(one as object)) check(rule, `metrics.${metric}`);
        } else if (!place.startsWith('metrics.') && place === '') check(one, name);
      }
    };
    check(fileOf(id), '');
  });

  it('tell of the conflicts between their sources', () => {
    const notes = (id: string) => JSON.stringify(fileOf(id).notes);
    expect(notes('tmall-2025')).toMatch(/conflict.*2023.*08:00–24:00.*08:00–23:00/);
    expect(notes('pdd')).toMatch(/95 %.*85 %/);
    expect(notes('jd-2021-12')).toMatch(/30 seconds for every message/);
  });

  it('are chosen by the platform of the input', async () => {
    const chooser = await loadProfileChooser(null);
    const chosen = (['tmall', 'jd', 'pdd', 'douyin', 'kuaishou', 'wecom', 'qq', null] as const).map(
      (platform) => chooser(platform).id,
    );
    expect(chosen).toEqual([
      'tmall-2025',
      'jd-2021-12',
      'pdd',
      'douyin',
      'kuaishou',
      'wecom',
      'generic',
      'generic',
    ]);
  });
});

describe('a profile of one’s own', () => {
  it('is a copy of another with changes', async () => {
    const { stdout } = await kefuAudit(['profiles', 'tmall-2025', '-f', 'json']);
    expect(stdout).toBe(readFileSync('profiles/tmall-2025.json', 'utf8'));
    const path = await profileFile((profile: Record<string, unknown>) => {
      profile.id = 'ours';
      (profile.metrics as Record<string, unknown>)['response-rate-1min'] = {
        figure: 'share-within',
        withinSeconds: 60,
        source: '内部考核办法',
        confidence: 'official',
      };
    });
    const profile = await loadProfile(path);
    expect(profile.metrics.at(-1)).toMatchObject({
      id: 'response-rate-1min',
      withinSeconds: 60,
      unit: 'turns',
    });
    const { stdout: words } = await kefuAudit(['profiles', path]);
    expect(words).toContain('60 秒内回复的 ÷ 全部');
    const { stdout: report } = await kefuAudit([
      'fixtures/demo/01-tmall-taunts.txt',
      '--profile',
      path,
      '-f',
      'json',
      '--fail-on',
      'none',
    ]);
    expect(JSON.parse(report).agents[0].metrics['response-rate-1min']).toMatchObject({ profile: 'ours' });
  });

  it.each([
    ['an unknown field', (profile: Record<string, unknown>) => (profile.windw = 1), /windw/],
    [
      'a window that ends before it starts',
      (profile: { window: { value: { end: string } } }) => (profile.window.value.end = '07:00'),
      /window\.value: ends-before-start/,
    ],
    [
      'a figure that is not told',
      (profile: { metrics: Record<string, object> }) =>
        (profile.metrics['my-rate'] = { source: 's', confidence: 'convention' }),
      /metrics\.my-rate: figure-missing/,
    ],
    [
      'a mean of people',
      (profile: { metrics: Record<string, { unit?: string }> }) =>
        (profile.metrics['response-time']!.unit = 'people'),
      /metrics\.response-time: people-need-share/,
    ],
  ])('is refused with %s', async (_, change, problem) => {
    const path = await profileFile(change as never);
    const error = await loadProfile(path).catch((one: unknown) => one);
    expect(error).toBeInstanceOf(KefuError);
    expect(String((error as KefuError).data.problems)).toMatch(problem);
    const { code, stderr } = await kefuAudit(['fixtures/demo', '--profile', path]);
    expect(code).toBe(2);
    expect(stderr).toContain('平台口径文件有误');
  });
});

describe('kefu-audit profiles', () => {
  it.each(ids)('explains %s in both languages', async (id) => {
    for (const locale of ['zh', 'en']) {
      const { code, stdout } = await kefuAudit(['profiles', id, '--locale', locale]);
      expect(code).toBe(0);
      expect(stdout).not.toMatch(/undefined|\{\w+\}|\[object/);
      for (const metric of (await loadProfile(id)).metrics) expect(stdout).toContain(metric.id);
    }
  });

  it('says what a platform’s figure counts', async () => {
    const { stdout } = await kefuAudit(['profiles', 'tmall-2025']);
    expect(stdout).toMatch(
      /按轮次；180 秒内回复的 ÷ 全部；08:00–23:00，看提问的时刻，时段外提问、时段内回复的也算.*转载 2025/,
    );
    expect(stdout).toMatch(/每次最多计 600 秒；不计：机器人回复、0 秒回复、自家账号、未回复、跨零点/);
  });
});
