import { describe, expect, it } from 'vitest';
import { CharacterClass, lengthOfCharacter } from '../../src/model/index.js';

describe('a class of characters', () => {
  const marks = new CharacterClass(/[\p{P}\p{S}]/u);

  it('holds those that its expression matches, asked once or again', () => {
    const text = '好,好。😀𠮷';
    const found = [0, 1, 2, 3, 4, 6].map((at) => marks.at(text, at));
    expect(found).toEqual([false, true, false, true, true, false]);
    expect([0, 1, 2, 3, 4, 6].map((at) => marks.at(text, at))).toEqual(found);
  });

  it('takes halves of characters for nothing', () => {
    expect(marks.at('\ud83d好', 0)).toBe(false);
    expect([lengthOfCharacter('😀', 0), lengthOfCharacter('\ud83d', 0), lengthOfCharacter('好', 0)]).toEqual([
      2, 1, 1,
    ]);
  });
});
