import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadProfile, profileIds } from '../../src/config/profiles.js';
import { NOTICES, noticeText } from '../../src/report/messages/notices.js';
import { fill } from '../../src/report/messages/phrase.js';
import { PHRASES } from '../../src/report/messages/phrases.js';
import {
  METRIC_REASON_TERMS,
  METRIC_TERMS,
  ROLE_REASON_TERMS,
  SKIP_TERMS,
} from '../../src/report/messages/terms.js';
import { GroupTally } from '../../src/score/group-tally.js';
import { MISSING_REASONS } from '../../src/score/metrics.js';

const SRC = new URL('../../src/', import.meta.url);

/** All source text of a room. */
function sourceOf(room: string): string {
  return readdirSync(new URL(`${room}/`, SRC), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(new URL(`${room}/${name}`, SRC), 'utf8'))
    .join('\n');
}

/** First groups of all matches, once each. */
function found(pattern: RegExp, text: string): string[] {
  return [...new Set([...text.matchAll(pattern)].flatMap((match) => match.slice(1).filter(Boolean)))].sort();
}

describe('the catalogue', () => {
  it('has words for every notice that is given', () => {
    const codes = found(
      /otice(?:Once)?\(\s*(?:[^'();]*\?\s*)?'([a-z-]+)'(?:\s*:\s*'([a-z-]+)')?/g,
      ['ingest', 'conversation', 'score'].map(sourceOf).join('\n'),
    );
    expect(codes.length).toBeGreaterThan(5);
    for (const code of codes)
      expect(NOTICES, `add ${code} to src/report/messages/notices.ts`).toHaveProperty(code);
  });

  it('has words for every reason of a role', () => {
    const reasons = found(/\brole(?:: '?\w+'?)?, reason: '([a-z-]+)'/g, sourceOf('ingest'));
    expect(reasons.length).toBeGreaterThan(5);
    for (const reason of reasons)
      expect(ROLE_REASON_TERMS, `add ${reason} to src/report/messages/terms.ts`).toHaveProperty(reason);
  });

  it('has words for every figure and every reason why one is missing', async () => {
    const profiles = await Promise.all((await profileIds()).map(loadProfile));
    const metrics = profiles.flatMap((profile) => Object.keys(new GroupTally().metrics(profile)));
    expect(metrics.length).toBeGreaterThan(50);
    for (const id of [...metrics, 'concurrent-peak'])
      expect(METRIC_TERMS, `add ${id} to src/report/messages/terms.ts`).toHaveProperty(id);
    for (const reason of MISSING_REASONS) expect(METRIC_REASON_TERMS).toHaveProperty(reason);
  });

  it('says everything in both languages, with the same values', () => {
    const names = (text: string): string[] => found(/\{(\w+)[|}]/g, text);
    for (const [key, { zh, en }] of Object.entries({ ...PHRASES, ...NOTICES })) {
      expect(zh, key).not.toBe('');
      expect(names(en), key).toEqual(names(zh));
    }
  });

  it('writes Chinese with full-width marks', () => {
    for (const [key, { zh }] of Object.entries({ ...PHRASES, ...NOTICES, ...SKIP_TERMS, ...METRIC_TERMS }))
      expect(zh, key).not.toMatch(/\p{Script=Han}[,;:?!()]|[,;?!()]\p{Script=Han}/u);
  });
});

describe('fill', () => {
  it('chooses the word for one or many, groups thousands, joins lists, leaves out what is missing', () => {
    const phrase = { zh: '{n} 个:{list}', en: '{n} {n|file|files}: {list}{gone}' };
    expect(fill(phrase, 'en', { n: 1, list: ['a'] })).toBe('1 file: a');
    expect(fill(phrase, 'en', { n: 12_345, list: ['a', 'b'] })).toBe('12,345 files: a, b');
    expect(fill(phrase, 'zh', { n: 1_000_000, list: ['a', 'b'] })).toBe('1,000,000 个:a、b');
  });
});

describe('noticeText', () => {
  it('names lines and years without separators', () => {
    const notice = { code: 'bad-time', data: { file: 'a.txt', line: 12_345, text: '25:61' } };
    expect(noticeText(notice, 'en')).toBe(
      'a.txt:12345: cannot read the time “25:61”; such messages count as untimed',
    );
  });
});
