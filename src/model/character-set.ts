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
