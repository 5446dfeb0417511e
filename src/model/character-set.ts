/** Some characters of one UTF-16 unit each, as a table: texts are gone through unit by unit. */
export class CharacterSet {
  private readonly table = new Uint8Array(0x10000);

  constructor(characters: string) {
    for (let at = 0; at < characters.length; at++) this.table[characters.charCodeAt(at)] = 1;
  }

  /** Whether the unit at a place of a text is one of them; false outside of it. */
  at(text: string, at: number): boolean {
    return this.table[text.charCodeAt(at)] === 1;
  }
}

/** The characters that match an expression; those of one UTF-16 unit are tried once. */
export class CharacterClass {
  /** By unit: 1 for those that match, 2 for those that do not, 0 for those that were not met yet. */
  private readonly known = new Uint8Array(0x10000);

  /** @param expression matches one character */
  constructor(private readonly expression: RegExp) {}

  /** Whether the character that begins at a place of a text is one of them. */
  at(text: string, at: number): boolean {
    if (lengthOfCharacter(text, at) === 2) return this.expression.test(text.slice(at, at + 2));
    const unit = text.charCodeAt(at);
    if (this.known[unit] === 0) this.known[unit] = this.expression.test(text[at]!) ? 1 : 2;
    return this.known[unit] === 1;
  }
}

/** The UTF-16 units of the character that begins at a place of a text: 2 for a pair of halves. */
export function lengthOfCharacter(text: string, at: number): 1 | 2 {
  const unit = text.charCodeAt(at);
  if (unit < 0xd800 || unit > 0xdbff) return 1;
  const next = text.charCodeAt(at + 1);
  return next >= 0xdc00 && next <= 0xdfff ? 2 : 1;
}
