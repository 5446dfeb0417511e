import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calendarSchema } from '../../src/config/calendar-schema.js';
import { loadWorkingDays } from '../../src/config/working-days.js';
import { Calendar, dayOf, Zone } from '../../src/model/index.js';
import {
  type Due,
  dueAt,
  isSameDay,
  parseNumeral,
  promisesIn,
  timeTerms,
  workingTime,
} from '../../src/promises/index.js';
import { promisesOf } from '../../src/promises/promises.js';
import { termsIn } from '../../src/promises/time-terms.js';

const ZONE = new Zone('Asia/Shanghai');
/** A Wednesday. */
const SAID = Date.parse('2026-03-04T14:00:00+08:00');
const ANY = workingTime(null, null);

function cases<T>(name: string): T[] {
  const path = new URL(`../cases/promises/${name}.jsonl`, import.meta.url);
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}

describe('numerals', () => {
  it.each([
    ['0', 0],
    ['48', 48],
    ['４８', 48],
    ['2.5', 2.5],
    ['半', 0.5],
    ['一', 1],
    ['两', 2],
    ['十', 10],
    ['十五', 15],
    ['二十', 20],
    ['四十八', 48],
    ['一百', 100],
    ['一百二十', 120],
    ['两百零五', 205],
  ])('%s is %d', (text, value) => expect(parseNumeral(text)).toBe(value));

  it.each(['', '几', 'x', '3x', '一点'])('%s is none', (text) => expect(parseNumeral(text)).toBeNull());

  it('reads whatever it would write, up to 999', () => {
    const DIGITS = '零一二三四五六七八九';
    const written = (value: number): string => {
      const [hundreds, tens, ones] = [Math.floor(value / 100), Math.floor(value / 10) % 10, value % 10];
      let text = hundreds > 0 ? `${DIGITS[hundreds]}百` : '';
      if (tens > 0) text += value >= 20 || hundreds > 0 ? `${DIGITS[tens]}十` : '十';
      else if (hundreds > 0 && ones > 0) text += '零';
      return text + (ones > 0 || value === 0 ? DIGITS[ones] : '');
    };
    fc.assert(
      fc.property(fc.nat(999), (value) => {
        expect(parseNumeral(written(value))).toBe(value);
      }),
    );
  });
});

describe('times', () => {
  it.each(cases<{ text: string; finds: [string, string][] }>('times'))('$text', ({ text, finds }) => {
    const found = timeTerms(text).map(({ text: words, due }) => [
      words,
      ZONE.local(dueAt(due, SAID, ZONE, ANY)),
    ]);
    expect(found).toEqual(finds);
  });

  it('are quoted where they stand', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.constantFrom(
            '明天',
            '3',
            '小时',
            '内',
            '给您',
            '半',
            '点',
            '18:00',
            '前',
            '，',
            '周',
            '五',
            '号',
          ),
          {
            maxLength: 12,
          },
        ),
        (parts) => {
          const text = parts.join('');
          let last = 0;
          for (const { start, end, text: words } of timeTerms(text)) {
            expect(text.slice(start, end)).toBe(words);
            expect(start).toBeGreaterThanOrEqual(last);
            last = end;
          }
        },
      ),
    );
  });

  it('are never due before they are said', () => {
    const due = fc.oneof(
      fc.record({ kind: fc.constant('within' as const), ms: fc.nat(1e9) }),
      fc.record({ kind: fc.constant('days' as const), days: fc.nat(60) }),
      fc.record({ kind: fc.constant('working-days' as const), days: fc.integer({ min: 1, max: 30 }) }),
      fc.record({
        kind: fc.constant('day' as const),
        offset: fc.nat(3),
        second: fc.option(fc.integer({ min: 1, max: 86_400 })),
      }),
      fc.record({ kind: fc.constant('clock' as const), second: fc.integer({ min: 3600, max: 86_400 }) }),
      fc.record({
        kind: fc.constant('date' as const),
        month: fc.option(fc.integer({ min: 1, max: 12 })),
        day: fc.integer({ min: 1, max: 31 }),
        second: fc.constant(null),
      }),
      fc.constant({ kind: 'month-end' as const }),
    );
    fc.assert(
      fc.property(
        due,
        fc.date({ min: new Date('2024-01-01'), max: new Date('2027-01-01'), noInvalidDate: true }),
        (one, said) => {
          expect(dueAt(one as Due, said.getTime(), ZONE, ANY)).toBeGreaterThanOrEqual(said.getTime());
        },
      ),
    );
  });

  it('know the same day from the next', () => {
    expect(isSameDay(SAID + 3_600_000, SAID, ZONE)).toBe(true);
    expect(isSameDay(Date.parse('2026-03-05T00:00:00+08:00'), SAID, ZONE)).toBe(true);
    expect(isSameDay(Date.parse('2026-03-05T00:00:01+08:00'), SAID, ZONE)).toBe(false);
  });
});

