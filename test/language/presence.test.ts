import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Presence, requirementOf } from '../../src/language/presence.js';
import { Disguises, NO_DISGUISE, parseTemplate, regexSource } from '../../src/language/template.js';

const characters = new Map([['草', { pinyin: 'cao', homophones: ['操'], split: ['艹早'], emoji: ['🌿'] }]]);
const disguised = new Disguises(['homophone', 'split', 'emoji', 'separators', 'stretch'], characters);
const presence = new Presence();

function mayHold(text: string, template: string, disguises = NO_DISGUISE): boolean {
  presence.read(text);
  return presence.mayHold(requirementOf(parseTemplate(template, new Map()), disguises));
}

describe('what a template cannot do without', () => {
  test.each([
    ['不归我们管', '不[归|由]我们?管', true],
    ['管我们不归', '不[归|由]我们?管', false],
    ['不由我 管', '不[归|由]我们?管', true],
    ['不是我管', '不[归|由]我们?管', false],
    ['不一定归我去管', '不{0,3}归我管', true],
    ['ＡＢ', 'ab', true],
    ['b', 'ab', false],
    ['', 'ab', false],
  ])('%s, held against %s: %s', (text, template, expected) => {
    expect(mayHold(text, template)).toBe(expected);
  });

  test.each([
    ['艹早包', true],
    ['🌿包', true],
    ['操\u200b包', true],
    ['早艹包', false],
    ['包🌿', false],
  ])('%s, held against a disguised 草包: %s', (text, expected) => {
    expect(mayHold(text, '草包', disguised)).toBe(expected);
  });

  test('never turns down what matches', () => {
    const piece = fc.constantFrom(
      '草',
      '操',
      '艹',
      '早',
      '🌿',
      '包',
      '的',
      ' ',
      '*',
      '，',
      'a',
      'Ａ',
      '\u200b',
    );
    const text = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''));
    const template = fc.constantFrom('草包', '[草|包]的', '草?包{0,2}a', 'a[的|草[包|a]]', '的的草');
    fc.assert(
      fc.property(text, template, fc.boolean(), (raw, form, hidden) => {
        const disguises = hidden ? disguised : NO_DISGUISE;
        const folded = raw.normalize('NFKC').toLowerCase().replaceAll('\u200b', '');
        const regex = new RegExp(regexSource(parseTemplate(form, new Map()), disguises));
        if (regex.test(folded)) expect(mayHold(raw, form, disguises)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  test('places of one text are none of the next', () => {
    const requirement = requirementOf(parseTemplate('草包', new Map()), NO_DISGUISE);
    presence.read('草');
    expect(presence.mayHold(requirement)).toBe(false);
    presence.read('包');
    expect(presence.mayHold(requirement)).toBe(false);
    presence.read('草包');
    expect(presence.mayHold(requirement)).toBe(true);
  });
});