describe('working days', () => {
  it('skip public holidays and count worked weekends', async () => {
    const work = workingTime(await loadWorkingDays(ZONE), null);
    const due = (text: string, said: string): string =>
      ZONE.local(dueAt(timeTerms(text)[0]!.due, Date.parse(`${said}+08:00`), ZONE, work)).slice(0, 10);
    // 2026: 15 to 23 February are holidays, Saturday the 14th and Saturday the 28th are worked.
    expect(due('两个工作日', '2026-02-13T10:00:00')).toBe('2026-02-25');
    expect(due('一个工作日', '2026-02-27T10:00:00')).toBe('2026-03-01');
    expect(due('3个工作日', '2026-09-30T10:00:00')).toBe('2026-10-11');
  });

  it('are none where the shop is closed, but not all where it is always open', () => {
    const monday = dayOf(Date.parse('2026-03-09T12:00:00+08:00'), ZONE);
    const open = [{ startSecond: 0, endSecond: 64_800 }];
    const always = new Calendar(
      [open, open, open, open, open, open, open],
      new Map([[monday, []]]),
      new Set(),
      ZONE,
    );
    const work = workingTime(null, always);
    const due: Due = { kind: 'working-days', days: 1 };
    expect(ZONE.local(dueAt(due, Date.parse('2026-03-06T10:00:00+08:00'), ZONE, work))).toBe(
      '2026-03-11 00:00:00',
    );
    expect(ZONE.local(dueAt({ kind: 'closing', offset: 0 }, SAID, ZONE, work))).toBe('2026-03-04 18:00:00');
  });

  it('come from a file that the schema of calendars accepts', () => {
    const path = new URL('../../calendars/china.json', import.meta.url);
    expect(calendarSchema.safeParse(JSON.parse(readFileSync(path, 'utf8'))).error).toBeUndefined();
  });
});

describe('promises', () => {
  it.each(cases<{ text: string; finds: [string, string][] }>('promises'))('$text', ({ text, finds }) => {
    const found = promisesIn(text);
    expect(found.map(({ act, text: words }) => [act, words])).toEqual(finds);
    for (const { span, text: words } of found) expect(text.slice(...span)).toBe(words);
  });

  it('are due at the last time that is named for what is begun first', () => {
    const [promise] = promisesIn('今天就安排补发，预计明天能发出');
    expect(ZONE.local(dueAt(promise!.due, SAID, ZONE, ANY))).toBe('2026-03-06 00:00:00');
  });

  it('are the same, and times too, whatever a glance spares the expressions', () => {
    const times =
      '今天 明早 后天上午 当天 次日 三天内 48小时内 3 天 半小时后 1~3个工作日 两个半小时 一个小时内 2个月 下周一 这周 星期天 15号前 3月5号 月底前 下班前 下午 傍晚 夜里 18点前 12:30左右 9点到12点';
    const acts =
      '给您回复 回您 打给您 致电 专人联系您 退款到账 差价给您 补偿给您 给您补发 寄出 师傅上门 帮您处理 帮您弄好 会生效 修好';
    const marks = '， , 。 ！ ? ； ~ … \n \u3000 好， ，后';
    const others = '您 预计 安排 如果 拍下后 一般 已经 不 尾号2512 这里 早说 吗 好 您说 问题';
    const words = [times, acts, marks, marks, others].map((list) => fc.constantFrom(...list.split(' ')));
    const text = fc.array(fc.oneof(...words), { maxLength: 12 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, (said) => {
        expect(timeTerms(said)).toEqual(termsIn(said));
        expect(promisesIn(said)).toEqual(promisesOf(said));
      }),
      { numRuns: 1000 },
    );
  });
});
